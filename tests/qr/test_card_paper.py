"""What the paper itself promises: real glyphs or a refusal, vectors only, small files, and the poster."""

from dataclasses import replace
from types import SimpleNamespace

import pypdfium2
import pytest
from pypdfium2 import raw

from domain.errors import Reason, Refused
from qr.back import CardBack
from qr.front import CardFront, Labelled
from qr.page import Style, open_page
from qr.poster import Poster, poster_pdf
from qr.sheet import CardSheet, cards_pdf

MISSING = "𠮷"


@pytest.fixture
def poster(front: CardFront, back: CardBack) -> Poster:
    return Poster(replace(front, title="第三巡察组联系办法"), back)


def test_a_character_the_font_lacks_is_named_and_nothing_is_printed(
    front: CardFront, back: CardBack, poster: Poster
) -> None:
    prints = [
        lambda: cards_pdf([CardSheet(replace(front, where=f"{MISSING}家庄"), back, 1)]),
        lambda: cards_pdf([CardSheet(front, replace(back, doors=(f"{MISSING} 110",)), 1)]),
        lambda: cards_pdf([CardSheet(replace(front, phone=Labelled(MISSING, "0")), back, 1)]),
        lambda: poster_pdf(replace(poster, back=replace(back, scope=f"补贴{MISSING}"))),
        lambda: poster_pdf(replace(poster, front=replace(front, title="联系\n办法"))),
    ]
    for print_it, named in zip(prints, [MISSING] * 4 + ["U\\+000A"], strict=True):
        with pytest.raises(Refused, match=named) as refusal:
            print_it()
        assert refusal.value.reason is Reason.BAD_INPUT


def test_rare_characters_of_village_names_are_printed(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    assert "圐圙塬堡墚峁" in paper.words(cards_pdf([CardSheet(replace(front, where="圐圙塬堡墚峁村"), back, 1)]))


def test_a_sheet_holds_paths_and_embedded_text_and_no_picture(front: CardFront, back: CardBack) -> None:
    pdf = cards_pdf([CardSheet(front, back, 10)])
    with pypdfium2.PdfDocument(pdf) as document:
        kinds = {thing.type for page in document for thing in page.get_objects()}
    assert kinds == {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH}
    assert pdf.count(b"/FontFile2") == 2
    assert b"/PrintScaling /None" in pdf


def test_2400_cards_are_a_small_file(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    batches = [CardSheet(front, back, 100)] * 24
    for pdf, pages in ((cards_pdf(batches), 240 + 24), (cards_pdf(batches, duplex=True), 2 * 240)):
        assert paper.pages(pdf) == pages
        assert len(pdf) <= 3_500_000


def test_a_poster_decodes_from_a_100_dpi_page_and_its_code_is_at_least_70_mm(
    poster: Poster, paper: SimpleNamespace
) -> None:
    (read,) = paper.scan(paper.look(poster_pdf(poster)))
    assert read.text == poster.front.url
    wide = read.position.top_right.x - read.position.top_left.x
    assert wide / 100 * 25.4 >= 70


def test_a_poster_says_all_it_was_given(poster: Poster, paper: SimpleNamespace) -> None:
    pdf, front, back = poster_pdf(poster), poster.front, poster.back
    said = "".join(paper.words(pdf).split())
    for part in (front.title, front.where, front.until, front.short_code, *front.words, front.hint, back.scope):
        assert "".join(part.split()) in said
    for part in (*back.doors, *(way.value for way in front.ways)):
        assert "".join(part.split()) in said
    assert len(front.ways) == 3
    assert paper.pages(pdf) == 1
    assert "Telegram" not in paper.words(poster_pdf(replace(poster, front=replace(front, telegram=None))))


def test_a_poster_with_a_notice_says_it_and_keeps_a_code_of_70_mm(poster: Poster, paper: SimpleNamespace) -> None:
    notice = "承和县委巡察组进驻贵村，了解群众身边的问题。" * 7  # 154 characters
    pdf = poster_pdf(replace(poster, notice=notice))
    assert paper.pages(pdf) == 1
    assert notice in "".join(paper.words(pdf).split())
    (read,) = paper.scan(paper.look(pdf))
    assert read.text == poster.front.url
    assert (read.position.top_right.x - read.position.top_left.x) / 100 * 25.4 >= 70
    left, top, right, bottom = paper.look(pdf).point(lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0)
    assert min(left, top, 827 - right, 1169 - bottom) >= 60
    with pytest.raises(Refused, match=r"notice|poster"):
        poster_pdf(replace(poster, notice=notice * 3))


def test_a_poster_takes_long_texts_inside_its_margins_or_refuses_them(poster: Poster, paper: SimpleNamespace) -> None:
    place = "苇庄镇柳林、河湾、石桥、上坪、下坪、青松岭、枣树沟、白杨、新店、南塘等十二个行政"
    front, back = poster.front, poster.back
    pdf = poster_pdf(Poster(replace(front, where=place), replace(back, scope=back.scope * 2)))
    assert place in "".join(paper.words(pdf).split())
    left, top, right, bottom = paper.look(pdf).point(lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0)
    assert min(left, top, 827 - right, 1169 - bottom) >= 60  # 15 mm at 100 dpi
    refusals = [
        ("scope", Poster(front, replace(back, scope=back.scope * 9))),
        ("place", Poster(replace(front, where=place * 3), back)),
        ("网址", Poster(replace(front, web=Labelled("网址", "h" * 90)), back)),
        ("together", Poster(replace(front, title=place, where=place),
                            replace(back, scope=back.scope * 3, doors=back.doors * 5))),
    ]  # fmt: skip
    for part, too_much in refusals:
        with pytest.raises(Refused, match=part):
            poster_pdf(too_much)


def test_a_poster_with_room_is_set_larger_than_one_without(poster: Poster, paper: SimpleNamespace) -> None:
    """A sheet on a wall is read from afar."""
    phone, full = "0000-0000000", replace(poster, notice="承和县委巡察组进驻。" * 15)
    assert paper.height(poster_pdf(poster), phone) > 1.25 * paper.height(poster_pdf(full), phone)


def test_a_record_can_be_stamped_on_any_page_and_leaves_no_trace_where_it_was_made(paper: SimpleNamespace) -> None:
    style = Style(5, 7)
    with open_page("卡片", title="卡") as page:
        page.add_page()
        page.put(20, 20, "卡", style)
        recorded = page.record(lambda: page.put(20, 40, "片", style))
        page.add_page()
        page.stamp(recorded, down=10)
        pdf = bytes(page.output())
    assert [paper.words(pdf, 0).strip(), paper.words(pdf, 1).strip()] == ["卡", "片"]
    assert paper.look(pdf, 1, 254).point(lambda grey: 255 - grey).getbbox()[1] == pytest.approx(515, abs=15)
