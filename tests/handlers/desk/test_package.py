"""What a receiving organ gets: the reporter's words and files, and nothing that names who did not agree to be named."""

import io
import wave
import zipfile

import pypdfium2  # type: ignore[import-untyped]  # it brings no types
import pytest

from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.rules import Organ
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Sent, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.notes import note
from handlers.desk.paper import dossier
from handlers.desk.paper.dossier import make_package
from handlers.desk.paper.sheet import open_sheet
from handlers.desk.tip import attachments
from handlers.desk.tip.attachments import Served, read_file
from handlers.keeping import keep_file
from handlers.people.sessions import Session
from storage.people import audit
from tests.handlers.desk.side import WORDS, tell
from tests.media.picture_side import drawn, picture
from tests.world import World

NAME, PHONE = "周大山", "0000-0000007"
PDF = b"%PDF-1.4 an old contract"


def voice() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000))
    return made.getvalue()


async def tell_with_files(world: World, *files: bytes, words: str = WORDS, by_name: bool = False) -> TipId:
    villager = world.villager("with files")
    await villager.does(Start(world.card("苇庄镇")), Said(words))
    for data in files:
        kind, file = await keep_file(world.intake, data, name="石大山家的合同.pdf")
        await villager.does(Sent(kind, file))
    await villager.does(Chose("done"), Chose("skip"))
    who = (Chose("real_name"), Said(NAME), Said(PHONE)) if by_name else (Chose("anonymous"),)
    answer = await villager.does(*who, Chose("recusal:no"), Chose("submit"))
    assert answer.state.step == "receipt"
    return (await fold(world.desk))[0].tip_id


def unpacked(made: Served) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def pages_of(made: Served) -> list[str]:
    """The dossier's pages as text without spaces or line ends."""
    data = next(data for name, data in unpacked(made).items() if name.endswith(".pdf") and data != PDF)
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def text_of(made: Served) -> str:
    return "\n".join(pages_of(made))


def joined(text: str) -> str:
    return "".join(text.split())


async def acts_on(world: World, session: Session, tip_id: TipId) -> list[str]:
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, session.office_id, "tip", tip_id))
    return [line.entry.act for line in lines]


async def test_a_package_holds_the_words_and_every_original_under_names_of_ours(world: World) -> None:
    photo = picture(size=(64, 48))
    tip_id = await tell_with_files(world, photo, voice(), PDF)
    _, zhou = await world.sign_in("zhou")
    made = await make_package(world.desk, zhou, tip_id)
    files = unpacked(made)
    assert made.name == "1-0001.zip"
    assert list(files) == ["1-0001-1.jpg", "1-0001-2.wav", "1-0001-3.pdf", "1-0001.pdf"]
    assert (files["1-0001-1.jpg"], files["1-0001-2.wav"], files["1-0001-3.pdf"]) == (photo, voice(), PDF)
    text = text_of(made)
    assert joined(WORDS) in text
    assert all(name in text for name in list(files)[:3])
    assert "石大山" not in text


async def test_the_cover_has_a_receipt_to_be_signed_and_every_page_the_name_of_who_took_it_out(world: World) -> None:
    tip_id = await tell_with_files(world, words="很长的话。" * 900)
    _, zhou = await world.sign_in("zhou")
    pages = pages_of(await make_package(world.desk, zhou, tip_id))
    assert len(pages) > 3
    assert all(
        words in pages[0] for words in ("1-0001", "地点不明", "2026-11-11", "回执", "接收人", "接收日期", "盖章")
    )
    mark = joined(f"{zhou.name}2026-11-1112:00导出")
    assert all(mark in page for page in pages)
    assert pages[0].endswith(f"1-00011/{len(pages)}")


async def test_a_package_shows_the_exchange_with_the_reporter_and_no_internal_note(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="是哪一年的事"))
    await note(world.desk, zhou, told.id, "先不要惊动会计")
    await told.adds("前年秋天")
    text = text_of(await make_package(world.desk, zhou, told.id))
    assert "是哪一年的事" in text
    assert "前年秋天" in text
    assert "惊动" not in text


async def test_a_name_goes_along_only_when_it_is_asked_for_and_only_one_that_was_given(world: World) -> None:
    tip_id = await tell_with_files(world, by_name=True)
    _, zhou = await world.sign_in("zhou")
    without = text_of(await make_package(world.desk, zhou, tip_id))
    assert NAME not in without
    assert PHONE not in without
    assert "姓名没有附上" in without
    with_name = text_of(await make_package(world.desk, zhou, tip_id, with_name=True))
    assert NAME in with_name
    assert PHONE in with_name
    nameless = await tell(world, name="another")
    assert "姓名" not in text_of(await make_package(world.desk, zhou, nameless.id, with_name=True))


async def test_the_receiving_organ_stands_on_the_cover_once_the_tip_was_handed_over(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    for action, reason in ((Action.ACCEPT, ""), (Action.HAND_OVER, Organ.DISCIPLINE)):
        await act(world.desk, zhou, told.id, Wish(action, await told.version(zhou), reason=reason))
    cover = pages_of(await make_package(world.desk, zhou, told.id))[0]
    assert "接收单位纪委监委" in cover


async def test_characters_the_font_lacks_are_stood_in_for(world: World) -> None:
    told, (_, zhou) = await tell(world, words="村口\t的🐄和\U0002a6d6，༄ 很多"), await world.sign_in("zhou")
    assert "村口的〓和" in text_of(await make_package(world.desk, zhou, told.id))


async def test_a_file_that_is_gone_is_named_and_the_rest_goes_on(world: World) -> None:
    tip_id = await tell_with_files(world, picture(), PDF)
    _, zhou = await world.sign_in("zhou")
    folder = world.data / "attachments"
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"\0")
    made = await make_package(world.desk, zhou, tip_id)
    assert list(unpacked(made)) == ["1-0001.pdf"]
    assert "附件1：照片，打不开" in text_of(made)


async def test_more_than_a_package_may_hold_is_refused_before_anything_is_opened(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip_id = await tell_with_files(world, PDF)
    _, zhou = await world.sign_in("zhou")
    monkeypatch.setattr(dossier, "LARGEST", len(PDF) - 1)
    with pytest.raises(Refused) as refused:
        await make_package(world.desk, zhou, tip_id)
    assert (refused.value.reason, refused.value.detail) == (Reason.TOO_LARGE, "package-too-large")
    assert "package" not in await acts_on(world, zhou, tip_id)


async def test_what_is_taken_out_or_printed_is_in_the_tips_history(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    await make_package(world.desk, zhou, told.id)
    await open_sheet(world.desk, zhou, told.id)
    acts = await acts_on(world, zhou, told.id)
    assert (acts.count("package"), acts.count("print")) == (1, 1)


async def test_a_sheet_for_print_names_the_reporter_only_when_asked_and_shows_no_internal_note(world: World) -> None:
    tip_id = await tell_with_files(world, by_name=True)
    _, zhou = await world.sign_in("zhou")
    await note(world.desk, zhou, tip_id, "先不要惊动会计")
    plain, named = [await open_sheet(world.desk, zhou, tip_id, with_name=with_name) for with_name in (False, True)]
    assert NAME not in repr((plain.facts, plain.said))
    assert NAME in repr(named.facts)
    assert "惊动" not in repr(plain.said)
    assert plain.mark == f"{zhou.name} 2026-11-11"


# Files as they are shown


async def test_a_picture_carries_the_viewers_name_and_another_viewers_is_another_picture(world: World) -> None:
    tip_id = await tell_with_files(world, picture("PNG", size=(600, 400)))
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    found = [await _first(world, one, tip_id) for one in (zhou, zhou, tang)]
    assert found[0] == found[1]
    assert found[0] != found[2]
    colours = drawn(found[0]).convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 50  # one colour came in: the rest is the name


def test_a_mark_has_the_day_and_a_name_that_the_font_lacks_is_stood_in_for() -> None:
    assert attachments.viewer_mark("何🐄", "2026-11-11").text == "何〓 2026-11-11"


async def test_a_large_picture_is_larger(world: World) -> None:
    tip_id = await tell_with_files(world, picture(size=(4000, 2000)))
    _, zhou = await world.sign_in("zhou")
    assert drawn(await _first(world, zhou, tip_id)).width == 1600
    assert drawn(await _first(world, zhou, tip_id, large=True)).width == 3200


async def test_a_colleagues_files_are_served_like_the_reporters(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    _, file = await keep_file(world.intake, PDF, name="账页.pdf")
    await note(world.desk, zhou, told.id, "账页", files=(file,))
    served = await _first(world, zhou, told.id, original=True)
    assert served == PDF
    assert "1-0001-1.pdf" not in unpacked(await make_package(world.desk, zhou, told.id))


async def _first(
    world: World, session: Session, tip_id: TipId, *, large: bool = False, original: bool = False
) -> bytes:
    thread = (await open_sheet(world.desk, session, tip_id)).tip.thread
    file_id = next(iter(attachments.files_of(thread)))
    return (await read_file(world.desk, session, tip_id, file_id, large=large, original=original)).data
