"""Two orders of the pages of cards: fronts first for a shop or a hand that turns the stack, or both sides in turn."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from qr import codes
from qr.back import CardBack
from qr.front import CardFront
from qr.sheet import CardSheet, cards_pdf


@pytest.fixture
def market(front: CardFront, back: CardBack) -> CardSheet:
    """One sheet of another batch of the same round."""
    other = replace(
        front, url=codes.landing_url("https://lx.chenghe.example", "7F3K9Q4EWDYSX6"), batch_line="正面　石桥村集市"
    )
    return CardSheet(other, replace(back, sheet_note="背面　石桥村集市"), 1)


def heads_and_cards(pdf: bytes, paper: SimpleNamespace) -> tuple[list[str], list[str]]:
    """Of each page what stands above the cards, and all that stands on them."""
    said = [paper.words(pdf, page).partition("\n") for page in range(paper.pages(pdf))]
    return [head.strip() for head, _, _ in said], [cards for _, _, cards in said]


def test_all_fronts_come_first_then_one_back_per_batch(
    front: CardFront, back: CardBack, market: CardSheet, paper: SimpleNamespace
) -> None:
    pdf = cards_pdf([CardSheet(front, back, 21), market])
    heads, said = heads_and_cards(pdf, paper)
    fronts = [f"{n} / 3　{front.batch_line}" for n in (1, 2, 3)] + ["1 / 1　正面　石桥村集市"]
    assert heads == [*fronts, back.sheet_note, "背面　石桥村集市"]
    assert [len(paper.scan(paper.look(pdf, page))) for page in range(6)] == [10] * 4 + [0] * 2
    assert (said[0], said[4]) == (said[2], said[5])
    assert said[2].count(front.where) == 10
    assert b"/Duplex" not in pdf


def test_for_a_printer_that_turns_the_paper_each_front_has_its_back_behind_it(
    front: CardFront, back: CardBack, market: CardSheet, paper: SimpleNamespace
) -> None:
    pdf = cards_pdf([CardSheet(front, back, 21), market], duplex=True)
    heads, said = heads_and_cards(pdf, paper)
    sheets = [f"{n} / 3　{line}" for n in (1, 2, 3) for line in (front.batch_line, back.sheet_note)]
    assert heads == [*sheets, "1 / 1　正面　石桥村集市", "1 / 1　背面　石桥村集市"]
    urls = [front.url] * 3 + [market.front.url]
    assert [{read.text for read in paper.scan(paper.look(pdf, 2 * n))} for n in range(4)] == [{url} for url in urls]
    assert [said[page] for page in (3, 5, 7)] == [said[1]] * 3
    assert b"/Duplex /DuplexFlipLongEdge" in pdf


def test_in_both_orders_the_same_is_printed(
    front: CardFront, back: CardBack, market: CardSheet, paper: SimpleNamespace
) -> None:
    other = replace(market, back=replace(market.back, scope="别的事"))
    batches = [CardSheet(front, back, 11), other]
    fronts_first, duplex = (heads_and_cards(cards_pdf(batches, duplex=order), paper)[1] for order in (False, True))
    assert [fronts_first[page] for page in (0, 3, 1, 3, 2, 4)] == duplex
