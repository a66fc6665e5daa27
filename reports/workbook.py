"""Reads one round from an xlsx file, and names every problem with its row and column at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from domain.rounds import CrossRegion, Level, Role
from reports.cells import Row
from reports.checks import Placed, T
from reports.faults import Fault, Findings, Problem
from reports.foreign import OverLimits, in_child
from reports.forms import forms
from reports.plan import NO_ROUND, RECUSAL, Plan, PlanAssignment, PlanMember, PlanRound, PlanTeam, PlanUnit, Source
from reports.sheets import read_sheets
from reports.sound import Read, check, sound_plan
from reports.unpacking import Unpacked, loaded

SHANGHAI = ZoneInfo("Asia/Shanghai")
_LONG, _ADDRESS, _PERSON = 5_000, 200, 40  # characters
_BETWEEN_ALIASES = re.compile(r"[、，,；;]")
Opener = Callable[[bytes], Unpacked]


def unpack_foreign(data: bytes) -> Unpacked:
    """What a child process makes of a file that somebody brought."""
    try:
        return loaded(in_child(data, "plan"))
    except (OverLimits, ValueError):
        return Unpacked(fault=Fault.OVER_LIMITS)


def read_plan(data: bytes, zone: ZoneInfo = SHANGHAI, *, open_: Opener = unpack_foreign) -> Plan:
    """The round in the xlsx file `data`, its times in `zone`. `open_`: `unpack` for a file of our own making.

    Raises `PlanErrors`, never anything else, with every problem of the file.
    """
    plan = read_sound(data, zone, open_=open_)
    plan.findings().stop()
    return plan


def read_sound(data: bytes, zone: ZoneInfo = SHANGHAI, *, open_: Opener = unpack_foreign) -> Plan:
    """As `read_plan`, but of a file with problems the rows that are sound, so that these can be laid against what
    stands. Raises `PlanErrors` for a file that has no sheets at all."""
    findings = Findings()
    sheets = read_sheets(open_(data), findings)
    for name in ("round", "teams", "units"):
        if sheets.get(name) == []:
            findings.note(Problem(forms().sheets[name].title, 0, "", "", Fault.NO_ROWS))
    read = Read(
        _each(sheets, "round", lambda row: _round(row, zone)),
        _each(sheets, "teams", _team),
        _each(sheets, "units", _unit),
        _each(sheets, "assignments", _assignment),
        _each(sheets, "members", _member),
        frozenset(sheets),
    )
    check(read)
    sources = {name: _source(rows[0]) for name, rows in sheets.items() if rows}
    return replace(sound_plan(read), sources=sources, problems=tuple(findings.problems), more=findings.more)


def _source(row: Row) -> Source:
    return Source(row.title, {name: cell.column for name, cell in row.cells.items()}, row.headings)


def _each(sheets: Mapping[str, list[Row]], name: str, read: Callable[[Row], T]) -> list[Placed[T]]:
    return [(row, read(row)) for row in sheets.get(name, ())]


# What a bad cell leaves open is filled with anything: its row is not sound, and whoever looks asks `row.has` first.


def _round(row: Row, zone: ZoneInfo) -> PlanRound:
    term, ordinal, phase = row.whole("term"), row.whole("ordinal"), row.whole("phase")
    opens_at, closes_at = row.moment("opens_at", zone), row.moment("closes_at", zone, hour_needed=True)
    accept_days = row.whole("accept_days", most=90)
    notice, scope = row.text("notice", _LONG, needed=False), row.text("scope", _LONG, needed=False)
    word = row.choice("cross_region", needed=False)
    cross = CrossRegion(word) if word else None
    window = opens_at or NO_ROUND.opens_at, closes_at or NO_ROUND.closes_at
    return PlanRound(term, ordinal, phase, *window, accept_days, notice, scope, cross, row.number)


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


def _unit(row: Row) -> PlanUnit:
    code, name, level = row.code("code"), row.name("name"), row.choice("level")
    parent_code = row.code("parent_code", needed=False)
    aliases = (alias.strip() for alias in _BETWEEN_ALIASES.split(row.text("aliases", 300, needed=False)))
    kept = tuple(dict.fromkeys(filter(None, aliases)))
    return PlanUnit(code, name, Level(level or Level.VILLAGE), parent_code, kept, row.number)


def _assignment(row: Row) -> PlanAssignment:
    reason = row.text("reason", _ADDRESS, needed=False)
    return PlanAssignment(row.code("unit_code"), row.whole("team_ordinal"), reason, row.number)


def _member(row: Row) -> PlanMember:
    login, name, role = row.login("login"), row.name("name", limit=_PERSON), row.choice("role")
    team_ordinal = row.whole_or_none("team_ordinal")
    if role == "recusal":
        if team_ordinal is not None:
            row.wrong("team_ordinal", Fault.NO_TEAM_ALLOWED)
        return PlanMember(login, name, Role.LEADER, RECUSAL, row.number)
    return PlanMember(login, name, Role(role or Role.INSPECTOR), team_ordinal, row.number)
