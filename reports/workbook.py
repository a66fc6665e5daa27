"""Reads one round from an xlsx file: the whole plan, or every problem with its row and column, and nothing between."""

import re
from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from domain.rounds import CrossRegion, Level, Role
from reports import checks
from reports.cells import Row
from reports.checks import Placed, T
from reports.faults import Fault, Findings, Problem
from reports.forms import forms
from reports.plan import RECUSAL, Plan, PlanAssignment, PlanMember, PlanRound, PlanTeam, PlanUnit, Source
from reports.sheets import read_sheets

SHANGHAI = ZoneInfo("Asia/Shanghai")
_LONG, _ADDRESS, _PERSON = 5_000, 200, 40  # characters
_BETWEEN_ALIASES = re.compile(r"[、，,；;]")


def read_plan(data: bytes, zone: ZoneInfo = SHANGHAI) -> Plan:
    """The round in the xlsx file `data`, its times in `zone`. Raises `PlanErrors`, never anything else.

    Cells are judged first, what holds between them only when every cell is good: no error is a mere consequence.
    """
    findings = Findings()
    sheets = read_sheets(data, findings)
    findings.stop()
    rounds = _read(sheets["round"], lambda row: _round(row, zone))
    teams = _read(sheets["teams"], _team)
    units = _read(sheets["units"], _unit)
    assignments = _read(sheets["assignments"], _assignment)
    members = _read(sheets["members"], _member)
    _note_empty(sheets, findings)
    findings.stop()
    _check(rounds, teams, units, assignments, members)
    findings.stop()
    return Plan(
        rounds[0][1],
        _items(teams),
        tuple(sorted(_items(units), key=lambda unit: list(Level).index(unit.level))),
        _items(assignments),
        _items(members),
        {name: _source(rows[0]) for name, rows in sheets.items() if rows},
    )


def _check(
    rounds: list[Placed[PlanRound]],
    teams: list[Placed[PlanTeam]],
    units: list[Placed[PlanUnit]],
    assignments: list[Placed[PlanAssignment]],
    members: list[Placed[PlanMember]],
) -> None:
    parents = {unit.code: unit.parent_code for _, unit in units}
    checks.check_round(rounds)
    checks.check_teams(teams, assignments, frozenset(parents))
    checks.check_units(units)
    checks.check_assignments(assignments, teams, parents)
    cross_region = next((item.cross_region for _, item in rounds if item.cross_region), CrossRegion.REFUSE)
    checks.check_homes(cross_region, assignments, teams, parents)
    checks.check_members(members, frozenset(team.ordinal for _, team in teams))


def _note_empty(sheets: Mapping[str, list[Row]], findings: Findings) -> None:
    for name in ("round", "teams", "units"):
        if not sheets[name]:
            findings.note(Problem(forms().sheets[name].title, 0, "", "", Fault.NO_ROWS))


def _source(row: Row) -> Source:
    return Source(row.title, {name: cell.column for name, cell in row.cells.items()}, row.headings)


def _read(rows: Iterable[Row], read: Callable[[Row], T | None]) -> list[Placed[T]]:
    return [(row, item) for row in rows if (item := read(row)) is not None]


def _items(placed: Iterable[Placed[T]]) -> tuple[T, ...]:
    return tuple(item for _, item in placed)


def _round(row: Row, zone: ZoneInfo) -> PlanRound | None:
    term, ordinal, phase = row.whole("term"), row.whole("ordinal"), row.whole("phase")
    opens_at, closes_at = row.moment("opens_at", zone), row.moment("closes_at", zone, hour_needed=True)
    accept_days = row.whole("accept_days", most=90)
    notice, scope = row.text("notice", _LONG, needed=False), row.text("scope", _LONG, needed=False)
    word = row.choice("cross_region", needed=False)
    cross = CrossRegion(word) if word else None
    if opens_at is None or closes_at is None:
        return None
    return PlanRound(term, ordinal, phase, opens_at, closes_at, accept_days, notice, scope, cross, row.number)


def _team(row: Row) -> PlanTeam:
    return PlanTeam(
        row.whole("ordinal"),
        row.name("name"),
        row.text("phone", needed=False),
        row.code("home_code", needed=False),
        row.text("address", _ADDRESS, needed=False),
        row.text("mailbox", _ADDRESS, needed=False),
        row.number,
    )


def _unit(row: Row) -> PlanUnit | None:
    code, name, level = row.code("code"), row.name("name"), row.choice("level")
    parent_code = row.code("parent_code", needed=False)
    aliases = (alias.strip() for alias in _BETWEEN_ALIASES.split(row.text("aliases", 300, needed=False)))
    kept = tuple(dict.fromkeys(filter(None, aliases)))
    return PlanUnit(code, name, Level(level), parent_code, kept, row.number) if level else None


def _assignment(row: Row) -> PlanAssignment:
    reason = row.text("reason", _ADDRESS, needed=False)
    return PlanAssignment(row.code("unit_code"), row.whole("team_ordinal"), reason, row.number)


def _member(row: Row) -> PlanMember | None:
    login, name, role = row.login("login"), row.name("name", limit=_PERSON), row.choice("role")
    team_ordinal = row.whole_or_none("team_ordinal")
    if role == "recusal":
        if team_ordinal is not None:
            row.wrong("team_ordinal", Fault.NO_TEAM_ALLOWED)
        return PlanMember(login, name, Role.LEADER, RECUSAL, row.number)
    return PlanMember(login, name, Role(role), team_ordinal, row.number) if role else None
