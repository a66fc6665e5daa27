"""The people of a plan: who is new, who takes a further seat, and who may not."""

from dataclasses import dataclass

from domain.errors import Refused
from domain.ids import MemberId, TeamId
from domain.rounds import Role, TeamKind
from handlers.office.importing.groups import Groups
from handlers.office.importing.standing import Coming
from handlers.office.importing.tally import Tally, word
from handlers.people import seats
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG, say
from reports.faults import Fault
from reports.plan import RECUSAL, PlanMember
from storage.people.members import Member, MemberState
from storage.store import Tx

_REFUSALS = {
    "office-in-team": Fault.OFFICE_IN_TEAM,
    "custodian-alone": Fault.CUSTODIAN_ALONE,
    "custodians-full": Fault.CUSTODIANS_FULL,
    "director-only": Fault.DIRECTOR_ONLY,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of the plan who takes a seat; `member` None: who is invited."""

    row: PlanMember
    member: Member | None


@dataclass(frozen=True, slots=True)
class People:
    seats: tuple[Seat, ...]
    tally: Tally


def seat_people(tx: Tx, services: DeskServices, coming: Coming, groups: Groups, by: MemberId | None) -> People:
    """Everybody who is to be invited or seated by `by` (None: the machine); who may not is noted."""
    tally, found = Tally("members"), []
    for row in coming.plan.members:
        member = coming.standing.members.get(row.login)
        if member is not None and member.name != row.name:
            coming.wrong("members", row.row, "login", Fault.OTHER_PERSON, person=member.name)
        if row.team_ordinal == RECUSAL and coming.is_open:
            # Who holds that queue is for its holders to say, and not for the office to find out.
            if member is None:
                coming.wrong("members", row.row, "role", Fault.RECUSAL_OPEN)
            tally.same += 1
        elif member is not None and _sits(coming, groups, member, row):
            tally.same += 1
        else:
            _check(tx, services, coming, Seat(row, member), by)
            found.append(Seat(row, member))
            _count(tally, coming, groups, Seat(row, member))
    _count_custodians(coming, found)
    tally.left += _left(coming)
    return People(tuple(found), tally)


def _sits(coming: Coming, groups: Groups, member: Member, row: PlanMember) -> bool:
    """Whether they hold that seat; in the same team with another role is noted."""
    held = {(seat.team_id, seat.role) for seat in coming.standing.seats.get(member.id, ())}
    team_id = _team_id(coming, groups, row)
    if (team_id, row.role) not in held and team_id is not None:
        role = next((role for at, role in held if at == team_id), None)
        if role is not None:
            coming.wrong("members", row.row, "role", Fault.OTHER_ROLE, role=word("role", role))
    return (team_id, row.role) in held


def _team_id(coming: Coming, groups: Groups, row: PlanMember) -> TeamId | None:
    """None for a seat in no team, and for the recusal team of a round that is new."""
    if row.team_ordinal == RECUSAL:
        return next((team.id for team in coming.standing.teams if team.kind is TeamKind.RECUSAL), None)
    return None if row.team_ordinal is None else groups.by_ordinal[row.team_ordinal].id


def _check(tx: Tx, services: DeskServices, coming: Coming, seat: Seat, by: MemberId | None) -> None:
    row, member = seat.row, seat.member
    if member is not None and member.state is MemberState.DISABLED:
        coming.wrong("members", row.row, "login", Fault.DISABLED)
    try:
        seats.check_seat(tx, services, by, row.role, None if member is None else member.id)
    except Refused as refused:
        if refused.detail not in _REFUSALS:
            raise
        coming.wrong("members", row.row, "role", _REFUSALS[refused.detail])


def _count_custodians(coming: Coming, found: list[Seat]) -> None:
    """Each row is checked against those who stand; here those of the file are added up."""
    there = sum(
        member.state is not MemberState.DISABLED
        and any(seat.role is Role.CUSTODIAN for seat in coming.standing.seats.get(member.id, ()))
        for member in coming.standing.members.values()
    )
    if there < seats.CUSTODIANS:
        for seat in [one for one in found if one.row.role is Role.CUSTODIAN][seats.CUSTODIANS - there :]:
            coming.wrong("members", seat.row.row, "role", Fault.CUSTODIANS_FULL)


def _count(tally: Tally, coming: Coming, groups: Groups, seat: Seat) -> None:
    row = seat.row
    name = f"{row.name}（{row.login}）"
    if seat.member is None:
        tally.new.append(name)
    else:
        tally.note(name, {"role": _becomes(coming, groups, row)})


def _becomes(coming: Coming, groups: Groups, row: PlanMember) -> str:
    """What a row makes somebody, in which round and team: people may sit in several."""
    round_ = say(OFFICE_LANG, "office-round", ordinal=coming.plan.round.ordinal)
    if row.team_ordinal == RECUSAL:
        return f"{round_} {say(OFFICE_LANG, f'office-team-{TeamKind.RECUSAL}')}"
    if row.team_ordinal is None:
        return word("role", row.role)
    return f"{round_} {groups.by_ordinal[row.team_ordinal].name} {word('role', row.role)}"


def _left(coming: Coming) -> list[str]:
    """Who sits in an ordinary team of the round without standing in the plan for it."""
    ordinals = {team.id: team for team in coming.standing.teams if team.kind is TeamKind.TEAM}
    named = {(row.login, row.team_ordinal) for row in coming.plan.members}
    return [
        f"{member.name}（{ordinals[seat.team_id].name}）"
        for member in coming.standing.members.values()
        for seat in coming.standing.seats.get(member.id, ())
        if seat.team_id in ordinals
        if (member.login, ordinals[seat.team_id].ordinal) not in named
    ]
