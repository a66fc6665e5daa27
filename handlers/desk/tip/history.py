"""What was done to a tip, in the order of the audit; its events say what the reporter did, and why members did it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.ids import MemberId, TeamId
from domain.tips import Action
from handlers.desk.locking.standing import Standing
from storage.intake import tips
from storage.intake.tips import TipEvent
from storage.office import teams
from storage.people import audit, members
from storage.people.audit import NEWS, OPENED
from storage.store import Tx

LOOKS = frozenset({OPENED, "download", "print", "print-named"})
"""Deeds that change nothing."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the tip's history: `act` by somebody, named, or by the reporter when `name` is empty."""

    on: date
    name: str
    act: str
    reason: str = ""  # a code, or the name of a member or team that `act` names
    line: int = field(default=0, compare=False)  # its number in the audit; 0: the receipt, which has none


def history_of(tx: Tx, standing: Standing, now: datetime) -> tuple[Deed, ...]:
    """In the order in which things reached the desk."""
    tip = standing.tip
    events = tips.list_events(tx, tip.round_id, tip.id)
    theirs, reasons = iter([one.act.value for one in events if one.actor_id is None]), _reasons(events)
    deeds = [Deed(tip.received_on, "", "received")]
    for line in audit.lines_about(tx, tip.office_id, "tip", tip.id):
        by, act = line.entry.member_id, line.entry.act
        if act == NEWS:
            act = next(theirs, Action.ADD.value)
        reason = next(reasons.get((by, act), iter(())), "")
        on = line.entry.at.astimezone(now.tzinfo).date()
        deeds.append(_named(tx, Deed(on, _name(tx, by), act, reason, line.n)))
    return tuple(_looks_once(deeds))


def wordless(tx: Tx, standing: Standing) -> tuple[tuple[int, Deed], ...]:
    """Members' moves that wrote nothing, each behind the message with this number (0: behind the first letter)."""
    last, found = 0, []
    for one in tips.list_events(tx, standing.tip.round_id, standing.tip.id):
        if one.box_seq is not None:
            last = max(last, one.box_seq)
        elif one.actor_id is not None:
            deed = Deed(one.on, _name(tx, one.actor_id), one.act.value, one.reason)
            found.append((last, _named(tx, deed)))
    return tuple(found)


def _looks_once(deeds: list[Deed]) -> Iterator[Deed]:
    """Once a day is enough to show who looked; the audit itself keeps every time."""
    looked: set[Deed] = set()
    for deed in deeds:
        if deed not in looked:
            yield deed
        if deed.act in LOOKS:
            looked.add(deed)


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


def _name(tx: Tx, member_id: MemberId | None) -> str:
    return members.get_member(tx, member_id).name if member_id else ""
