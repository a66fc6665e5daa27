"""What the office's pages share: what was typed, asking before a grave step, words for a refusal, links to let in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from yarl import URL

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId
from domain.rounds import Role, Round, Unit
from domain.words import day_of
from handlers.office import rounds
from handlers.office.cards import Press
from handlers.office.plan.framing import Overlapping
from handlers.people import roster
from handlers.people.inviting import INVITE_LASTS
from handlers.people.roster import Person, Seat
from handlers.people.sessions import account_of
from handlers.texts import dated, say
from qr.draw import svg
from web.access import LANG, page, services_of, session_of, words_for
from web.ids import id_of

PRESS: web.AppKey[Callable[[], Press]] = web.AppKey("PRESS")
_TIME = re.compile(r"T([0-9]{2}):([0-9]{2})")
_WHOLE = re.compile(r"[0-9]{1,9}")  # a database's integer ends at 2147483647


@dataclass(frozen=True, slots=True)
class Question:
    """A step to be confirmed: what, with which consequence, and the two ways on. `at`: the place in the navigation.

    `warns`: sentences that must not be overlooked before the button.
    """

    at: str
    title: str
    consequence: str
    verb: str
    action: str
    back: str
    grave: bool = True
    warns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lets one person in, once, and where they sit, if anywhere. `qr` is an SVG of it."""

    name: str
    login: str
    url: str
    qr: str
    seat: Seat | None


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


def link_to(request: web.Request, person: Person, token: str) -> Link:
    """The link that `token` makes; nobody can show it a second time. A slip names the first of their seats."""
    url = str(URL(request.app[PRESS]().public_url) / "invite" / token)
    seat = person.seats[0] if person.seats else None
    return Link(person.member.name, person.member.login, url, svg(url), seat)


async def links_to(request: web.Request, invites: Iterable[tuple[str, str]]) -> list[Link]:
    """The links of the people just invited, by login and token."""
    people = await roster.list_people(services_of(request), session_of(request))
    known = {one.member.login: one for one in people}
    return [link_to(request, known[account_of(login)], token) for login, token in invites]


def show_links(request: web.Request, links: Iterable[Link], *, at: str, back: str) -> web.Response:
    """Links to be handed out now, on paper or by scanning: they are stored nowhere but as hashes."""
    until = services_of(request).clock() + INVITE_LASTS
    return page(request, "office/links.html", at=at, links=list(links), forward=back, until=until)


def words(request: web.Request, refused: Refused) -> list[str]:
    """The sentences for a refusal, one for each place that another round has. Raises it again when it is a 404."""
    if refused.reason is Reason.UNKNOWN:
        raise refused
    if isinstance(refused, Overlapping):
        named = [overlap_words(request, unit, other) for unit, other in refused.found[:10]]
        return [words_for(request, refused), *named]
    if refused.reason is Reason.STALE and not refused.detail:
        return [say(request.app[LANG], "plan-stale")]
    return [words_for(request, refused)]


def overlap_words(request: web.Request, unit: Unit, other: Round) -> str:
    """Which place which other round has, and until when."""
    lang = request.app[LANG]
    name, closes = say(lang, "office-round", ordinal=other.ordinal), dated(lang, other.closes_at, _year(request))
    return say(lang, "plan-overlap-one", place=unit.path.replace("/", " "), round=name, closes=closes)


def _year(request: web.Request) -> int:
    return services_of(request).clock().year
