"""A card that lay in a pocket still opens: codes read after each kind of damage, and after all of them at once."""

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops

from media.child import looks
from qr import codes
from qr.back import CardBack
from qr.front import CardFront
from qr.sheet import PER_SHEET, CardSheet, cards_pdf
from tests.qr import noise

DPI = 100
BATCHES = 10
MOST_UNREAD = 1  # of a hundred

Printed = list[tuple[Image.Image, noise.Square, str]]


@pytest.fixture(scope="module")
def printed(front: CardFront, back: CardBack, paper: SimpleNamespace) -> Printed:
    """A hundred cards of ten batches as a scanner sees them, and what each code must say. Always the same."""
    chance = random.Random(4711)
    made = ["".join(chance.choices(codes.ALPHABET, k=codes.CODE_LENGTH)) for _ in range(BATCHES)]
    fronts = [replace(front, url=codes.landing_url("https://lx.chenghe.example", code)) for code in made]
    pdf = cards_pdf([CardSheet(one, back, PER_SHEET) for one in fronts])
    pages = [(paper.look(pdf, number, DPI), one.url) for number, one in enumerate(fronts)]
    return [(*noise.card_on(page, place, url, DPI), url) for page, url in pages for place in range(PER_SHEET)]


def reads(picture: Image.Image, url: str) -> bool:
    """Whether one of the looks, which stop at the first that sees it, reads exactly `url`."""
    return any(found == [url] for found in looks(picture))


@pytest.mark.parametrize("kind", [*noise.NOISES, "together"])
def test_every_code_reads_at_100_dpi_after_print_like_noise(kind: str, printed: Printed) -> None:
    damage = noise.NOISES.get(kind, noise.together)
    unread = [
        number
        for number, (card, at, url) in enumerate(printed)
        if not reads(damage(card, at, random.Random(number)), url)
    ]
    assert len(unread) <= MOST_UNREAD, unread


@pytest.mark.parametrize("kind", noise.NOISES)
def test_the_noise_changes_the_picture_where_the_code_is(kind: str, printed: Printed) -> None:
    card, at, _ = printed[0]
    changed = ImageChops.difference(card, noise.NOISES[kind](card, at, random.Random(1))).crop(
        (round(at.left), round(at.top), round(at.left + at.side), round(at.top + at.side))
    )
    assert max(changed.getextrema()) > 60  # type: ignore[type-var]  # one band of grey


def test_specks_cover_three_percent_of_the_modules_and_no_finder(printed: Printed) -> None:
    _, at, _ = printed[0]
    grey = Image.new("L", (round(at.left + at.side + 20), round(at.top + at.side + 20)), 128)
    hit = ImageChops.difference(grey, noise.specks(grey, at, random.Random(7)))
    area = sum(hit.point(lambda value: 1 if value > 60 else 0).get_flattened_data())
    assert area == pytest.approx(noise.SPECKS * at.side**2, rel=0.25)
    for column, row in ((0, 0), (at.modules - noise.FINDER, 0), (0, at.modules - noise.FINDER)):
        inside = tuple(round(edge) for edge in at.box(column, row, noise.FINDER))
        left, top, right, bottom = inside
        assert hit.crop((left + 1, top + 1, right - 1, bottom - 1)).getbbox() is None


def test_a_code_with_a_finder_gone_is_not_read_so_the_test_can_fail(printed: Printed) -> None:
    card, at, url = printed[0]
    spoilt = card.copy()
    spoilt.paste(255, tuple(round(edge) for edge in at.box(0, 0, 7)))
    assert not reads(spoilt, url)
