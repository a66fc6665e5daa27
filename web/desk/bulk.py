"""Many tips at once: what would happen to each, doing it, and taking it back. Every step is a form without script."""

from dataclasses import dataclass

from aiohttp import web

from domain.errors import CannotStore, Reason, Refused
from domain.ids import MemberId, TeamId, TipId
from domain.rounds import TEAM_ROLES
from domain.rules import RULES, Decline
from domain.tips import Action
from handlers.desk.listing.queue import At, Row, read_queue
from handlers.desk.moves.bulk import ACTIONS, Order, Outcome, Pick, carry_out, chosen, try_out
from handlers.desk.moves.undoing import undo, undo_token
from handlers.desk.team.key_holders import read_team
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.desk.asked import asked_of, of_team, team_asked
from web.desk.numbers import number_of
from web.ids import id_of
from web.people import field


@dataclass(frozen=True, slots=True)
class Line:
    """One tip of a list. `row` is None for one that is not ours; `why` says in words what stands in the way."""

    pick: Pick
    row: Row | None
    why: str


def register(app: web.Application) -> None:
    app.router.add_post("/desk/bulk", _try)
    app.router.add_post("/desk/bulk/do", _do)
    app.router.add_post("/desk/bulk/undo", _undo)


@needs(*TEAM_ROLES)
async def _try(request: web.Request) -> web.StreamResponse:
    """Asks for what the order still lacks, then shows what it would do."""
    order, picks = await _order(request), chosen(await _picks(request))
    services, session = services_of(request), session_of(request)
    if (order.action is Action.ASSIGN and order.member_id is None) or (
        RULES[order.action].reasons and not order.reason
    ):
        team = await read_team(services, session, order.team_id)
        lines = await _lines(request, [Outcome(one, None, None) for one in picks], order.team_id)
        values = {"people": [one for one in team.colleagues if one.has_key], "reasons": list(Decline)}
        return _page(request, "desk/bulk_ask.html", order, lines=lines, **values)
    lines = await _lines(request, await try_out(services, session, order, picks), order.team_id)
    return _page(request, "desk/bulk_try.html", order, lines=lines, who=await _who(request, order))


@needs(*TEAM_ROLES)
async def _do(request: web.Request) -> web.StreamResponse:
    services, session, order = services_of(request), session_of(request), await _order(request)
    done = await carry_out(services, session, order, await _picks(request))
    token = undo_token(services, session, order, done)
    lines = await _lines(request, done, order.team_id)
    return _page(request, "desk/bulk_done.html", order, lines=lines, undo=token)


@needs(*TEAM_ROLES)
async def _undo(request: web.Request) -> web.StreamResponse:
    order = await _order(request)
    back = await undo(services_of(request), session_of(request), await field(request, "undo"))
    return _page(request, "desk/bulk_undone.html", order, lines=await _lines(request, back, order.team_id))


def _page(request: web.Request, name: str, order: Order, **values: object) -> web.Response:
    """`asked`: the list that the tips were picked from."""
    return page(request, name, status=200, order=order, asked=of_team(asked_of(request), order.team_id), **values)


async def _order(request: web.Request) -> Order:
    """Raises `Refused(BAD_INPUT)` for a move that nobody knows."""
    action, member = await field(request, "action"), await field(request, "member")
    if action not in ACTIONS:
        raise Refused(Reason.BAD_INPUT)
    team_id = await team_asked(request, asked_of(request))
    return Order(team_id, Action(action), await field(request, "reason"), MemberId(id_of(member)) if member else None)


async def _picks(request: web.Request) -> list[Pick]:
    """What was ticked, each written as `<tip>.<version>`. Raises `Refused(BAD_INPUT)` for anything else."""
    found = []
    for text in (await request.post()).getall("tip", []):
        tip, _, version = text.partition(".") if isinstance(text, str) else ("", "", "")
        try:
            found.append(Pick(TipId(id_of(tip)), number_of(version)))
        except ValueError:
            raise Refused(Reason.BAD_INPUT) from None
    return found


async def _lines(request: web.Request, outcomes: list[Outcome], team_id: TeamId) -> list[Line]:
    asked, at = asked_of(request), At(only=[one.pick.tip_id for one in outcomes])
    queue = await read_queue(services_of(request), session_of(request), team_id, asked.view, asked.narrow, at=at)
    rows = {row.tip.id: row for row in queue.rows}
    return [Line(one.pick, rows.get(one.pick.tip_id), _why(request, one)) for one in outcomes]


def _why(request: web.Request, outcome: Outcome) -> str:
    match outcome.problem:
        case None:
            return ""
        case CannotStore():
            return say(request.app[LANG], "desk-cannot-store")
        case Refused() as refused:
            return words_for(request, refused)


async def _who(request: web.Request, order: Order) -> str:
    """The name of whom tips are given to."""
    if order.member_id is None:
        return ""
    team = await read_team(services_of(request), session_of(request), order.team_id)
    return next((one.name for one in team.colleagues if one.member_id == order.member_id), "")
