"""One move on many tips: tried out first, then made on each by itself. What only names a handler can be taken back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from domain.errors import CannotStore, Reason, Refused
from domain.ids import MemberId, TeamId, TipId
from domain.rules import RULES
from domain.tips import Action, TipWork
from handlers.desk.locking.locks import lock_differs
from handlers.desk.locking.standing import Standing, stand_seen
from handlers.desk.mine import check_mine
from handlers.desk.moves.acting import Wish, act, allowed, at_version, checked_letter
from handlers.desk.moves.assigning import assign, check_reader
from handlers.people.sessions import Session
from handlers.services import DeskServices

AT_ONCE = 100
"""Tips of one order."""

ACTIONS = (Action.CLAIM, Action.RELEASE, Action.ASSIGN, Action.ACCEPT, Action.DECLINE)
"""What can be done to many at once, in the order in which it is offered."""

UNDOABLE = frozenset({Action.CLAIM, Action.RELEASE, Action.ASSIGN})
"""Moves that nobody outside the team is told of."""

Problem = Refused | CannotStore


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done to tips of one team. `reason`: of a refusal; `member_id`: of whom they are given to."""

    team_id: TeamId
    action: Action
    reason: str = ""
    member_id: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A tip as the member saw it in the list."""

    tip_id: TipId
    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would happen to one tip, or has. `before`: where it is ours and as it was seen; `problem`: why not."""

    pick: Pick
    before: TipWork | None
    problem: Problem | None


def offered(session: Session, team_id: TeamId) -> list[Action]:
    """What I may do to many tips of the team."""
    return [one for one in ACTIONS if not RULES[one].roles.isdisjoint(session.roles_in(team_id))]


def chosen(picks: Sequence[Pick]) -> list[Pick]:
    """Each tip once. Raises `Refused(BAD_INPUT)`: `bulk-none`, `bulk-too-many`."""
    found = list({one.tip_id: one for one in picks}.values())
    if not found:
        raise Refused(Reason.BAD_INPUT, "bulk-none")
    if len(found) > AT_ONCE:
        raise Refused(Reason.BAD_INPUT, "bulk-too-many")
    return found


async def try_out(services: DeskServices, session: Session, order: Order, picks: Sequence[Pick]) -> list[Outcome]:
    """What `order` would do to each, in order; writes nothing. Raises as `carry_out`."""
    return await _each(services, session, order, picks, None)


async def carry_out(services: DeskServices, session: Session, order: Order, picks: Sequence[Pick]) -> list[Outcome]:
    """Does it to each by itself: one that is refused holds up no other.

    Raises `Refused`: UNKNOWN for a team that is not mine, BAD_INPUT (`bulk-none`, `bulk-too-many`).
    """

    async def do(pick: Pick) -> None:
        if order.action is Action.ASSIGN and order.member_id is not None:
            await assign(services, session, pick.tip_id, pick.version, order.member_id)
        else:
            await act(services, session, pick.tip_id, Wish(order.action, pick.version, order.reason))

    return await _each(services, session, order, picks, do)


_Deed = Callable[[Pick], Awaitable[None]]


async def _each(
    services: DeskServices, session: Session, order: Order, picks: Sequence[Pick], deed: _Deed | None
) -> list[Outcome]:
    check_mine(session, order.team_id)
    if order.action not in ACTIONS:
        raise Refused(Reason.BAD_INPUT)
    return [await _one(services, session, order, pick, deed) for pick in chosen(picks)]


async def _one(services: DeskServices, session: Session, order: Order, pick: Pick, deed: _Deed | None) -> Outcome:
    before: TipWork | None = None
    try:
        standing = await stand_seen(services, session, pick.tip_id)
        if standing.team.id != order.team_id:
            raise Refused(Reason.UNKNOWN)
        before = at_version(standing, pick.version)
        await _check(services, session, standing, order)
        if deed is not None:
            await deed(pick)
    except (Refused, CannotStore) as problem:
        return Outcome(pick, before, problem)
    return Outcome(pick, before, None)


async def _check(services: DeskServices, session: Session, standing: Standing, order: Order) -> None:
    """Raises what the move itself would raise, and `Refused(WRONG_STATE)` for one that would change nothing."""
    await allowed(services, session, standing, Wish(order.action, standing.work.version, order.reason))
    await _check_handler(services, session, standing, order)
    if RULES[order.action].tells and standing.work.split_from is None:
        await checked_letter(services, standing)
    if order.action is not Action.ASSIGN and await lock_differs(services, session, standing):
        raise Refused(Reason.NOT_ALLOWED, "lock-differs")


async def _check_handler(services: DeskServices, session: Session, standing: Standing, order: Order) -> None:
    now, me = standing.work.assignee_id, session.member_id
    match order.action:
        case Action.CLAIM if now == me:
            raise Refused(Reason.WRONG_STATE, "bulk-mine")
        case Action.RELEASE if now is None:
            raise Refused(Reason.WRONG_STATE, "bulk-nobody")
        case Action.RELEASE if now != me:
            raise Refused(Reason.WRONG_STATE, "bulk-not-mine")
        case Action.ASSIGN if now == order.member_id:
            raise Refused(Reason.WRONG_STATE, "bulk-theirs")
        case Action.ASSIGN:
            await check_reader(services, standing, order.member_id)
        case _:
            pass
