"""The teams of a round as the office plans them: who leads, how to reach them, where they come from and go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, UnitId, new_id
from domain.regions import in_line
from domain.rounds import Role, Round, RoundState, Team, TeamKind, Unit
from handlers.desk.team.canned import insert_suggested
from handlers.office.plan import mine
from handlers.office.plan.pseudo import follow_phone
from handlers.office.plan.ties import Tie, ties_in
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from storage.office import teams, units
from storage.people import members
from storage.people.members import MemberState
from storage.store import Conflict, Tx

ADDRESS = 120
MOST = 99


@dataclass(frozen=True, slots=True)
class TeamForm:
    """What the office writes of a team. `home`: where its people come from."""

    ordinal: int
    name: str
    phone: str
    address: str
    mailbox: str
    home: UnitId | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with its people by name, the units it inspects by name, and ties that meet them. `seats`: all members."""

    team: Team
    version: int
    home: Unit | None
    leaders: tuple[str, ...]
    liaisons: tuple[str, ...]
    seats: int
    units: tuple[Unit, ...]
    ties: tuple[Tie, ...]
    is_used: bool


async def list_lines(services: DeskServices, session: Session, round_id: RoundId) -> tuple[Round, list[TeamLine]]:
    """The round and its ordinary teams by ordinal. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> tuple[Round, list[TeamLine]]:
        round_ = mine.round_of(tx, session, round_id)
        ties = ties_in(tx, services, round_id)
        return round_, [_line(tx, services, team, ties) for team in mine.teams_of(tx, round_id)]

    return await services.store.read(load)


async def get_line(
    services: DeskServices, session: Session, round_id: RoundId, team_id: TeamId
) -> tuple[Round, TeamLine]:  # fmt: skip
    """Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> tuple[Round, TeamLine]:
        round_ = mine.round_of(tx, session, round_id)
        team = mine.team_of(tx, round_, team_id)
        return round_, _line(tx, services, team, ties_in(tx, services, round_id))

    return await services.store.read(load)


async def list_homes(services: DeskServices, session: Session) -> list[Unit]:
    """Places a team may come from, by path: counties and what lies right below them."""
    known = await services.store.read(lambda tx: units.list_units(tx, session.office_id))
    return [unit for unit in known if unit.path.count("/") < 2]


async def add_team(services: DeskServices, session: Session, round_id: RoundId, form: TeamForm) -> TeamId:
    """A new team of a round that is not opened yet.

    Raises `Refused`: UNKNOWN, WRONG_STATE (`round-not-planned`), BAD_INPUT (`plan-team-ordinal`, `plan-team-name`,
    `plan-team-phone`, `plan-team-address`, `plan-team-mailbox`, `plan-team-same-name`, `plan-team-same-ordinal`).
    """
    checked = _checked(form)
    team_id = TeamId(new_id())

    def write(tx: Tx) -> None:
        round_ = mine.planned(mine.round_of(tx, session, round_id))
        team = _filled(Team(team_id, round_id, 0, "", TeamKind.TEAM, "", ""), checked)
        _check_home(tx, session, team)
        _check_name(tx, team)
        teams.insert_team(tx, session.office_id, team)
        insert_suggested(tx, team_id, OFFICE_LANG)
        follow_phone(tx, round_)
        _note(tx, services, session, "add-team", team_id)

    try:
        await services.store.write(write)
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "plan-team-same-ordinal") from None
    return team_id


async def change_team(
    services: DeskServices, session: Session, team_id: TeamId, version: int, form: TeamForm, *, round_id: RoundId
) -> None:  # fmt: skip
    """Rewrites a team; once its round was opened, only how it is reached: telephone, address, mailbox.

    Raises `Refused`: as `add_team`, WRONG_STATE (`round-closed`), BAD_INPUT (`plan-team-home-stands`) when the team
    would come from where it inspects, STALE when somebody changed it past `version`.
    """
    checked = _checked(form)

    def write(tx: Tx) -> None:
        round_ = mine.not_closed(mine.round_of(tx, session, round_id))
        stands = mine.team_of(tx, round_, team_id)
        contacts = replace(stands, phone=checked.phone, address=checked.address, mailbox=checked.mailbox)
        team = _filled(stands, checked) if round_.state is RoundState.PLANNED else contacts
        _check_home(tx, session, team)
        _check_name(tx, team)
        teams.change_team(tx, team, version)
        follow_phone(tx, round_)
        _note(tx, services, session, "change-team", team_id)

    try:
        await services.store.write(write)
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "plan-team-same-ordinal") from None


async def remove_team(services: DeskServices, session: Session, round_id: RoundId, team_id: TeamId) -> None:
    """Takes away a team of a planned round; its units have none then.

    Raises `Refused`: UNKNOWN, WRONG_STATE (`round-not-planned`), BAD_INPUT (`plan-team-used`) when somebody sits or sat
    in it, or it has cards.
    """

    def write(tx: Tx) -> None:
        round_ = mine.planned(mine.round_of(tx, session, round_id))
        mine.team_of(tx, round_, team_id)
        if teams.is_used(tx, team_id):
            raise Refused(Reason.BAD_INPUT, "plan-team-used")
        teams.drop_team(tx, team_id)
        follow_phone(tx, round_)
        _note(tx, services, session, "remove-team", team_id)

    await services.store.write(write)


def _checked(form: TeamForm) -> TeamForm:
    if not 1 <= form.ordinal <= MOST:
        raise Refused(Reason.BAD_INPUT, "plan-team-ordinal")
    return TeamForm(
        form.ordinal,
        mine.line(form.name, "plan-team-name"),
        mine.line(form.phone, "plan-team-phone"),
        mine.line(form.address, "plan-team-address", most=ADDRESS, needed=False),
        mine.line(form.mailbox, "plan-team-mailbox", needed=False),
        form.home,
    )


def _filled(team: Team, form: TeamForm) -> Team:
    contacts = replace(team, phone=form.phone, address=form.address, mailbox=form.mailbox)
    return replace(contacts, ordinal=form.ordinal, name=form.name, home_unit_id=form.home)


def _check_name(tx: Tx, team: Team) -> None:
    """No other team of the round, the pseudo-teams among them, has that name."""
    others = (one for one in teams.list_teams(tx, team.round_id) if one.id != team.id)
    if any(one.name == team.name for one in others):
        raise Refused(Reason.BAD_INPUT, "plan-team-same-name")


def _check_home(tx: Tx, session: Session, team: Team) -> None:
    """The home is one of the office's units, and the team inspects nothing there without a reason."""
    if team.home_unit_id is None:
        return
    home = mine.unit_of(tx, session, team.home_unit_id)
    for row in teams.list_assignments(tx, team.round_id):
        at_home = row.team_id == team.id and in_line(home, units.get_unit(tx, row.unit_id))
        if at_home and not row.reason:
            raise Refused(Reason.BAD_INPUT, "plan-team-home-stands")


def _line(tx: Tx, services: DeskServices, team: Team, ties: Sequence[Tie]) -> TeamLine:
    seated = members.members_of_team(tx, team.id, services.clock().date())
    there = [(member, role) for member, role in seated if member.state is not MemberState.DISABLED]
    home = units.get_unit(tx, team.home_unit_id) if team.home_unit_id else None
    return TeamLine(
        team,
        teams.version_of(tx, team.id),
        home,
        tuple(member.name for member, role in there if role is Role.LEADER),
        tuple(member.name for member, role in there if role is Role.LIAISON),
        len({member.id for member, _ in there}),
        tuple(teams.units_of_team(tx, team.round_id, team.id)),
        tuple(tie for tie in ties if tie.team.id == team.id),
        teams.is_used(tx, team.id),
    )


def _note(tx: Tx, services: DeskServices, session: Session, act: str, team_id: TeamId) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "team", team_id))
