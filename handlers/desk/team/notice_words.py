"""What a team's group is told, in words: numbers, places and days, never content, never more than a message holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rounds import Round, Team
from domain.tips import ENDED, State, TipWork
from domain.words import gist
from handlers.desk.labels import number_label, unit_name
from handlers.texts import say
from storage.desk import news, work
from storage.desk.work import View
from storage.intake import tips
from storage.store import Tx

LONGEST = 2048
"""Bytes of a message: what a WeCom robot takes. Telegram takes more."""

_LINES = 10
_RUNNING = frozenset(State) - ENDED


@dataclass(frozen=True, slots=True)
class Section:
    """Something the group is told. `lines` are the first of `total`; without any, the section is left out."""

    head: str
    lines: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Teller:
    """Whose matters are told, and in which language."""

    tx: Tx
    round: Round
    team: Team
    lang: str

    def fresh(self, told: int) -> Section:
        """What came after number `told`."""
        found = news.list_since(self.tx, self.round.id, self.team.id, told, _LINES)
        rows = [work.get_work(self.tx, self.round.id, tip_id) for tip_id in found]
        total = news.count_since(self.tx, self.round.id, self.team.id, told)
        return Section(say(self.lang, "notice-new", n=total), tuple(self._line(row) for row in rows), total)

    def due(self, today: date) -> list[Section]:
        """What is over and what is at risk on that day: number, unit, stage and last day of each."""
        return [
            self._section("notice-late", View(states=_RUNNING, due_to=today - timedelta(days=1)), self._line),
            self._section("notice-risk", View(states=_RUNNING, at_risk_on=today), self._line),
        ]

    def due_in_short(self, today: date) -> list[Section]:
        """What is over and what ends on that day, by number only."""
        return [
            self._section("notice-late", View(states=_RUNNING, due_to=today - timedelta(days=1)), self._label),
            self._section("notice-today", View(states=_RUNNING, due_from=today, due_to=today), self._label),
        ]

    def _section(self, key: str, view: View, line: Callable[[TipWork], str]) -> Section:
        rows = work.first_in_view(self.tx, self.round.id, self.team.id, view, _LINES)
        total = work.count_view(self.tx, self.round.id, self.team.id, view) if rows else 0
        return Section(say(self.lang, key, n=total), tuple(line(row) for row in rows), total)

    def _label(self, row: TipWork) -> str:
        return number_label(self.team, row.number)

    def _line(self, row: TipWork) -> str:
        tip = tips.get_tip(self.tx, row.round_id, row.tip_id)
        unit = gist(unit_name(self.tx, tip)) or say(self.lang, "desk-no-unit")
        if row.next_due_on is None or not row.next_stage:
            return say(self.lang, "notice-line", number=self._label(row), unit=unit)
        stage = say(self.lang, f"desk-stage-{row.next_stage}")
        return say(
            self.lang, "notice-line-due", number=self._label(row), unit=unit, due=row.next_due_on, stage=stage
        )  # fmt: skip


def compose(lang: str, team: Team, sections: Sequence[Section], page: str) -> str:
    """One message: as many whole lines of each section as fit into `LONGEST` bytes, how many more there are, and
    `page`, the address to read on at.
    """
    first, last = say(lang, "notice-title", team=gist(team.name)), say(lang, "notice-desk", page=page)
    told, shown = [first], [one for one in sections if one.lines]
    room = LONGEST - _size(first) - _size(last)
    room -= sum(_size(one.head) + _size(say(lang, "notice-more", n=one.total)) for one in shown)
    for one in shown:
        kept = _fitting(one.lines, room)
        room -= sum(map(_size, kept))
        told += [one.head, *kept]
        if one.total > len(kept):
            told.append(say(lang, "notice-more", n=one.total - len(kept)))
    return "\n".join([*told, last])


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= _size(line)
        if room < 0:
            break
        kept.append(line)
    return kept


def _size(line: str) -> int:
    return len(line.encode()) + 1  # with its line end
