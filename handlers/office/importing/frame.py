"""The round itself: a new one, or what the plan changes of one that stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.ids import OfficeId
from domain.rounds import CrossRegion, Round, RoundState
from handlers.office.importing.standing import Coming
from handlers.office.importing.tally import Tally, word
from handlers.office.plan import framing
from handlers.office.plan.copying import TEXTS
from reports.faults import Fault
from reports.plan import PlanRound

_WINDOW = frozenset({"opens_at", "closes_at"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The round as it will stand, still at the version it has. `texts` are those to be written."""

    round: Round
    is_new: bool
    moves_window: bool
    changes_rules: bool
    texts: Mapping[str, str]
    tally: Tally


def frame_round(coming: Coming, office_id: OfficeId) -> Frame:
    """Raises `PlanErrors` for a round that is closed: nothing else of the plan matters then."""
    row, before = coming.plan.round, coming.standing.round
    texts = {key: body for key in TEXTS if (body := getattr(row, key)) and body != coming.standing.texts[key]}
    tally = Tally("round")
    if before is None:
        tally.new.append("")
        return Frame(_round(office_id, row), is_new=True, moves_window=False, changes_rules=False, texts=texts,
                     tally=tally)  # fmt: skip
    if before.state is RoundState.CLOSED:
        coming.wrong("round", row.row, "ordinal", Fault.ROUND_CLOSED)
        coming.findings.stop()
    changes = _changes(before, row)
    if coming.is_open:
        for name in changes:
            coming.fixed("round", row.row, name, _said(getattr(before, name)))
    tally.note("", {**{name: _said(value) for name, value in changes.items()}, **dict.fromkeys(texts, "")})
    return Frame(
        replace(before, **changes),
        is_new=False,
        moves_window=not changes.keys().isdisjoint(_WINDOW),
        changes_rules=not changes.keys() <= _WINDOW,
        texts=texts,
        tally=tally,
    )


def _changes(before: Round, row: PlanRound) -> dict[str, Any]:
    wanted = {
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "accept_days": row.accept_days,
        "cross_region": row.cross_region or before.cross_region,
    }
    return {name: value for name, value in wanted.items() if value != getattr(before, name)}


def _said(value: object) -> str:
    """A value in the file's own words."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, CrossRegion):
        return word("cross_region", value)
    return str(value)


def _round(office_id: OfficeId, row: PlanRound) -> Round:
    window, rule = (row.opens_at, row.closes_at), row.cross_region or CrossRegion.REFUSE
    frame = framing.Frame(row.term, row.ordinal, row.phase, *window, row.accept_days, rule)
    return framing.new_round(office_id, frame)
