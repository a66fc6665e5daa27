"""What the office says it put away in a safe place: backups, and second copies of the secrets folder."""

from aiohttp import web

from domain.errors import Refused
from domain.rounds import OFFICE_ROLES
from handlers.office.watch import settings
from storage.office.safekeeping import Keeping
from web.access import needs, page, services_of, session_of, words_for
from web.people import field

_PATH = "/office/safekeeping"


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _kept)
    app.router.add_post(_PATH, _put_away)


@needs(*OFFICE_ROLES)
async def _kept(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _put_away(request: web.Request) -> web.StreamResponse:
    typed = {name: await field(request, name) for name in ("kind", "day", "place")}
    try:
        await settings.put_away(services_of(request), session_of(request), **typed)
    except Refused as refused:
        return await _show(request, 409, wrong=words_for(request, refused), typed=typed)
    raise web.HTTPSeeOther(f"{_PATH}?saved")


async def _show(
    request: web.Request, status: int, *, saved: bool = False, wrong: str = "", typed: dict[str, str] | None = None
) -> web.Response:
    services, session = services_of(request), session_of(request)
    today = services.clock().date().isoformat()
    shown = {
        "kept": await settings.list_kept(services, session),
        "kinds": [one.value for one in Keeping],
        "typed": typed or {"kind": "", "day": today, "place": ""},
        "today": today,
        "longest": settings.LONGEST_PLACE,
    }
    return page(request, "office/safekeeping.html", status=status, at="watch", saved=saved, wrong=wrong, **shown)
