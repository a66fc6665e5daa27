"""The archive's book of deeds: which member did what on which day; a tip by team and number, the recusal queue not."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from domain.ids import BatchId, MemberId, TeamId, TipId, UnitId
from domain.rounds import TeamKind
from handlers.desk.labels import number_label
from handlers.hourly import full_hour
from handlers.office.watch.ledger import Frame
from handlers.services import DeskServices
from handlers.texts import say
from reports.archive import Book, Value
from storage.office import cards, teams
from storage.people import audit, members
from storage.people.audit import Line
from storage.store import Tx
from storage.watch import archive

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """What lines are named by. `hidden`: people of the recusal queue, whose work is nobody's business here."""

    frame: Frame
    names: dict[MemberId, str]
    hidden: frozenset[MemberId]
    batches: dict[BatchId, str]
    first: int


async def make_trail(services: DeskServices, frame: Frame) -> bytes:
    """The xlsx: the round's own lines and the office's since it was planned, and the head of the chain behind them.

    Up to the last full hour, as the office's other pages; and no line's number: another round may be running, and how
    many lines came would tell when somebody wrote.
    """
    known, hour = await services.store.read(partial(_known, frame)), full_hour(services.clock())
    book, say_ = Book(), partial(say, frame.lang)
    names = ("day", "by", "act", "object", "which")
    table = book.table(say_("archive-sheet-trail"), [(say_(f"archive-col-{name}"), 18) for name in names])
    after = max(0, known.first - 1)
    head: Line | None = None
    while True:
        rows, last = await services.store.read(partial(_page, known, hour, after))
        if last is None:
            break
        after, head = last.n, last
        await asyncio.to_thread(table.add, rows)
    chain = book.table(say_("archive-sheet-head"), [(say_("archive-col-mac"), 70)])
    chain.add([[head.mac.hex()]] if head else [])
    return await asyncio.to_thread(book.data)


def _known(frame: Frame, tx: Tx) -> _Known:
    office_id, round_id = frame.round.office_id, frame.round.id
    recusal = [one.id for one in teams.list_teams(tx, round_id) if one.kind is TeamKind.RECUSAL]
    lines = audit.lines_about(tx, office_id, "round", round_id)
    return _Known(
        frame,
        {one.id: one.name for one in members.list_members(tx, office_id)},
        frozenset(one for team_id in recusal for one in archive.ever_in(tx, team_id)),
        {one.id: one.code[: cards.SHORT] for one in cards.list_batches(tx, round_id)},
        lines[0].n if lines else 1,
    )


def _page(known: _Known, hour: datetime, after: int, tx: Tx) -> tuple[list[list[Value]], Line | None]:
    office_id, round_id = known.frame.round.office_id, known.frame.round.id
    lines = [one for one in audit.list_lines(tx, office_id, after, _AT_ONCE) if one.entry.at < hour]
    tips = [TipId(one.entry.object_id) for one in lines if one.entry.object_kind == "tip"]
    numbers = archive.numbers_of(tx, round_id, tips)
    return list(_rows(known, lines, numbers)), lines[-1] if lines else None


def _rows(known: _Known, lines: Sequence[Line], numbers: dict[TipId, tuple[TeamId, int]]) -> Iterable[list[Value]]:
    lang, zone = known.frame.lang, known.frame.round.opens_at.tzinfo
    for line in lines:
        one = line.entry
        which = _which(known, one.object_kind, one.object_id, numbers)
        if one.member_id is None or one.member_id in known.hidden or which is None:
            continue
        on: date = one.at.astimezone(zone).date()
        name = known.names.get(one.member_id, "")
        yield [
            on,
            name,
            _deed(lang, one.object_kind, one.act, which),
            say(lang, f"archive-object-{one.object_kind.replace('_', '-')}"),
            which,
        ]


def _deed(lang: str, kind: str, act: str, which: str) -> str:
    """What was done in words, as the desk and the trail have them; the bare code where neither has any."""
    try:
        if kind == "tip":
            return say(lang, f"desk-deed-{act.replace('_', '-')}", name="", reason="").strip(" ：:")
        gone = say(lang, "trail-gone-unit") if kind == "unit" else ""
        return say(lang, f"trail-{kind.replace('_', '-')}-{act}", of=which or gone)
    except KeyError:
        return act


def _which(known: _Known, kind: str, object_id: bytes, numbers: dict[TipId, tuple[TeamId, int]]) -> str | None:
    """The thing's name; None for one of another round, and for what is left out."""
    frame = known.frame
    match kind:
        case "round":
            return say(frame.lang, "office-round", ordinal=frame.round.ordinal) if object_id == frame.round.id else None
        case "team":
            return next((one.name for one in frame.teams if one.id == object_id), None)
        case "card_batch":
            return known.batches.get(BatchId(object_id))
        case "tip":
            return _tip(frame, numbers.get(TipId(object_id)))
        case "unit":
            return frame.places.get(UnitId(object_id), "")  # one that was taken away has no name any more
        case "member":
            return known.names.get(MemberId(object_id))
        case "day":
            return object_id.decode("ascii", "replace")
        case "office" | "safekeeping":
            return ""
        case _:
            return None


def _tip(frame: Frame, found: tuple[TeamId, int] | None) -> str | None:
    """Its number as the team that holds it has it."""
    return None if found is None else number_label(next(one for one in frame.teams if one.id == found[0]), found[1])
