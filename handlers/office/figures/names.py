"""What counts are of, in words: days, places, channels, kinds, ages, cards and their steps. Board and reports say the
same."""

from collections.abc import Callable
from datetime import date

from domain.rounds import CardBatch, Unit
from domain.tips import Channel, Kind
from handlers.office.figures.board import STEPS
from handlers.office.figures.measure import AGES
from handlers.office.figures.sheets import Sheets

Words = Callable[..., str]
"""`say` in one language."""


def percent(n: int, of: int) -> str:
    """`n` of `of` with one decimal; a dash of nothing."""
    return f"{100 * n / of:.1f}%" if of else "–"


def day_name(w: Words, on: date) -> str:
    """The day with its weekday."""
    return w("board-day", day=on, weekday=on.weekday())


def channels(w: Words) -> tuple[str, ...]:
    """In the order of `Channel`."""
    return tuple(w(f"desk-channel-{one}") for one in Channel)


def kind_name(w: Words, kind: Kind) -> str:
    return w(f"desk-kind-{kind.replace('_', '-')}")


def place_name(w: Words, unit: Unit | None) -> str:
    """Without what it lies in; of None, that it is not known."""
    return unit.name if unit else w("board-nowhere")


def age_name(w: Words, at: int) -> str:
    """How long the tips of one of `AGES` have lain."""
    least, most = AGES[at]
    if most is None:
        return w("board-age-over", n=least)
    return w("board-age-between", a=least, b=most) if least else w("board-age-within", n=most)


def batch_name(w: Words, sheets: Sheets, batch: CardBatch) -> str:
    """Its places, its way of handing out, and the beginning of its code."""
    units = [sheets.units[one].name for one in sheets.named.get(batch.id, ()) if one in sheets.units]
    place = units[0] if len(units) == 1 else w("board-many-units", place=units[0] if units else "", n=len(units))
    return w("board-batch", place=place, way=batch.way, code=batch.code[:6])


def steps(w: Words) -> tuple[str, ...]:
    """The steps of a funnel, with what was accepted as the last."""
    return tuple(w(f"board-step-{one}") for one in (*STEPS, "accept"))
