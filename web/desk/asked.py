"""Which part of a queue an address asks for. Every value is one that we know, or the address does not exist."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from aiohttp import web

from domain.ids import MemberId, TeamId, TipId, UnitId
from domain.tips import Channel, Kind, State
from handlers.conversation.talk import Identity
from handlers.desk.listing.views import Narrow, ViewName
from handlers.desk.mine import my_first
from storage.desk.queue import Blank, Filters
from storage.desk.work import Position
from web.access import services_of, session_of
from web.desk.numbers import number_of
from web.ids import id_of

T = TypeVar("T")

FILTERS = ("unit", "kind", "state", "assignee", "identity", "channel")
"""What a view can be narrowed by, as it stands in addresses."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`params`: the address's own words for all that follows, without the empty ones. No team: my first one."""

    params: Mapping[str, str]
    team_id: TeamId | None
    view: ViewName
    narrow: Narrow

    def link(self, path: str = "/desk", **changes: object) -> str:
        """An address of the same part of the queue, but for what `changes` says; an empty value takes one away."""
        kept = {**self.params, **{name: str(value) for name, value in changes.items()}}
        return f"{path}?{urlencode({name: value for name, value in kept.items() if value})}"

    def whole(self) -> str:
        """The same view with nothing left out."""
        return self.link(**dict.fromkeys(FILTERS, ""))

    @property
    def origin(self) -> str:
        """What a tip's address carries behind its id, so that its page leads back to this list."""
        kept = {name: text for name, text in self.params.items() if name != "team"}
        return f"?{urlencode({'from': urlencode(kept)})}" if kept else ""

    @property
    def narrowed(self) -> bool:
        return not self.params.keys().isdisjoint(FILTERS)


def asked_of(request: web.Request) -> Asked:
    """Raises 404 for a value that is none of ours."""
    return asked_in(request.query)


def asked_in(query: Mapping[str, str]) -> Asked:
    """The same of an address that stands inside another."""
    names = ("team", "view", *FILTERS)
    params = {name: text for name in names if (text := query.get(name, ""))}

    def value(name: str, read: Callable[[str], T]) -> T | None:
        return _read(params[name], read) if name in params else None

    filters = Filters(
        unit=value("unit", lambda text: _blank_or(text, lambda: UnitId(id_of(text)))),
        kind=value("kind", Kind),
        state=value("state", State),
        assignee=value("assignee", lambda text: _blank_or(text, lambda: MemberId(id_of(text)))),
        channel=value("channel", Channel),
    )
    view = value("view", ViewName) or ViewName.ALL
    return Asked(
        params, value("team", lambda text: TeamId(id_of(text))), view, Narrow(filters, value("identity", Identity))
    )


async def team_asked(request: web.Request, asked: Asked) -> TeamId:
    """The team that the address names, else the one that the desk opens on; it may be none of mine."""
    return asked.team_id or await my_first(services_of(request), session_of(request))


def of_team(asked: Asked, team_id: TeamId) -> Asked:
    """With the team that was meant, so that every link names it."""
    return Asked({"team": team_id.hex(), **asked.params}, team_id, asked.view, asked.narrow)


def position_of(request: web.Request, name: str) -> Position | None:
    """Where a page ends, written as `2026-11-25.12`. Raises 404."""
    return _read(request.query[name], _position) if name in request.query else None


def number_asked(request: web.Request, name: str) -> int:
    """0 without one. Raises 404 for what is no number."""
    return _read(request.query.get(name, "0"), number_of)


def tips_asked(request: web.Request) -> list[TipId]:
    """The ids in `?ids=`, with commas between them; there may be none. Raises 404."""
    return [TipId(id_of(one)) for one in request.query.get("ids", "").split(",") if one]


def position_text(position: Position) -> str:
    """The same the other way round."""
    return f"{position[0].isoformat()}.{position[1]}"


def _blank_or(text: str, read: Callable[[], T]) -> T | Blank:
    return Blank.NONE if text == Blank.NONE else read()


def _position(text: str) -> Position:
    day, _, number = text.partition(".")
    return date.fromisoformat(day), number_of(number)


def _read(text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except ValueError:
        raise web.HTTPNotFound from None
