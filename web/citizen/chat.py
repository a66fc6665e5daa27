"""The villager's conversation as pages: GET shows where it stands and stores nothing, POST is one act."""

import secrets
from dataclasses import dataclass, replace
from urllib.parse import quote

from aiohttp import web

from domain.errors import CannotStore, Reason, Refused
from handlers.conversation.events import Chose, Event, Resume, Start
from handlers.conversation.talk import State, Step
from handlers.intake.converse import Answer, Peer, handle, peek
from handlers.intake.reading import news
from handlers.intake.scanning import count_scan
from handlers.services import IntakeServices
from handlers.texts import say
from web.citizen import view
from web.citizen.post import Post, read_post
from web.citizen.slip import slip
from web.citizen.visitor import Visitor, likes, visitor
from web.pages import render

SERVICES = web.AppKey("SERVICES", IntakeServices)
AGAIN = "#again"
"""On the way to a card's page that is no new scan."""
_TAP = "tap"  # in the address: this browser's scan was not counted yet, its first act will be


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


def entry_of(request: web.Request) -> Entry:
    """The entry of a chat address, with a card's code or without."""
    code = request.match_info.get("code", "")
    landing = f"/k/{quote(code, safe='')}"
    return Entry(f"{landing}/chat", landing, code) if code else Entry("/chat", "/")


async def _opening(services: IntakeServices, peer: Peer, entry: Entry, lang: str) -> tuple[Event, ...]:
    """What must happen first: nothing when the talk is under way, else the card and the wish to tell."""
    state = (await peek(services, peer)).state
    if state.step is not Step.START and (not entry.code or _is_for(state, entry.code)):
        return ()
    if not entry.code:
        return entry.first(lang)
    start = Start(entry.code, lang)
    state = (await peek(services, peer, start)).state
    # A card nobody printed must not become a talk without a card: it stays at the start, and the landing page says why.
    return entry.first(lang) if state.step is Step.START and _is_for(state, entry.code) else (start,)


def _is_for(state: State, code: str) -> bool:
    return state.card is not None and state.card.code == code


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
    return _page(who, entry, answer, tap=_TAP in request.query)


async def act(request: web.Request, entry: Entry) -> web.Response:
    """POST: one act. Answered with the way to the page, or with the page itself where something must be said."""
    who = visitor(request)
    services = request.app[SERVICES]
    form = await read_post(request, who, services)
    if not form.ours or not form.nonce:
        answer = await _standing(services, who, entry)
        return _page(who, entry, answer, status=403, typed=form.text, hints=(say(who.lang, "chat-expired"),))
    if form.choice == "picture":
        return await _picture(services, who, entry)
    try:
        return await _let_happen(services, who, entry, form, tap=_TAP in request.query)
    except (CannotStore, Refused) as error:
        status, key = _put_off(error)
        answer = await _standing(services, who, entry)
        return _page(who, entry, answer, status=status, typed=form.text, hints=(say(who.lang, key),))


def _put_off(error: CannotStore | Refused) -> tuple[int, str]:
    """Why an act must be done once more later; the words stay in the box. Raises any other refusal again."""
    if isinstance(error, CannotStore):
        return 503, "page-error-cannot-store"
    if error.reason is not Reason.THROTTLED:
        raise error
    return 429, f"error-{error.reason}"


async def _let_happen(services: IntakeServices, who: Visitor, entry: Entry, form: Post, *, tap: bool) -> web.Response:
    peer = who.peer(services, entry.purpose)
    opening = await _opening(services, peer, entry, who.lang)
    before = await peek(services, peer, *(opening or (Resume(),)))
    done = await handle(services, peer, *opening, *form.events(), update_key=f"web:{form.nonce}")
    if tap and opening:
        await count_scan(services, entry.code)
    if done.state.step is Step.START and not form.text:
        return _home(who, entry, form)
    now = await _standing(services, who, entry)
    hints = (*view.hints(done.spoken, now.spoken), *(say(now.state.lang, key) for key in form.notes))
    if not hints:
        return _to(entry, done)
    left = form.text if form.holds_back() or _same(before, done) else ""
    return _page(who, entry, now, status=form.status(), typed=left, hints=hints)


def _home(who: Visitor, entry: Entry, form: Post) -> web.Response:
    """Nothing is open any more: away from the page, and with 我记好了 this browser forgets the talk too."""
    response = web.Response(status=303, headers={"Location": f"{entry.home}{AGAIN}"})
    if form.choice == "noted" and not entry.purpose:
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


async def _standing(services: IntakeServices, who: Visitor, entry: Entry) -> Answer:
    """Where the conversation stands for somebody who comes to this address now."""
    peer = who.peer(services, entry.purpose)
    opening = await _opening(services, peer, entry, who.lang)
    answer = await peek(services, peer, *(opening or (Resume(),)), with_parts=True)
    if answer.state.step is not Step.ADD:
        return answer
    # Whoever adds something may be answering a question of the team: it is opened again, to be read while writing.
    return replace(answer, news=await news(services, bytes.fromhex(answer.state.stretched)))


def _page(
    who: Visitor, entry: Entry, answer: Answer, *, status: int = 200, typed: str = "", hints: tuple[str, ...] = (),
    tap: bool = False,
) -> web.Response:  # fmt: skip
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
        tap=f"?{_TAP}" if tap else "",
        large=who.large or state.large,
        trial=not who.https,
        **view.values(answer, state.lang),
    )
    who.remember(response)
    return response
