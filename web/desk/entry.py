"""来信、来电、来访 typed in by a member: the form, and the slip for whoever came. The slip is never shown by a GET."""

import asyncio
import re
import secrets
from dataclasses import dataclass, fields
from datetime import timedelta

from aiohttp import web

from domain.errors import CannotStore, Reason, Refused
from domain.ids import TeamId
from domain.receipt_code import group
from domain.rounds import TEAM_ROLES
from domain.tips import Kind
from handlers.conversation.talk import File, Identity, PartKind
from handlers.desk.arriving.entering import Desk, desk_of, enter, mint
from handlers.desk.arriving.entry_form import CHANNELS, DAYS_BACK, Typed, Unfilled, read_entry
from handlers.desk.mine import my_first
from handlers.keeping import keep_file
from web.access import needs, page, services_of, session_of, words_for
from web.guard import PUBLIC_URL
from web.ids import id_of
from web.uploads import Form, Upload, read_what_came

_TURN = web.AppKey("MINTING", asyncio.Lock)
"""A receipt takes a core and 19 MiB: one at a time, so that entering never slows the villagers' own receipts."""

_ABOUT_FILES = frozenset({Reason.TOO_LARGE, Reason.BAD_FILE})
_FORM_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Blank:
    """A form as it stands on the page. `files`: how many came with it, which have to be chosen again."""

    desk: Desk
    typed: Typed
    form_id: bytes
    files: int = 0


def register(app: web.Application) -> None:
    app[_TURN] = asyncio.Lock()
    app.router.add_get("/desk/entry", _ask)
    app.router.add_post("/desk/entry", _take)


@needs(*TEAM_ROLES)
async def _ask(request: web.Request) -> web.StreamResponse:
    text = request.query.get("team", "")
    team_id = TeamId(id_of(text)) if text else await my_first(services_of(request), session_of(request))
    desk = await desk_of(services_of(request), session_of(request), team_id)
    fresh = Typed(day=services_of(request).clock().date().isoformat(), kind=Kind.OTHER)
    return _form(request, Blank(desk, fresh, secrets.token_bytes(16)))


@needs(*TEAM_ROLES, stream=True, again=("words",))
async def _take(request: web.Request) -> web.StreamResponse:
    form = await read_what_came(request)
    typed = Typed(**{one.name: form.fields.get(one.name, "") for one in fields(Typed)})
    try:
        desk = await desk_of(services_of(request), session_of(request), TeamId(id_of(form.fields.get("team", ""))))
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN or not typed.words:
            raise
        return page(request, "desk/kept.html", status=409, words=words_for(request, refused), text=typed.words)
    blank = Blank(desk, typed, _form_id(form.fields.get("form", "")), len(form.files))
    try:
        return await _entered(request, blank, form)
    except Unfilled as unfilled:
        return _form(request, blank, wrong=unfilled.fields)
    except Refused as refused:
        wrong = ("files",) if refused.reason in _ABOUT_FILES else ()
        return _form(request, blank, wrong=wrong, why=words_for(request, refused), status=0 if wrong else 409)
    except CannotStore:
        return _form(request, blank, status=503)


async def _entered(request: web.Request, blank: Blank, form: Form) -> web.Response:
    """The slip, once the entry is stored."""
    services, session, desk = services_of(request), session_of(request), blank.desk
    entry = read_entry(blank.typed, desk.units, services.clock().date(), files=len(form.files))
    files = await _kept(request, form)
    async with request.app[_TURN]:
        receipt = await mint(services, session, desk.round.id, blank.form_id)
    slip = await enter(services, session, desk, entry, receipt=receipt, files=files)
    address = str(request.app[PUBLIC_URL].with_path("/progress"))
    return page(request, "desk/slip.html", slip=slip, team=desk.team, code=group(slip.code).split(), address=address)


def _form_id(text: str) -> bytes:
    """What our forms carry; a form without it is like a new one."""
    return bytes.fromhex(text) if _FORM_ID.fullmatch(text) else secrets.token_bytes(16)


def _form(
    request: web.Request, blank: Blank, *, wrong: tuple[str, ...] = (), why: str = "", status: int = 0
) -> web.Response:
    """The form, empty or as it came: `wrong` names fields; a `status` without any says that nothing can be stored."""
    today = services_of(request).clock().date()
    return page(
        request,
        "desk/entry.html",
        status=status or (409 if wrong else 200),
        blank=blank,
        team=blank.desk.team,
        typed=blank.typed,
        wrong=wrong,
        why=why,
        cannot_store=bool(status),
        channels=CHANNELS,
        kinds=list(Kind),
        identities=list(Identity),
        first_day=(today - timedelta(days=DAYS_BACK)).isoformat(),
        last_day=today.isoformat(),
    )


async def _kept(request: web.Request, form: Form) -> list[tuple[PartKind, File]]:
    """The form's files, sealed and on disk. Raises `Refused` for the first that may not come in."""
    if form.refused is not None:
        raise form.refused
    return [await _keep(request, one) for one in form.files]


async def _keep(request: web.Request, upload: Upload) -> tuple[PartKind, File]:
    try:
        return await keep_file(services_of(request), upload.data, name=upload.name)
    except Refused as refused:
        raise Refused(refused.reason, "entry-file" if refused.reason is Reason.BAD_FILE else "") from None
