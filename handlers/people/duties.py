"""一岗双责: who answers for whom. One superior each, no circles, and somebody put out leaves a gap that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import OFFICE_ROLES, Role, TeamKind
from handlers.people import trail
from handlers.people.roster import Person, list_people
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.people import duties
from storage.people.members import MemberState
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the tree. `is_gap`: they were put out, or hold no role any more, and others still name them."""

    person: Person
    is_gap: bool
    below: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """`roots`: those over others, or directors; `loose`: members for whom nobody answers and somebody should."""

    roots: tuple[Node, ...]
    loose: tuple[Person, ...]
    superior: Mapping[MemberId, MemberId]
    people: tuple[Person, ...]


async def read_tree(services: DeskServices, session: Session) -> Tree:
    """The office's whole tree, everybody in the order of the list of members."""
    people = await list_people(services, session)
    superior = await services.store.read(lambda tx: duties.list_duties(tx, session.office_id))
    below: dict[MemberId, list[Person]] = {}
    for one in people:
        if one.member.id in superior and is_there(one):
            below.setdefault(superior[one.member.id], []).append(one)
    tops = [one for one in people if one.member.id not in superior or not is_there(one)]
    roots = [one for one in tops if one.member.id in below or (one.is_director and is_there(one))]
    loose = [one for one in tops if is_there(one) and one not in roots and not _stands_apart(one)]
    grown = tuple(_grow(one, below) for one in roots)
    return Tree(grown, tuple(loose), superior, tuple(one for one in people if is_there(one)))


async def set_duties(services: DeskServices, session: Session, chosen: Mapping[MemberId, MemberId | None]) -> None:
    """Writes the superiors of these members; nobody for None.

    Raises `Refused`: UNKNOWN for somebody who is not there, BAD_INPUT (`duty-circle`) when somebody would answer for
    themselves by any way round.
    """
    there = {one.member.id for one in await list_people(services, session) if is_there(one)}
    if not there.issuperset({*chosen, *(one for one in chosen.values() if one)}):
        raise Refused(Reason.UNKNOWN)

    def write(tx: Tx) -> None:
        known: dict[MemberId, MemberId | None] = {**duties.list_duties(tx, session.office_id), **chosen}
        if has_circle(known):
            raise Refused(Reason.BAD_INPUT, "duty-circle")
        for member_id, superior_id in chosen.items():
            duties.set_duty(tx, member_id, superior_id)
        trail.note(
            tx, services, trail.Deed(session.office_id, session.member_id, "duties", "office", session.office_id)
        )

    await services.store.write(write)


def propose(tree: Tree) -> Mapping[MemberId, MemberId]:
    """Who would answer for whom by their roles: the director for clerks and leaders, a leader for the team.

    Only for those who have nobody yet. The recusal team answers to the discipline side and is left alone, custodians
    answer to nobody here.
    """
    director = next((one.member.id for one in tree.people if one.is_director), None)
    leaders = {
        seat.team.id: one.member.id
        for one in reversed(tree.people)
        for seat in one.seats
        if seat.role is Role.LEADER and seat.team and seat.team.kind is TeamKind.TEAM
    }
    found: dict[MemberId, MemberId] = {}
    for one in tree.people:
        superior = _by_role(one, director, leaders)
        if superior is None or superior == one.member.id or one.member.id in tree.superior:
            continue
        if not has_circle({**tree.superior, **found, one.member.id: superior}):
            found[one.member.id] = superior
    return found


def is_there(person: Person) -> bool:
    """Whether somebody holds a role and was not put out."""
    return person.member.state is not MemberState.DISABLED and bool(person.seats)


def _by_role(one: Person, director: MemberId | None, leaders: Mapping[TeamId, MemberId]) -> MemberId | None:
    if one.is_director or _stands_apart(one):
        return None
    roles = {seat.role for seat in one.seats}
    if not roles.isdisjoint(OFFICE_ROLES) or Role.LEADER in roles:
        return director
    over = [leaders[seat.team.id] for seat in one.seats if seat.team and seat.team.id in leaders]
    return over[0] if over else director


def _stands_apart(one: Person) -> bool:
    """Whether nobody of the office answers for them: the recusal team's are the discipline side's, custodians alone."""
    kinds = {seat.team.kind for seat in one.seats if seat.team}
    return TeamKind.RECUSAL in kinds or any(seat.role is Role.CUSTODIAN for seat in one.seats)


def _grow(person: Person, below: Mapping[MemberId, list[Person]]) -> Node:
    kids = below.get(person.member.id, [])
    return Node(person, not is_there(person), tuple(_grow(one, below) for one in kids))


def has_circle(superior: Mapping[MemberId, MemberId | None]) -> bool:
    """Whether somebody would answer for themselves."""
    for start in superior:
        seen, here = {start}, superior[start]
        while here is not None:
            if here in seen:
                return True
            seen.add(here)
            here = superior.get(here)
    return False
