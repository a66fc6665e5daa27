"""The villager's conversation as pages: GET shows where it stands and stores nothing, POST is one act."""

import re
import secrets
from contextlib import aclosing
from dataclasses import dataclass, field

from aiohttp import web

from domain.errors import CannotStore, Reason, Refused
from handlers.converse import Answer, Peer, handle, peek
from handlers.events import Chose, Event, Resume, Said, Sent, Start, TooBig
from handlers.intake import keep_file
from handlers.services import IntakeServices
from handlers.talk import Step
from handlers.texts import say
from web import view
from web.forms import Field, Upload, pieces
from web.gate import LOOK_UPS
from web.pages import render
from web.slip import slip
from web.visitor import Visitor, likes, visitor

SERVICES = web.AppKey("SERVICES", IntakeServices)

_TELLING = frozenset({"done", "anonymous", "real_name", "submit"})
"""Choices that mean 说完了: what is still in the box is sent along."""
_NONCE = re.compile(r"[0-9a-f]{32}")
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a conversation is held: its address, the card that opens it, and which of the browser's two chats it is."""

    path: str
    home: str
    code: str = ""
    purpose: str = ""

    def first(self, lang: str) -> tuple[Event, ...]:
        """What coming here means when nothing is open."""
        wish = "progress" if self.purpose else "report"
        return (Start(self.code, lang), Chose(wish))


PROGRESS = Entry("/progress", "/", purpose="/progress")


@dataclass(slots=True)
class _Form:
    """One post, read piece by piece; files are stored as they come, when the form proved to be ours."""

    ours: bool = False
    nonce: str = ""
    text: str = ""
    choice: str = ""
    seconds: int = 0
    files: list[Event] = field(default_factory=list)
    refused: Reason | None = None

    def holds_back(self) -> bool:
        """The button that was pressed does not send what is in the box."""
        return bool(self.choice) and self.choice not in _TELLING

    def status(self) -> int:
        return 413 if self.refused is Reason.TOO_LARGE else 200

    def events(self) -> tuple[Event, ...]:
        """What the reporter did, in order: words, files, then the button."""
        return (
            *((Said(self.text),) if self.text.strip() and not self.holds_back() else ()),
            *self.files,
            *((Chose(self.choice),) if self.choice and self.refused is None else ()),
        ) or (Resume(),)


def entry_of(request: web.Request) -> Entry:
    """The entry of a chat address, with a card's code or without."""
    code = request.match_info.get("code", "")
    return Entry(f"/k/{code}/chat", f"/k/{code}", code) if code else Entry("/chat", "/")


async def _opening(services: IntakeServices, peer: Peer, entry: Entry, lang: str) -> tuple[Event, ...]:
    """What must happen first: nothing when the talk is under way, else the card and the wish to tell."""
    state = (await peek(services, peer)).state
    if state.step is Step.START:
        return entry.first(lang)
    other = bool(entry.code) and (state.card is None or state.card.code != entry.code)
    if not other:
        return ()
    start = Start(entry.code, lang)
    return entry.first(lang) if (await peek(services, peer, start)).state.step is Step.START else (start,)


async def show(request: web.Request, entry: Entry) -> web.Response:
    """GET: the page of where the conversation stands."""
    wished = likes(request)
    if wished is not None:
        return wished
    who = visitor(request)
    if who.fresh and request.headers.get("Sec-Fetch-Site") == "cross-site":
        # Another site's link: the browser held back the cookie of a talk that may be open; do not overwrite it.
        raise web.HTTPSeeOther(entry.home)
    answer = await _standing(request.app[SERVICES], who, entry)
    if answer.state.step is Step.START and entry.code:
        raise web.HTTPSeeOther(entry.home)
    return _page(who, entry, answer)


async def act(request: web.Request, entry: Entry) -> web.Response:
    """POST: one act. Answered with the way to the page, or with the page itself where something must be said."""
    who = visitor(request)
    services = request.app[SERVICES]
    form = await _read(request, who, services)
    if not form.ours:
        answer = await _standing(services, who, entry)
        return _page(who, entry, answer, status=403, typed=form.text, hints=(say(who.lang, "chat-expired"),))
    if form.choice == "picture":
        return await _picture(services, who, entry)
    try:
        return await _let_happen(request, who, entry, form)
    except CannotStore:
        answer = await _standing(services, who, entry)
        hints = (say(who.lang, "page-error-cannot-store"),)
        return _page(who, entry, answer, status=503, typed=form.text, hints=hints)


async def _let_happen(request: web.Request, who: Visitor, entry: Entry, form: _Form) -> web.Response:
    services = request.app[SERVICES]
    peer = who.peer(services, entry.purpose)
    opening = await _opening(services, peer, entry, who.lang)
    before = await peek(services, peer, *(opening or (Resume(),)))
    async with request.app[LOOK_UPS].place(before.state.step is Step.CODE):
        done = await handle(services, peer, *opening, *form.events(), update_key=f"web:{form.nonce}")
    if done.state.step is Step.START and not form.text:
        return _home(who, entry, form)
    now = await _standing(services, who, entry)
    hints = view.hints(done.spoken, now.spoken)
    if not hints:
        return _to(entry, done)
    left = form.text if form.holds_back() or _same(before, done) else ""
    return _page(who, entry, now, status=form.status(), typed=left, hints=hints)


def _home(who: Visitor, entry: Entry, form: _Form) -> web.Response:
    """Nothing is open any more: away from the page, and with 我记好了 this browser forgets the talk too."""
    response = web.Response(status=303, headers={"Location": entry.home})
    if form.choice == "noted":
        who.forget(response)
    return response


def _to(entry: Entry, done: Answer) -> web.Response:
    """The way to the page, so that reloading it repeats nothing."""
    card = done.state.card
    path = f"/k/{card.code}/chat" if card and card.code and not entry.purpose else entry.path
    return web.Response(status=303, headers={"Location": f"{path}#q"})


def _same(before: Answer, done: Answer) -> bool:
    """The words were not taken: they stay in the box."""
    return before.state.step is done.state.step and before.state.next_seq == done.state.next_seq


async def _picture(services: IntakeServices, who: Visitor, entry: Entry) -> web.Response:
    """The receipt as a picture. A POST, so that its number stands in no address and no history."""
    answer = await peek(services, who.peer(services, entry.purpose))
    if answer.state.step is not Step.RECEIPT:
        raise Refused(Reason.WRONG_STATE, "picture")
    return web.Response(
        text=slip(view.values(answer, who.lang), who.lang),
        content_type="image/svg+xml",
        headers={"Content-Disposition": 'attachment; filename="page.svg"'},
    )


async def _read(request: web.Request, who: Visitor, services: IntakeServices) -> _Form:
    form = _Form()
    try:
        async with aclosing(pieces(request)) as came:
            async for piece in came:
                match piece:
                    case Field(name, text):
                        _fill(form, request, who, name, text)
                    case Upload():
                        await _keep(form, services, piece)
    except Refused as refused:
        if not form.ours or refused.reason not in {Reason.TOO_LARGE, Reason.THROTTLED}:
            raise
        form.refused = refused.reason
        form.files.append(TooBig(refused.reason))
    return form


def _fill(form: _Form, request: web.Request, who: Visitor, name: str, text: str) -> None:
    match name:
        case "seal":
            form.ours = who.sent(request, text)
        case "nonce" if _NONCE.fullmatch(text):
            form.nonce = text
        case "text":
            form.text = text
        case "choice":
            form.choice = text[:100]
        case "seconds" if text.isdecimal():
            form.seconds = min(int(text[:6]), 7200)


async def _keep(form: _Form, services: IntakeServices, upload: Upload) -> None:
    """A file is stored only for a form of ours; an empty one is a field that nobody used."""
    if not form.ours or not upload.data or len(form.files) >= _MOST_FILES:
        return
    try:
        kind, file = await keep_file(services, upload.data, name=upload.name, seconds=form.seconds)
    except Refused as refused:
        form.refused = refused.reason
        form.files.append(TooBig(refused.reason))
    else:
        form.files.append(Sent(kind, file, album=form.nonce))


async def _standing(services: IntakeServices, who: Visitor, entry: Entry) -> Answer:
    """Where the conversation stands for somebody who comes to this address now."""
    peer = who.peer(services, entry.purpose)
    opening = await _opening(services, peer, entry, who.lang)
    return await peek(services, peer, *(opening or (Resume(),)), with_parts=True)


def _page(
    who: Visitor, entry: Entry, answer: Answer, *, status: int = 200, typed: str = "", hints: tuple[str, ...] = ()
) -> web.Response:
    state = answer.state
    response = render(
        view.template(state.step),
        state.lang,
        status=status,
        hints=hints,
        typed=typed,
        seal=who.seal(),
        nonce=secrets.token_hex(16),
        here=entry.path,
        large=who.large or state.large,
        trial=not who.https,
        **view.values(answer, state.lang),
    )
    who.remember(response)
    return response
