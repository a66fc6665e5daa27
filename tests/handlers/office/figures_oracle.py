"""The office's figures worked out again from what happened to each tip: its events, its transfers and its clocks.

Written apart from the counters: nothing of the desk's folded rows is read, and no cell is ever subtracted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.ids import RoundId
from storage.schema.office import team
from storage.schema.tips import clock, tip, tip_event, transfer
from storage.store import Tx

Figures = Counter[tuple[object, ...]]
TELLS = frozenset({
    "accept", "decline", "refer", "ask", "reply", "hand_over", "notice", "report_back", "answer", "resolve", "clear",
    "reopen", "transfer",
})  # fmt: skip
"""Moves by which the reporter hears something."""
_STAGES = ("accept", "first-reply", "hand-over", "rectify", "close", "clear")


@dataclass
class Story:
    """Where a tip has come to."""

    state: str = "received"
    accepted: date | None = None
    replied: date | None = None
    resolved: date | None = None
    cleared: date | None = None

    def happens(self, event: Any) -> None:
        if event.actor_kind == "reporter":
            self._writes(event.act)
            return
        before, self.state = self.state, event.to_state
        if event.act in TELLS:
            self.replied = self.replied or event.on_date
        if event.act == "accept":
            self.accepted = event.on_date
        if self.state == "resolved" and before != "resolved":
            self.resolved = event.on_date
        if self.state == "cleared" and before != "cleared":
            self.cleared = event.on_date
        if event.act == "reopen":
            self.accepted, self.resolved, self.cleared = self.accepted or event.on_date, None, None

    def _writes(self, act: str) -> None:
        if act == "withdraw" and self.state == "received":
            self.state = "withdrawn"
        if act == "add" and self.state == "awaiting_reporter":
            self.state = "verifying"


def told(tx: Tx, round_id: RoundId) -> Figures:
    """Every cell that is not zero: the sheet, then what it asks for."""
    kinds: dict[bytes, str] = {row.id: row.kind for row in tx.execute(select(team.c.id, team.c.kind))}
    found: Figures = Counter()
    for one in tx.execute(select(tip).where(tip.c.round_id == round_id)).all():
        of_tip = [one.round_id, one.id]
        steps = _rows(tx, transfer, of_tip, transfer.c.n)
        holder = steps[-1].to_team_id if steps else one.first_team_id
        story = Story()
        for event in _rows(tx, tip_event, of_tip, tip_event.c.n):
            story.happens(event)
            if event.act == "transfer" and event.reason == holder.hex() and kinds[holder] == "recusal":
                break  # what is done there is in no figure
        due = _due(_rows(tx, clock, of_tip, clock.c.stage))
        giver = steps[-1].from_team_id if steps else b""
        found.update(_cells(one, story, kinds, holder=holder, giver=giver, due=due))
    return found


def _rows(tx: Tx, table: Any, of_tip: list[bytes], order: Any) -> list[Any]:
    here = (table.c.round_id == of_tip[0]) & (table.c.tip_id == of_tip[1])
    return list(tx.execute(select(table).where(here).order_by(order)))


def _due(clocks: Iterable[Any]) -> tuple[str, date] | None:
    running = [one for one in clocks if one.stopped_on is None and one.paused_on is None]
    first = min(running, key=lambda one: (one.due_on, _STAGES.index(one.stage)), default=None)
    return None if first is None else (first.stage, first.due_on)


def _cells(
    one: Any, story: Story, kinds: dict[bytes, str], *, holder: bytes, giver: bytes, due: tuple[str, date] | None
) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = [("channel", one.channel)]
    hidden = kinds[holder] == "recusal"
    if kinds[one.first_team_id] == "recusal":
        return found
    mine = giver if hidden else holder
    passed = hidden or story.state == "referred"
    stands = story.state if not passed else "passed_on" if story.accepted else "referred"
    found.append(("cohort", one.received_on, mine, one.channel, stands))
    found += [("unit", one.unit_id, mine, stands), ("unit-day", one.received_on, one.unit_id)]
    found.append(("unit-kind", one.unit_id, one.kind))
    dates = {"accepted": story.accepted, "resolved": story.resolved, "cleared": story.cleared}
    found += [("done", on, mine, name) for name, on in dates.items() if on]
    found += [("late", one.received_on, mine)] * one.late
    found += [("reply", one.received_on, story.replied, mine)] * (story.replied is not None)
    found += [("batch", one.card_batch_id)] * bool(one.card_batch_id and story.accepted)
    if due is not None and not hidden:
        found.append(("due", due[1], mine, due[0]))
    return found
