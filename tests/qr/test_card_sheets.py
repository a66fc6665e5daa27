"""What a printed card promises, judged by eyes that are not ours: PDFium draws the page, ZXing scans it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops, ImageFilter

from domain.errors import Reason, Refused
from qr import codes
from qr.back import CardBack, check_back
from qr.front import CardFront, Labelled
from qr.sheet import CardSheet, cards_pdf, printed, sheets_of

CODE_SIDE = 28.0
TEN_PER_MM = 254.0  # dots per inch: one mm is ten dots
CORNERS = [(15.0 + 90 * column, 13.5 + 54 * row) for row in range(5) for column in range(2)]
LONG_PLACE = "苇庄镇柳林、河湾、石桥、上坪、下坪、青松岭、枣树沟、白杨、新店、南塘等十二个行政"
HOSTS = [
    "http://127.0.0.1:8080",
    "https://lx.cn",
    "https://lx.chenghe.example",
    "https://lianxi-xuncha.chenghe-county.gov.example:8443",
    "https://a-host-name-as-long-as-any-county-has-ever-had.chenghe-prefecture.example",
]


def cut(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """The part between these edges, in mm."""
    return picture.crop((round(left * 10), round(top * 10), round(right * 10), round(bottom * 10)))


def ink(picture: Image.Image) -> tuple[float, float, float, float] | None:
    """The box that holds everything printed, in mm from the corner of `picture`; None if it is blank."""
    box = picture.point(lambda grey: 255 if grey < 160 else 0).getbbox()
    return None if box is None else (box[0] / 10, box[1] / 10, box[2] / 10, box[3] / 10)


def card(sheet: Image.Image, index: int = 0) -> Image.Image:
    left, top = CORNERS[index]
    return cut(sheet, left, top, left + 90, top + 54)


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(3))


@pytest.mark.parametrize("host", HOSTS)
def test_every_printed_code_decodes_at_100_dpi_to_the_landing_address(
    host: str, front: CardFront, back: CardBack, card_key: bytes, paper: SimpleNamespace
) -> None:
    batches = []
    for code in (codes.new_code(card_key) for _ in range(3)):
        own = replace(front, url=codes.landing_url(host, code), web=Labelled("网址", host.split("//")[1][:40]))
        batches.append(CardSheet(own, back, 10))
    pdf = cards_pdf(batches)
    for page, batch in enumerate(batches):
        assert [read.text for read in paper.scan(paper.look(pdf, page))] == [batch.front.url] * 10
        assert paper.scan(paper.look(pdf, len(batches) + page)) == []


def test_a_telegram_card_decodes_to_the_bot(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    url = codes.telegram_url("chenghe_county_inspection_lx3_bot", "7F3K9Q4EWDYSX6")
    pdf = cards_pdf([CardSheet(replace(front, url=url), back, 1)])
    assert [read.text for read in paper.scan(paper.look(pdf))] == [url] * 10


def test_counts_fill_sheets() -> None:
    assert [sheets_of(count) for count in (1, 10, 11, 2400)] == [1, 1, 2, 240]
    assert [printed(count) for count in (1, 10, 11, 2400)] == [10, 10, 20, 2400]


def test_a_long_name_above_a_sheet_stays_on_the_paper(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    long = CardSheet(replace(front, batch_line=LONG_PLACE * 2), replace(back, sheet_note=LONG_PLACE * 2), 1)
    pdf = cards_pdf([long])
    for page in (0, 1):
        assert "…" in paper.words(pdf, page).splitlines()[0]
        _, _, right, _ = ink(cut(paper.look(pdf, page, TEN_PER_MM), 0, 0, 210, 7.9)) or (0.0, 0.0, 0.0, 0.0)
        assert 180 < right <= 195


def test_a_card_with_room_is_set_larger_than_a_full_one(
    front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    roomy, full = (cards_pdf([CardSheet(replace(front, where=where), back, 1)]) for where in ("柳林村", LONG_PLACE))
    for part in (front.until, front.hint, front.web.value, "0000-0000000"):
        assert paper.height(roomy, part) > 1.05 * paper.height(full, part)


def test_no_line_ends_with_an_opening_bracket(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    where = "承和县扶贫开发领导小组办公室（承和县乡村振兴局机关及下属事业单位）"
    said = paper.words(cards_pdf([CardSheet(replace(front, where=where), back, 1)]))
    assert "".join(said.split()).count(where) == 10
    assert not [line for line in said.splitlines() if line.endswith("（")]


def test_crop_marks_point_at_all_corners_and_touch_no_card(
    front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    pdf = cards_pdf([CardSheet(front, back, 1)])
    for page in (0, 1):
        sheet = paper.look(pdf, page, TEN_PER_MM)
        for x in (15.0, 105.0, 195.0):
            assert ink(cut(sheet, x - 1, 8.5, x + 1, 11.5)) == pytest.approx((0.9, 0.0, 1.1, 3.0), abs=0.11)
            assert ink(cut(sheet, x - 1, 285.5, x + 1, 288.5)) == pytest.approx((0.9, 0.0, 1.1, 3.0), abs=0.11)
        for y in (13.5 + 54 * row for row in range(6)):
            assert ink(cut(sheet, 10, y - 1, 13, y + 1)) == pytest.approx((0.0, 0.9, 3.0, 1.1), abs=0.11)
            assert ink(cut(sheet, 197, y - 1, 200, y + 1)) == pytest.approx((0.0, 0.9, 3.0, 1.1), abs=0.11)
        for index in range(10):
            left, top, right, bottom = ink(card(sheet, index)) or (0.0, 0.0, 0.0, 0.0)
            assert min(left, top, 90 - right, 54 - bottom) >= 4.0


def test_all_ten_backs_are_the_same_so_that_paper_may_be_turned_either_way(
    front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    sheet = paper.look(cards_pdf([CardSheet(front, back, 10)]), 1, TEN_PER_MM)
    first = card(sheet)
    assert ink(first) is not None
    for index in range(1, 10):
        # Blurred by a dot or two, because A4 is no whole number of dots.
        apart = ImageChops.difference(blurred(first), blurred(card(sheet, index)))
        assert apart.point(lambda grey: 255 if grey > 80 else 0).getbbox() is None


@pytest.mark.parametrize("host", HOSTS)
def test_the_code_is_28_mm_wide_with_four_modules_of_white_around(
    host: str, front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    own = replace(front, url=codes.landing_url(host, "7F3K9Q4EWDYSX6"), where=LONG_PLACE, telegram=None)
    first = card(paper.look(cards_pdf([CardSheet(own, back, 1)]), 0, TEN_PER_MM))
    left, top, right, bottom = ink(cut(first, 53.5, 3, 87, 38)) or (0.0, 0.0, 0.0, 0.0)
    assert (right - left, bottom - top) == pytest.approx((CODE_SIDE, CODE_SIDE), abs=0.25)
    quiet = 4 * CODE_SIDE / 29 - 0.1  # 29 modules is the smallest code that holds a landing address
    around = first.copy()
    code = (round(535 + left * 10), round(30 + top * 10), round(535 + right * 10), round(30 + bottom * 10))
    around.paste(255, (code[0] - 1, code[1] - 1, code[2] + 1, code[3] + 1))
    assert (
        ink(cut(around, code[0] / 10 - quiet, code[1] / 10 - quiet, code[2] / 10 + quiet, code[3] / 10 + quiet)) is None
    )


def test_the_words_can_be_read_by_a_machine_too(front: CardFront, back: CardBack, paper: SimpleNamespace) -> None:
    pdf = cards_pdf([CardSheet(front, back, 10)])
    for part in (front.title, front.where, front.until, front.web.value, "@chenghe_lx3_bot", front.phone.value):
        assert paper.words(pdf).count(part) == 10
    assert paper.words(pdf).count(front.short_code) == 10
    assert all(word in paper.words(pdf) for word in front.words)
    assert paper.words(pdf, 1).count("党员干部违纪违法 12388") == 10


def test_a_card_without_a_bot_does_not_mention_telegram(
    front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    assert "Telegram" not in paper.words(cards_pdf([CardSheet(replace(front, telegram=None), back, 1)]))


@pytest.mark.parametrize("telegram", [None, Labelled("Telegram", "@chenghe_county_inspection_lx3_bot")])
@pytest.mark.parametrize("host", ["lx.cn", "lianxi-xuncha.chenghe-county.gov.example"])
def test_a_place_of_40_characters_stays_whole_and_inside_its_column(
    telegram: Labelled | None, host: str, front: CardFront, back: CardBack, paper: SimpleNamespace
) -> None:
    assert len(LONG_PLACE) == 40
    own = replace(front, where=LONG_PLACE, telegram=telegram, web=Labelled("网址", host))
    pdf = cards_pdf([CardSheet(own, back, 1)])
    assert "".join(paper.words(pdf).split()).count(LONG_PLACE) == 10
    assert "".join(paper.words(pdf).split()).count(host) == 10
    first = card(paper.look(pdf, 0, TEN_PER_MM))
    assert ink(cut(first, 51.7, 0, 55.3, 54)) is None
    left, top, _, bottom = ink(cut(first, 0, 0, 51.7, 54)) or (0.0, 0.0, 0.0, 0.0)
    assert left >= 4.9
    assert top >= 4.4
    assert bottom <= 49.8


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("place", {"where": LONG_PLACE * 2}),
        ("title", {"title": "第三巡察组联系卡" * 6}),
        ("网址", {"web": Labelled("网址", "a" * 90)}),
        ("check word", {"words": ("一二三四五", "木桥", "晚稻")}),
        (
            "together",
            {
                "title": "承和县委第六轮第三巡察组（异地交叉）联系卡",
                "where": LONG_PLACE,
                "until": "2026 年 11 月 27 日下午 18:00 截止，截止后不再收",
                "web": Labelled("网址", "lianxi-xuncha.chenghe-county.gov.example"),
                "telegram": Labelled("Telegram", "@chenghe_county_inspection_lx3_bot"),
            },
        ),
        ("address", {"url": "https://" + "h" * 120 + ".example/k/7F3K9Q4EWDYSX6"}),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_never_printed_over_the_edge(
    part: str, change: dict[str, object], front: CardFront, back: CardBack
) -> None:
    with pytest.raises(Refused, match=part) as refusal:
        cards_pdf([CardSheet(replace(front, **change), back, 1)])  # type: ignore[arg-type] # one field at a time
    assert refusal.value.reason is Reason.BAD_INPUT


@pytest.mark.parametrize(
    ("part", "more"),
    [("scope", (4, 1, 1)), ("doors", (1, 6, 1)), ("label", (1, 1, 3)), ("together", (2, 3, 1))],
)
def test_a_back_that_says_too_much_is_refused(
    part: str, more: tuple[int, int, int], front: CardFront, back: CardBack
) -> None:
    scope, doors, label = more
    own = replace(back, scope=back.scope * scope, doors=back.doors * doors, boxes_label=back.boxes_label * label)
    with pytest.raises(Refused, match=part):
        cards_pdf([CardSheet(front, own, 1)])


@pytest.mark.parametrize("length", range(5, 106, 10))
def test_every_scope_shorter_than_one_that_fits_fits_too(length: int, back: CardBack) -> None:
    check_back(replace(back, scope=("补贴救助、集体的钱和地、征地拆迁、工程。" * 6)[:length]))


@pytest.mark.parametrize("count", [0, -10])
def test_no_cards_at_all_is_refused(count: int, front: CardFront, back: CardBack) -> None:
    for batches in ([], [CardSheet(front, back, count)]):
        with pytest.raises(Refused):
            cards_pdf(batches)
