"""`export`: the clear ledger of a round on the command line."""

from openpyxl import load_workbook

from tests.promises.process import Program
from tests.promises.telling import Kiosk, card

WORDS = "水渠修了一半就停了"


async def test_the_ledger_is_whole_though_no_desk_ran_and_no_word_of_a_tip_is_in_it(program: Program) -> None:
    await program.start("bot", "intake")
    async with Kiosk(program.url) as kiosk:
        await kiosk.tells(card(program), WORDS)
        await kiosk.chooses("submit")
    assert await program.stop() == 0
    out = program.folder / "ledger.xlsx"
    await program.run("bot", "export", "--round", "6", "--out", str(out))
    assert await program.ended() == 0, program.log.read_text()
    assert str(out) in program.printed
    (sheet,) = load_workbook(out).worksheets
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "3-0001" in cells
    assert not any(WORDS in cell for cell in cells)


async def test_an_unknown_round_is_refused_and_a_missing_one_is_wrong_usage(program: Program) -> None:
    out = program.folder / "ledger.xlsx"
    await program.run("bot", "export", "--round", "99", "--out", str(out))
    assert await program.ended() == 1
    assert "Traceback" not in program.log.read_text()
    await program.run("bot", "export", "--out", str(out))
    assert await program.ended() == 2
    assert not out.exists()
