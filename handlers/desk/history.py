"""What was done to a tip, day by day: the reporter's doings from its events, the members' from the audit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.ids import MemberId, TeamId
from domain.tips import Action
from handlers.desk.fold import NEWS
from handlers.desk.standing import Standing
from storage import audit, members, teams, tips
from storage.store import Tx
from storage.tips import TipEvent


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the tip's history: `act` by somebody, named, or by the reporter when `name` is empty."""

    on: date
    name: str
    act: str
    reason: str = ""  # a code, or the name of a member or team that `act` names


def history_of(tx: Tx, standing: Standing, now: datetime) -> tuple[Deed, ...]:
    """By day; within a day the reporter's doings first, then the members' in the order of the audit."""
    tip = standing.tip
    events = tips.list_events(tx, tip.round_id, tip.id)
    theirs = [_event(tx, one) for one in events if one.actor_id is None]
    reasons = _reasons(events)
    ours = [
        Deed(
            line.entry.at.astimezone(now.tzinfo).date(),
            _name(tx, line.entry.member_id),
            line.entry.act,
            next(reasons.get((line.entry.member_id, line.entry.act), iter(())), ""),
        )
        for line in audit.lines_about(tx, tip.office_id, "tip", tip.id)
        if line.entry.act != NEWS
    ]
    # Once a day is enough to show who looked; the audit itself keeps every time.
    rest = dict.fromkeys(sorted([*theirs, *(_named(tx, one) for one in ours)], key=lambda one: one.on))
    return (Deed(tip.received_on, "", "received"), *rest)


def _reasons(events: list[TipEvent]) -> dict[tuple[MemberId | None, str], Iterator[str]]:
    """The reasons of each member's moves of each kind, in order: the audit names the move, the event its reason."""
    found: dict[tuple[MemberId | None, str], list[str]] = {}
    for one in events:
        found.setdefault((one.actor_id, one.act.value), []).append(one.reason)
    return {key: iter(reasons) for key, reasons in found.items()}


def _named(tx: Tx, deed: Deed) -> Deed:
    """Whom a tip was given to, by name instead of by id."""
    if not deed.reason:
        return deed
    match deed.act:
        case Action.ASSIGN:
            return replace(deed, reason=_name(tx, MemberId(bytes.fromhex(deed.reason))))
        case Action.TRANSFER:
            return replace(deed, reason=teams.get_team(tx, TeamId(bytes.fromhex(deed.reason))).name)
        case _:
            return deed


def _event(tx: Tx, event: TipEvent) -> Deed:
    return Deed(event.on, _name(tx, event.actor_id), event.act.value, event.reason)


def _name(tx: Tx, member_id: MemberId | None) -> str:
    return members.get_member(tx, member_id).name if member_id else ""
