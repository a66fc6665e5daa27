"""The forms about what a team often says: add, change, take away. What somebody typed survives every refusal."""

from dataclasses import dataclass

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rules import HEADS
from handlers.desk.team import canned
from storage.desk.canned import CannedReply
from web.access import LANG, needs, services_of, session_of, words_for
from web.desk.numbers import number_of
from web.desk.team import back_to, team_of, team_page
from web.people import field

_PART = "canned"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and not stored. `reply_id` None: for a new reply. `now`: how that reply stands meanwhile."""

    reply_id: bytes | None
    title: str
    body: str
    why: str
    now: CannedReply | None = None
    gone: bool = False


def register(app: web.Application) -> None:
    app.router.add_post("/desk/team/canned", _add)
    app.router.add_post("/desk/team/canned/change", _change)
    app.router.add_post("/desk/team/canned/remove", _remove)
    app.router.add_post("/desk/team/canned/suggested", _suggested)


@needs(*HEADS)
async def _add(request: web.Request) -> web.StreamResponse:
    team_id, title, body = await team_of(request), await field(request, "title"), await field(request, "body")
    try:
        await canned.add_reply(services_of(request), session_of(request), team_id, title, body)
    except Refused as refused:
        return await _again(request, refused, Typed(None, title, body, words_for(request, refused)))
    raise back_to(team_id, _PART)


@needs(*HEADS)
async def _change(request: web.Request) -> web.StreamResponse:
    team_id, reply_id = await team_of(request), _reply_id(await field(request, "reply"))
    title, body, version = [await field(request, name) for name in ("title", "body", "version")]
    row = CannedReply(reply_id, team_id, title, body, _version(version))
    try:
        await canned.change_reply(services_of(request), session_of(request), row)
    except Refused as refused:
        words = words_for(request, refused)
        if refused.reason is Reason.STALE:
            return await team_page(request, team_id, status=409, typed=await _beside(request, row, words))
        return await _again(request, refused, Typed(reply_id, title, body, words))
    raise back_to(team_id, _PART)


@needs(*HEADS)
async def _remove(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    await canned.remove_reply(
        services_of(request), session_of(request), team_id, _reply_id(await field(request, "reply"))
    )
    raise back_to(team_id, _PART)


@needs(*HEADS)
async def _suggested(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    await canned.add_suggested(services_of(request), session_of(request), team_id, request.app[LANG])
    raise back_to(team_id, _PART)


def _reply_id(text: str) -> bytes:
    """What no page of ours sends names a reply that is gone."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _version(text: str) -> int:
    """What no page of ours sends is as good as an old one."""
    try:
        return number_of(text)
    except ValueError:
        return 0


async def _beside(request: web.Request, row: CannedReply, words: str) -> Typed:
    """What was typed beside what a colleague made of it meanwhile; as a new reply where they took it away."""
    replies = await canned.list_replies(services_of(request), session_of(request), row.team_id)
    now = next((one for one in replies if one.id == row.id), None)
    return Typed(row.id if now else None, row.title, row.body, words, now, gone=now is None)


async def _again(request: web.Request, refused: Refused, typed: Typed) -> web.StreamResponse:
    """The page again with what was typed; refusals that are no matter of a field go up."""
    if refused.reason is not Reason.BAD_INPUT:
        raise refused
    return await team_page(request, await team_of(request), status=409, typed=typed)
