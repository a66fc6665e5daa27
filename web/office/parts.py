"""What the office's pages share: reading an id, asking before a grave step, links that let people in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aiohttp import web
from yarl import URL

from domain.ids import TeamId
from domain.rounds import Role
from handlers.office.cards import Press
from qr.draw import svg
from web.access import page

PRESS: web.AppKey[Callable[[], Press]] = web.AppKey("PRESS")


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
    role: Role
    url: str
    qr: str


def id_of(text: str) -> bytes:
    """The id that stands in an address or a form as hexadecimal digits. Raises 404 for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise web.HTTPNotFound from None


def seat_of(text: str) -> tuple[Role, TeamId | None]:
    """A role, and for a team its id behind a dot. Raises 404 for anything else."""
    role, _, team = text.partition(".")
    if role not in set(Role):
        raise web.HTTPNotFound
    return Role(role), TeamId(id_of(team)) if team else None


def confirm(request: web.Request, question: Question) -> web.Response:
    """A page that asks; its safe answer comes first."""
    return page(request, "office/confirm.html", at=question.at, question=question)


def link_of(request: web.Request, *, name: str, login: str, role: Role, token: str) -> Link:
    """The link that `token` makes; nobody can show it a second time."""
    url = str(URL(request.app[PRESS]().public_url) / "invite" / token)
    return Link(name, login, role, url, svg(url))


def show_links(request: web.Request, links: Iterable[Link], *, at: str, back: str) -> web.Response:
    """Links to be handed out now: they are stored nowhere but as hashes."""
    return page(request, "office/links.html", at=at, links=list(links), forward=back)
