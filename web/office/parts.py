"""What the office's pages share: reading what was typed, asking before a grave step, links that let people in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from yarl import URL

from domain.ids import RoundId, TeamId
from domain.rounds import Role, Round
from domain.words import day_of
from handlers.office import rounds
from handlers.office.cards import Press
from handlers.people.inviting import INVITE_LASTS
from qr.draw import svg
from web.access import page, services_of, session_of
from web.ids import id_of

PRESS: web.AppKey[Callable[[], Press]] = web.AppKey("PRESS")
_TIME = re.compile(r"T([0-9]{2}):([0-9]{2})")
_WHOLE = re.compile(r"[0-9]{1,9}")  # a database's integer ends at 2147483647


@dataclass(frozen=True, slots=True)
class Question:
    """A step to be confirmed: what, with which consequence, and the two ways on. `at`: the place in the navigation."""

    at: str
    title: str
    consequence: str
    verb: str
    action: str
    back: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lets one person in, once. `qr` is an SVG of it."""

    name: str
    login: str
    role: Role | None
    url: str
    qr: str


def round_id(request: web.Request) -> RoundId:
    """The round whose page this is. Raises 404 for what is no id."""
    return RoundId(id_of(request.match_info["round"]))


async def round_wanted(request: web.Request) -> Round | None:
    """The round that `?round=` names, else the one the office works on; None without any. Raises 404."""
    services, session = services_of(request), session_of(request)
    if named := request.query.get("round", ""):
        return await rounds.get_round(services, session, RoundId(id_of(named)))
    return await rounds.current_round(services, session)


def whole(text: str, otherwise: int = 0) -> int:
    """The number typed; `otherwise`, which nothing allows, for anything but one to nine of the digits 0 to 9."""
    return int(text) if _WHOLE.fullmatch(text) else otherwise


def moment_of(request: web.Request, text: str) -> datetime | None:
    """The moment typed as YYYY-MM-DDTHH:MM, in the office's zone; None for anything else."""
    day, time = day_of(text[:10]), _TIME.fullmatch(text[10:])
    if day is None or time is None or int(time[1]) > 23 or int(time[2]) > 59:
        return None
    return datetime(
        day.year, day.month, day.day, int(time[1]), int(time[2]), tzinfo=services_of(request).clock().tzinfo
    )


def seat_of(text: str) -> tuple[Role, TeamId | None]:
    """A role, and for a team its id behind a dot. Raises 404 for anything else."""
    role, _, team = text.partition(".")
    if role not in set(Role):
        raise web.HTTPNotFound
    return Role(role), TeamId(id_of(team)) if team else None


def confirm(request: web.Request, question: Question) -> web.Response:
    """A page that asks; its safe answer comes first."""
    return page(request, "office/confirm.html", at=question.at, question=question)


def link_of(request: web.Request, *, name: str, login: str, role: Role | None, token: str) -> Link:
    """The link that `token` makes; nobody can show it a second time."""
    url = str(URL(request.app[PRESS]().public_url) / "invite" / token)
    return Link(name, login, role, url, svg(url))


def show_links(request: web.Request, links: Iterable[Link], *, at: str, back: str) -> web.Response:
    """Links to be handed out now, on paper or by scanning: they are stored nowhere but as hashes."""
    until = services_of(request).clock() + INVITE_LASTS
    return page(request, "office/links.html", at=at, links=list(links), forward=back, until=until)
