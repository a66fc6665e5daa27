"""`import`: a round from a workbook on the command line, looked at first."""

import re
from datetime import datetime, timedelta

from openpyxl import load_workbook

from bot.app import now
from tests.promises.process import Program


def window() -> tuple[datetime, datetime]:
    """Begin and end of a round that the one of today is long over by: the template's own days are fixed ones."""
    opens = now().replace(tzinfo=None, hour=8, minute=0, second=0, microsecond=0) + timedelta(days=90)
    return opens, (opens + timedelta(days=60)).replace(hour=18)


async def ran(program: Program, *words: str) -> tuple[int, str]:
    """The exit code, and what was printed, refusals too."""
    before = len(program.log.read_text()) if program.log.exists() else 0
    program.printed = ""
    await program.run("bot", "import", *words)
    code = await program.ended()
    return code, program.printed + program.log.read_text()[before:]


async def test_a_round_is_looked_at_imported_once_and_brought_up_to_date(program: Program) -> None:
    file = program.folder / "plan.xlsx"
    assert (await ran(program, "--template", str(file)))[0] == 0
    book = load_workbook(file)
    book["轮次"]["B2"] = 7
    book["轮次"]["D2"], book["轮次"]["E2"] = window()
    book["成员"]["A6"], book["成员"]["B6"] = "newhand", "新来"
    book.save(file)
    rounds = program.sql("SELECT ordinal FROM round")
    code, said = await ran(program, str(file), "--dry-run")
    assert (code, program.sql("SELECT ordinal FROM round")) == (0, rounds)
    assert "巡察组：新增 3，改动 0，去掉 0，不变 0" in said
    code, said = await ran(program, str(file))
    assert (code, len(re.findall(r"newhand\thttp://\S+/invite/[\w-]{43}", said))) == (0, 1)
    code, said = await ran(program, str(file))
    assert (code, said.strip()) == (0, "和现在的一样，没有要改的。")
    book["单位"]["B5"] = "柳湾村"
    book.save(file)
    code, said = await ran(program, str(file), "--dry-run")
    assert (code, "苇原县/苇庄镇/柳沟村 名称：柳湾村" in said) == (0, True)


async def test_every_problem_is_a_line_with_its_place_and_nothing_is_imported(program: Program) -> None:
    file = program.folder / "plan.xlsx"
    await ran(program, "--template", str(file))
    book = load_workbook(file)
    book["轮次"]["B2"] = 8
    book["单位"]["D5"] = "WY77"
    book["成员"]["A4"] = "fang"
    book.save(file)
    code, said = await ran(program, str(file))
    assert code == 1
    assert "单位 第 5 行 D 列 上级编码：找不到上级单位：单位表里没有编码 WY77。" in said
    assert "成员 第 4 行 A 列 账号：和上面第 2 行重复了。" in said
    assert "Traceback" not in said
    assert program.sql("SELECT count(*) FROM round WHERE ordinal = 8") == [(0,)]
    book["单位"]["D5"], book["成员"]["A4"], book["成员"]["B4"] = "WY01", "zhou", "别人"
    book.save(file)
    code, said = await ran(program, str(file), "--dry-run")
    assert (code, "成员 第 4 行 A 列 账号：这个账号是周宁的。" in said) == (1, True)
