"""The archive of a closed round: a page that says what is in it, and the file."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import Role, RoundState
from handlers.office import rounds
from handlers.office.watch.archive import Archives
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.answers import disposition
from web.office.parts import round_id

_PATH = "/office/rounds/{round}/archive"
_ARCHIVES = web.AppKey("ARCHIVES", Archives)


def register(app: web.Application) -> None:
    app[_ARCHIVES] = Archives()
    app.router.add_get(_PATH, _about)
    app.router.add_post(_PATH, _make)


@needs(Role.DIRECTOR)
async def _about(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200)


@needs(Role.DIRECTOR)
async def _make(request: web.Request) -> web.StreamResponse:
    try:
        archives, lang = request.app[_ARCHIVES], request.app[LANG]
        made = await archives.get(services_of(request), session_of(request), round_id(request), lang)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        return await _show(request, 409, wrong=words_for(request, refused))
    headers = {"Content-Disposition": disposition(f"{made.name}.zip"), "Cache-Control": "no-store"}
    return web.Response(body=made.data, content_type="application/zip", headers=headers)


async def _show(request: web.Request, status: int, *, wrong: str = "") -> web.Response:
    round_ = await rounds.get_round(services_of(request), session_of(request), round_id(request))
    closed = round_.state is RoundState.CLOSED
    return page(request, "office/archive.html", status=status, at="rounds", round=round_, closed=closed, wrong=wrong)
