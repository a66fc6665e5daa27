"""The office before a round opens: a fresh office, and a plan put into the database whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import MemberId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import Role, Round, RoundState, Team, TeamKind, Unit
from handlers import texts
from handlers.desk.canned import insert_suggested
from handlers.people import seats, trail
from handlers.people.inviting import Newcomer, add_newcomer, check_newcomer
from handlers.services import DeskServices
from reports.plan import RECUSAL, Plan, PlanMember, PlanRound, PlanUnit
from storage import members, offices, rounds, teams, units
from storage.members import Membership
from storage.offices import Office
from storage.store import Conflict, Tx

RETENTION_DAYS = 365
UNROUTED = -1
"""Stands for the pseudo-team of liaisons among the ordinals of a plan."""

LANG = "zh"
"""Names of pseudo-teams and the round's own texts are written in the office's language."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A round as it now stands in the plan. `invites`: login and token of every member who is new."""

    round_id: RoundId
    invites: tuple[tuple[str, str], ...]


async def found_office(services: DeskServices, *, name: str, login: str, director: str) -> str:
    """A fresh office with its first director, or nothing; the invite's token.

    Raises `Refused`: WRONG_STATE (`office-exists`) when one is there, BAD_INPUT (`login`, `name`) for the director.
    """
    office = Office(OfficeId(new_id()), None, name, None, "Asia/Shanghai", b"", {})
    newcomer = check_newcomer(Newcomer(login, director, Role.DIRECTOR))

    def write(tx: Tx) -> str:
        if offices.only_office(tx) is not None:
            raise Refused(Reason.WRONG_STATE, "office-exists")
        offices.insert_office(tx, office)
        return add_newcomer(tx, services, office.id, newcomer, None)[1]

    return await services.store.write(write)


async def import_plan(services: DeskServices, office_id: OfficeId, plan: Plan, by: MemberId | None) -> Imported:
    """Puts a round with teams, units, assignments and members into the plan and invites who is new, or does nothing.

    Units and members that stand already are kept. Raises `Refused`: WRONG_STATE (`round-exists`) when the round was
    imported before, NOT_ALLOWED (`director-only`) when somebody else than a director makes a director, BAD_INPUT
    (`office-in-team`) when somebody of the office would sit in a team, or the other way round.
    """
    round_ = _round(office_id, plan.round)

    def write(tx: Tx) -> tuple[tuple[str, str], ...]:
        rounds.insert_round(tx, round_)
        for key, body in (("notice", plan.round.notice), ("scope", plan.round.scope)):
            rounds.set_text(tx, round_.id, LANG, key, body)
        unit_ids = _units(tx, office_id, plan.units)
        team_ids = _teams(tx, round_, plan, unit_ids)
        for row in plan.assignments:
            teams.insert_assignment(tx, round_.id, unit_ids[row.unit_code], team_ids[row.team_ordinal])
        trail.note(tx, services, trail.Deed(office_id, by, "import", "round", round_.id))
        seated = [(row.login, _seated(tx, services, round_, row, by=by, team_ids=team_ids)) for row in plan.members]
        return tuple((login, token) for login, token in seated if token)

    try:
        return Imported(round_.id, await services.store.write(write))
    except Conflict:
        raise Refused(Reason.WRONG_STATE, "round-exists") from None


def _round(office_id: OfficeId, row: PlanRound) -> Round:
    return Round(
        id=RoundId(new_id()),
        office_id=office_id,
        term=row.term,
        ordinal=row.ordinal,
        phase=row.phase,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=RoundState.PLANNED,
        accept_days=row.accept_days,
        retention_days=RETENTION_DAYS,
        version=1,
    )


def _units(tx: Tx, office_id: OfficeId, rows: tuple[PlanUnit, ...]) -> dict[str, UnitId]:
    """Ids by code; parents come before children in a plan."""
    ids: dict[str, UnitId] = {}
    paths: dict[str, str] = {}
    for row in rows:
        path = f"{paths[row.parent_code]}/{row.name}" if row.parent_code else row.name
        known = units.unit_by_path(tx, office_id, path)
        unit = known or Unit(UnitId(new_id()), ids.get(row.parent_code), row.level, row.code, row.name, path)
        ids[row.code], paths[row.code] = unit.id, path
        if known is None:
            units.insert_units(tx, office_id, [unit])
            for alias in row.aliases:
                units.insert_alias(tx, unit.id, alias)
    return ids


def _teams(tx: Tx, round_: Round, plan: Plan, unit_ids: Mapping[str, UnitId]) -> dict[int, TeamId]:
    """Ids by ordinal, with the round's two pseudo-teams under `RECUSAL` and `UNROUTED`."""
    ids: dict[int, TeamId] = {}
    for row in plan.teams:
        home = unit_ids.get(row.home_code)
        team = Team(TeamId(new_id()), round_.id, row.ordinal, row.name, TeamKind.TEAM, row.phone, "", home_unit_id=home)
        teams.insert_team(tx, round_.office_id, team)
        ids[row.ordinal] = team.id
    # Who complains about a team must not be sent to a team's telephone.
    for ordinal, kind, phone in ((RECUSAL, TeamKind.RECUSAL, ""), (UNROUTED, TeamKind.UNROUTED, plan.teams[0].phone)):
        name = texts.say(LANG, f"office-team-{kind}")
        team = Team(TeamId(new_id()), round_.id, 1, name, kind, phone, "")
        teams.insert_team(tx, round_.office_id, team)
        ids[ordinal] = team.id
    for team_id in ids.values():
        insert_suggested(tx, team_id, LANG)
    return ids


def _seated(
    tx: Tx, services: DeskServices, round_: Round, row: PlanMember, *, by: MemberId | None,
    team_ids: Mapping[int, TeamId],
) -> str:  # fmt: skip
    """Seats a member of the plan; the invite's token when they are new, else empty."""
    team_id = None if row.team_ordinal is None else team_ids[row.team_ordinal]
    office_id = round_.office_id
    known = members.member_by_login(tx, office_id, row.login)
    seats.check_seat(tx, services, by, row.role, None if known is None else known.id)
    token = ""
    if known is None:
        newcomer = Newcomer(row.login, row.name, row.role, team_id)
        member_id, token = add_newcomer(tx, services, office_id, newcomer, by)
    else:
        member_id = known.id
        seats.take(tx, services, Membership(member_id, office_id, team_id, row.role, services.clock().date()))
    if row.role is Role.LIAISON:
        unrouted = team_ids[UNROUTED]
        seats.take(tx, services, Membership(member_id, office_id, unrouted, row.role, services.clock().date()))
    return token
