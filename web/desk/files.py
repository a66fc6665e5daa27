"""A tip's files: shown under a policy that lets nothing in them run, or saved; in pieces for those who play them."""

from aiohttp import web

from domain.ids import AttachmentId
from domain.rounds import TEAM_ROLES
from handlers.desk.tip.attachments import read_file
from web.access import needs, services_of, session_of
from web.answers import disposition
from web.ids import id_of, tip_id_of

_POLICY = "default-src 'none'; sandbox"
"""A file is never a page: nothing in it may run, load or be framed."""


def register(app: web.Application) -> None:
    app.router.add_get("/desk/tips/{tip}/files/{file}", _file)


@needs(*TEAM_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    """`?save`: as it came; `?large`: a picture to look at closely."""
    tip_id, file_id = tip_id_of(request), AttachmentId(id_of(request.match_info["file"]))
    original, large = "save" in request.query, "large" in request.query
    services, session = services_of(request), session_of(request)
    served = await read_file(services, session, tip_id, file_id, original=original, large=large)
    response = web.Response(body=served.data, content_type=served.mime)
    response.headers["Content-Disposition"] = disposition(served.name, inline=served.inline)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Accept-Ranges"] = "bytes"
    return _part(request, response, served.data) if served.inline else response


def _part(request: web.Request, whole: web.Response, data: bytes) -> web.Response:
    """The bytes that were asked for: players of some browsers ask for two before they play anything."""
    try:
        asked = request.http_range
    except ValueError:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    if asked.start is None and asked.stop is None:
        return whole
    start, stop, _ = asked.indices(len(data))
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    whole.set_status(206)
    whole.body = data[start:stop]
    whole.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
    return whole
