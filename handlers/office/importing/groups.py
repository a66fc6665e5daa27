"""The teams of a plan and the units they inspect, beside those of the round that stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.ids import TeamId, UnitId, new_id
from domain.regions import upwards
from domain.rounds import Round, Team, TeamKind
from handlers.office.importing.places import Places
from handlers.office.importing.standing import Coming
from handlers.office.importing.tally import Tally
from handlers.office.plan.overlaps import find_overlaps
from reports.faults import Fault
from reports.plan import PlanAssignment, PlanTeam
from storage.office.teams import Assignment


@dataclass(frozen=True, slots=True)
class Groups:
    """`by_ordinal` are the plan's teams as they will stand."""

    by_ordinal: Mapping[int, Team]
    new: tuple[Team, ...]
    changed: tuple[Team, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Spread:
    """The assignments to be written, also in place of one that stands, and the units that nobody has any more."""

    put: tuple[Assignment, ...]
    gone: tuple[UnitId, ...]
    tally: Tally


def gather_teams(coming: Coming, round_: Round, places: Places) -> Groups:
    """The ordinary teams; what cannot be is noted."""
    standing = {team.ordinal: team for team in coming.standing.teams if team.kind is TeamKind.TEAM}
    tally = Tally("teams")
    found = {row.ordinal: _team(row, round_, places, standing.get(row.ordinal)) for row in coming.plan.teams}
    for row in coming.plan.teams:
        before, after = standing.get(row.ordinal), found[row.ordinal]
        if before is None:
            tally.new.append(row.name)
            if coming.is_open:
                coming.wrong("teams", row.row, "ordinal", Fault.ROUND_OPEN_NEW)
            continue
        changes = _changes(before, after, row)
        if coming.is_open:
            for name in changes:
                coming.fixed("teams", row.row, name, _said(coming, before, name))
        tally.note(before.name, changes)
    tally.left += [team.name for ordinal, team in standing.items() if ordinal not in found]
    return Groups(
        found,
        tuple(team for ordinal, team in found.items() if ordinal not in standing),
        tuple(team for ordinal, team in found.items() if ordinal in standing and team != standing[ordinal]),
        tally,
    )


def _team(row: PlanTeam, round_: Round, places: Places, before: Team | None) -> Team:
    home = places.ids.get(row.home_code)
    if before is None:
        made = Team(TeamId(new_id()), round_.id, row.ordinal, row.name, TeamKind.TEAM, row.phone, "")
        return replace(made, address=row.address, mailbox=row.mailbox, home_unit_id=home)
    return replace(
        before,
        name=row.name,
        phone=row.phone or before.phone,
        address=row.address or before.address,
        mailbox=row.mailbox or before.mailbox,
        home_unit_id=home,
    )


def _changes(before: Team, after: Team, row: PlanTeam) -> dict[str, str]:
    fields = ("name", "phone", "address", "mailbox")
    changes = {name: getattr(after, name) for name in fields if getattr(after, name) != getattr(before, name)}
    if after.home_unit_id != before.home_unit_id:
        changes["home_code"] = row.home_code
    return changes


def _said(coming: Coming, team: Team, name: str) -> str:
    if name != "home_code":
        return str(getattr(team, name))
    return coming.standing.units[team.home_unit_id].code if team.home_unit_id else ""


def spread_units(coming: Coming, round_: Round, places: Places, groups: Groups) -> Spread:
    """Who inspects what by name; what cannot be is noted."""
    before, tally = coming.standing.assignments, Tally("assignments")
    rows = {places.ids[row.unit_code]: row for row in coming.plan.assignments}
    wanted = {
        unit_id: Assignment(unit_id, groups.by_ordinal[row.team_ordinal].id, row.reason)
        for unit_id, row in rows.items()
    }
    names = {team.id: team.name for team in [*coming.standing.teams, *groups.by_ordinal.values()]}
    for unit_id, row in rows.items():
        _count(coming, tally, (before.get(unit_id), wanted[unit_id], row), (places.tree[unit_id].path, names))
        if coming.is_open:
            _keep(coming, wanted[unit_id], row, names)
    gone = tuple(unit_id for unit_id in before if unit_id not in wanted)
    left_out = coming.left_out("assignments")
    for unit_id in gone:
        unit = places.tree[unit_id]
        tally.gone.append(unit.path)
        if coming.is_open and not left_out.may_name(unit.code):
            coming.wrong("assignments", 0, "unit_code", Fault.ROUND_OPEN_DROPPED, place=unit.path)
    _check_overlaps(coming, round_, rows, places)
    return Spread(tuple(one for unit_id, one in wanted.items() if before.get(unit_id) != one), gone, tally)


def _count(
    coming: Coming,
    tally: Tally,
    step: tuple[Assignment | None, Assignment, PlanAssignment],
    words: tuple[str, Mapping[TeamId, str]],
) -> None:
    (before, after, row), (place, names) = step, words
    if before is None:
        tally.new.append(f"{place} → {names[after.team_id]}")
        return
    changes = {}
    if before.team_id != after.team_id:
        changes["team_ordinal"] = names[after.team_id]
    if before.reason != after.reason:
        changes["reason"] = after.reason
        if coming.is_open:
            coming.fixed("assignments", row.row, "reason", before.reason)
    tally.note(place, changes)


def _keep(coming: Coming, after: Assignment, row: PlanAssignment, names: Mapping[TeamId, str]) -> None:
    """In an open round a place keeps the team it has, by name or with one above it."""
    tree, named = coming.standing.units, coming.standing.assignments
    if after.unit_id not in tree:
        return
    has = next((named[up].team_id for up in upwards(after.unit_id, tree) if up in named), None)
    if has is not None and has != after.team_id:
        coming.wrong("assignments", row.row, "team_ordinal", Fault.ROUND_OPEN_TAKEN, team=names[has])


def _check_overlaps(coming: Coming, round_: Round, rows: Mapping[UnitId, PlanAssignment], places: Places) -> None:
    for unit_id, other in find_overlaps(round_, rows, coming.standing.others, places.tree):
        coming.wrong(
            "assignments",
            rows[unit_id].row,
            "unit_code",
            Fault.OVERLAPS,
            place=places.tree[unit_id].name,
            ordinal=other.ordinal,
            opens=f"{other.opens_at:%Y-%m-%d}",
            closes=f"{other.closes_at:%Y-%m-%d}",
        )
