"""The archive of a round, made before it is shredded: all its numbers and who did what, and not a word of a tip."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from domain.errors import Reason, Refused
from domain.figures import Cell, Sheet
from domain.ids import BatchId, RoundId
from domain.rounds import Role, Round, RoundState
from handlers.office.figures.board import STEPS
from handlers.office.figures.sheets import Sheets, read_sheets
from handlers.office.rounds import get_round
from handlers.office.watch.archive_people import make_people
from handlers.office.watch.archive_trail import make_trail
from handlers.office.watch.ledger import Frame, frame_of, make_ledger
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import say
from reports.archive import MANIFEST, Book, Value, pack
from storage.office import batch_figures, cards
from storage.people import audit
from storage.store import Tx
from storage.watch import archive
from storage.watch.archive import NamedRun

_FIELDS = {
    Sheet.COHORT: ("day", "team", "channel", "measure"),
    Sheet.DONE: ("day", "team", "measure"),
    Sheet.REPLY: ("day", "until", "team"),
    Sheet.DUE: ("day", "team", "measure"),
    Sheet.LATE: ("day", "team"),
    Sheet.UNIT: ("unit", "team", "measure"),
    Sheet.UNIT_DAY: ("unit", "day"),
    Sheet.UNIT_KIND: ("unit", "kind"),
    Sheet.BATCH: ("batch",),
}


KEPT = timedelta(hours=1)
"""How long an archive is given again before the next one is made."""


@dataclass(frozen=True, slots=True)
class Archive:
    name: str
    data: bytes


@dataclass(slots=True)
class Archives:
    """The archives of the last hour. Teams go on with a closed round, and reporters too: two files a minute apart would
    tell when. In memory: one set per process."""

    _made: dict[tuple[RoundId, str], tuple[datetime, Archive]] = field(default_factory=dict)

    async def get(self, services: DeskServices, session: Session, round_id: RoundId, lang: str) -> Archive:
        """What `make_archive` gives; for an hour from then on the same file again. Raises what that raises."""
        now = services.clock()
        self._made = {key: made for key, made in self._made.items() if now - made[0] < KEPT}
        kept = self._made.get((round_id, lang))
        if kept is not None:
            await _note(services, session, await _asked(services, session, round_id))
            return kept[1]
        made = await make_archive(services, session, round_id, lang)
        return self._made.setdefault((round_id, lang), (services.clock(), made))[1]


async def make_archive(services: DeskServices, session: Session, round_id: RoundId, lang: str) -> Archive:
    """A zip. Only of a closed round: while tips come in, two archives would tell when one came.

    Raises `Refused`: NOT_ALLOWED to anybody but a director, UNKNOWN, WRONG_STATE (`archive-not-closed`).
    """
    await _note(services, session, await _asked(services, session, round_id))
    frame, sheets = await frame_of(services, round_id, lang), await read_sheets(services, round_id)
    files = {
        "ledger": await make_ledger(services, frame),
        "figures": await asyncio.to_thread(_figures, frame, sheets),
        "cards": await _cards(services, frame, sheets),
        "people": await make_people(services, frame),
        "trail": await make_trail(services, frame),
    }
    named = {f"{say(lang, f'archive-file-{name}')}.xlsx": data for name, data in files.items()}
    about = say(lang, "archive-about", round=_name(frame), day=frame.today, year=str(frame.today.year), sums=MANIFEST)
    data = await asyncio.to_thread(pack, {say(lang, "archive-about-file"): about.encode(), **named})
    return Archive(say(lang, "archive-name", round=_name(frame), day=frame.today.isoformat()), data)


async def _asked(services: DeskServices, session: Session, round_id: RoundId) -> Round:
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    round_ = await get_round(services, session, round_id)
    if round_.state is not RoundState.CLOSED:
        raise Refused(Reason.WRONG_STATE, "archive-not-closed")
    return round_


async def _note(services: DeskServices, session: Session, round_: Round) -> None:
    deed = trail.Deed(session.office_id, session.member_id, audit.ARCHIVED, "round", round_.id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))


def _name(frame: Frame) -> str:
    return say(frame.lang, "office-round", ordinal=frame.round.ordinal)


def _figures(frame: Frame, sheets: Sheets) -> bytes:
    """One sheet for each way of counting, cell by cell, as the boards add them up."""
    book, say_ = Book(), partial(say, frame.lang)
    for sheet, fields in _FIELDS.items():
        columns = [(say_(f"archive-col-{name}"), 16) for name in (*fields, "n")]
        table = book.table(say_(f"archive-sheet-{sheet}"), columns)
        rows = [
            (*(_shown(frame, sheets, sheet, cell, name) for name in fields), n) for cell, n in sheets[sheet].items()
        ]
        table.add(sorted(rows, key=lambda row: tuple(map(str, row))))
    return book.data()


def _shown(frame: Frame, sheets: Sheets, sheet: Sheet, cell: Cell, field: str) -> Value:
    lang = frame.lang
    match field:
        case "team":
            return next((one.name for one in frame.teams if one.id == cell.team_id), "")
        case "unit":
            return frame.places.get(cell.unit_id, "") if cell.unit_id else say(lang, "desk-no-unit")
        case "batch":
            return next((one.code[: cards.SHORT] for one in sheets.batches if one.id == cell.batch_id), "")
        case "channel":
            return say(lang, f"desk-channel-{cell.channel}")
        case "kind":
            return say(lang, f"desk-kind-{cell.kind.replace('_', '-')}")
        case "measure" if sheet is Sheet.DUE:
            return say(lang, f"desk-stage-{cell.measure}") if cell.measure else ""
        case "measure":
            return say(lang, f"archive-standing-{cell.measure.replace('_', '-')}")
        case _:
            return cell.day if field == "day" else cell.until


async def _cards(services: DeskServices, frame: Frame, sheets: Sheets) -> bytes:
    def load(tx: Tx) -> tuple[list[list[Value]], list[NamedRun], dict[BatchId, str]]:
        runs, batches = archive.print_runs(tx, frame.round.id), cards.list_batches(tx, frame.round.id)
        named, comma, rows = batch_figures.units_by_batch(tx, frame.round.id), say(frame.lang, "watch-comma"), []
        for one in batches:
            places = comma.join(frame.places.get(unit_id, "") for unit_id in named.get(one.id, ()))
            printed = sum(run.cards for run in runs if run.batch_id == one.id)
            team = next((team.name for team in frame.teams if team.id == one.team_id), "")
            steps: list[Value] = [sheets.funnel.get((one.id, step), 0) for step in STEPS]
            flag = say(frame.lang, "archive-test") if one.is_test else ""
            state = say(frame.lang, f"archive-batch-{one.state}")
            rows.append([one.code[: cards.SHORT], team, places, one.way, state, flag, one.cards, printed, *steps])
        return rows, runs, {one.id: one.code[: cards.SHORT] for one in batches}

    return await asyncio.to_thread(_cards_book, frame, *await services.store.read(load))


def _cards_book(
    frame: Frame, rows: Sequence[Sequence[Value]], runs: Sequence[NamedRun], codes: Mapping[BatchId, str]
) -> bytes:
    book, say_ = Book(), partial(say, frame.lang)
    names = ("batch", "team", "units", "way", "state", "remarks", "wanted", "printed", *STEPS)
    book.table(say_("archive-sheet-batches"), [(say_(f"archive-col-{one}"), 14) for one in names]).add(rows)
    of_runs = ("day", "batch", "what", "n", "by")
    table = book.table(say_("archive-sheet-runs"), [(say_(f"archive-col-{one}"), 14) for one in of_runs])
    table.add(
        [one.on, codes.get(one.batch_id, ""), say_(f"archive-what-{one.what}"), one.cards, one.by] for one in runs
    )
    return book.data()
