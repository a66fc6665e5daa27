"""The public figures of a round: worked out once a day, then frozen. Whoever looks sees what was kept, and nothing
else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from domain.errors import Reason, Refused
from domain.ids import RoundId, UnitId
from domain.publishing import About, Column, Frame, Row, Table, publish
from domain.regions import upwards
from domain.rounds import Level, Round, RoundState, TeamKind, Unit
from handlers.hourly import on_the_hour, once
from handlers.office.figures.sheets import Sheets, read_sheets
from handlers.office.rounds import get_round
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import offices, releases, rounds, teams
from storage.office.releases import Release
from storage.store import Tx

AFTER_DAYS = 180
"""How long after its window a round's figures still move: as long as its tips are worked on."""


@dataclass(frozen=True, slots=True)
class PublicDay:
    """The figures of one day as they were frozen; `days`: all that there are of the round, the latest first."""

    round: Round
    on: date
    tables: tuple[Table, ...]
    days: tuple[date, ...]


async def find_day(services: DeskServices, session: Session, round_id: RoundId, on: date | None) -> PublicDay | None:
    """The figures of the day `on` (None: the latest); None as long as the round has none.

    Raises `Refused(UNKNOWN)`, also for a day without figures.
    """
    round_ = await get_round(services, session, round_id)

    def load(tx: Tx) -> tuple[list[date], Release | None]:
        days = releases.list_days(tx, round_id)
        wanted = on or (days[0] if days else None)
        return days, releases.find_release(tx, round_id, wanted) if wanted else None

    days, found = await services.store.read(load)
    if found is None and on is not None:
        raise Refused(Reason.UNKNOWN)
    return None if found is None else PublicDay(round_, found.on, from_body(found.body), tuple(days))


async def keep(services: DeskServices) -> None:
    """Freezes what is due now and on every full hour, for good."""
    work, failed = partial(release_due, services), "no figures released"
    await once(work, failed)
    await on_the_hour(services.clock, work, failed)


async def release_due(services: DeskServices) -> None:
    """Freezes today's figures of every round that has none of today yet. Safe to repeat: the first one stays."""
    today = services.clock().date()

    def load(tx: Tx) -> list[Round]:
        office = offices.only_office(tx)
        known = rounds.list_rounds(tx, office.id) if office else []
        return [one for one in known if _moves(one, today) and not releases.find_release(tx, one.id, today)]

    for round_ in await services.store.read(load):
        await _release(services, round_)


def _moves(round_: Round, today: date) -> bool:
    begun = round_.state is not RoundState.PLANNED and round_.opens_at.date() <= today
    return begun and today <= round_.closes_at.date() + timedelta(days=AFTER_DAYS)


async def _release(services: DeskServices, round_: Round) -> None:
    sheets = await read_sheets(services, round_.id)
    assigned = await services.store.read(lambda tx: [one.unit_id for one in teams.list_assignments(tx, round_.id)])
    body = as_body(publish(_frame(sheets, assigned), sheets.cells))

    def write(tx: Tx) -> None:
        if releases.insert_release(tx, Release(round_.id, sheets.today, body)):
            trail.note(tx, services, trail.Deed(round_.office_id, None, "release", "round", round_.id))

    await services.store.write(write)


def _frame(sheets: Sheets, assigned: Iterable[UnitId]) -> Frame:
    """The rows follow the plan: every place that is inspected, or holds or lies in what is."""
    place_of = {one.id: place.id for one in sheets.units.values() if (place := _place_of(sheets.units, one))}
    inspected = {place_of[unit] for unit in assigned if unit in place_of}
    whole = set(assigned) - set(place_of)
    shown = [one for one in sheets.units.values() if place_of.get(one.id) == one.id]
    places = {one.id: one for one in shown if one.id in inspected or whole & set(upwards(one.id, sheets.units))}
    return Frame(
        opens_on=sheets.round.opens_at.date(),
        closes_on=sheets.round.closes_at.date(),
        ends_on=sheets.round.ends_at.date(),
        today=sheets.today,
        teams={one.id: one.name for one in sheets.teams if one.kind is TeamKind.TEAM},
        places=_names(tuple(places.values())),
        place_of=place_of,
    )


def _names(places: tuple[Unit, ...]) -> dict[UnitId, str]:
    """Their names; from the county down where there are several counties."""
    several = len({one.parent_id for one in places}) > 1
    return {one.id: one.path.replace("/", " ") if several else one.name for one in places}


def _place_of(units: Mapping[UnitId, Unit], one: Unit) -> Unit | None:
    """The township or bureau that a unit is, or lies in."""
    return next((unit for up in upwards(one.id, units) if (unit := units[up]).level is Level.TOWNSHIP), None)


def as_body(tables: Iterable[Table]) -> dict[str, Any]:
    """The tables as plain JSON."""
    return {
        "tables": [
            {
                "about": one.about,
                "columns": [*one.columns],
                "rows": [[row.key, row.name, [*row.shown]] for row in one.rows],
            }
            for one in tables
        ]
    }


def from_body(body: Mapping[str, Any]) -> tuple[Table, ...]:
    """What `as_body` made."""
    return tuple(
        Table(
            About(one["about"]),
            tuple(Column(name) for name in one["columns"]),
            tuple(Row(key, name, tuple(shown)) for key, name, shown in one["rows"]),
        )
        for one in body["tables"]
    )
