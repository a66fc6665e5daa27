"""The archive's book of people: who sat where, which team had which places, what they were reminded of."""

import asyncio
from collections.abc import Sequence
from functools import partial

from domain.ids import UnitId
from handlers.office.watch.ledger import Frame
from handlers.services import DeskServices
from handlers.texts import say
from reports.archive import Book, Value
from storage.office import reminders, teams
from storage.store import Tx
from storage.watch import archive

_TABLES = {
    "teams": ("team", "phone", "address", "mailbox", "home"),
    "members": ("name", "login", "member-state", "role", "team", "from", "to"),
    "assignments": ("unit", "team", "reason"),
    "reminders": ("day", "team", "words", "by", "seen-on", "seen-by"),
    "transfers": ("team", "to-team", "n"),
}
_Rows = Sequence[Sequence[Value]]


async def make_people(services: DeskServices, frame: Frame) -> bytes:
    """The xlsx."""
    rows = await services.store.read(partial(_load, frame))
    return await asyncio.to_thread(_book, frame, rows)


def _load(frame: Frame, tx: Tx) -> dict[str, _Rows]:
    names = {team.id: team.name for team in frame.teams}
    return {
        "teams": [
            [one.name, one.phone, one.address, one.mailbox, _place(frame, one.home_unit_id)] for one in frame.teams
        ],
        "members": [
            [one.name, one.login, _say(frame, "member", one.state), _say(frame, "role", one.role), one.team,
             one.from_on, one.to_on]
            for one in archive.seats(tx, frame.round.office_id, frame.round.id)
        ],
        "assignments": [
            [frame.places.get(one.unit_id, ""), names.get(one.team_id, ""), one.reason]
            for one in teams.list_assignments(tx, frame.round.id)
        ],
        "reminders": [
            [one.written_on, names.get(one.team_id, ""), one.body, one.writer if one.urges else "", one.seen_on,
             one.seer]
            for one in reminders.list_of_round(tx, frame.round.id)
        ],
        "transfers": [
            [names.get(one, ""), names.get(to, ""), n] for one, to, n in archive.transfers_between(tx, frame.round.id)
        ],
    }  # fmt: skip


def _place(frame: Frame, unit_id: UnitId | None) -> str:
    return frame.places.get(unit_id, "") if unit_id else ""


def _say(frame: Frame, kind: str, code: str) -> str:
    return say(frame.lang, f"archive-{kind}-{code}")


def _book(frame: Frame, rows: dict[str, _Rows]) -> bytes:
    book, say_ = Book(), partial(say, frame.lang)
    for name, fields in _TABLES.items():
        columns = [(say_(f"archive-col-{field}"), 60 if field == "words" else 16) for field in fields]
        book.table(say_(f"archive-sheet-{name}"), columns).add(rows[name])
    return book.data()
