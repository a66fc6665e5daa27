"""The queue of a team with 10,000 tips: how long its pages take over HTTP, and what a live line asks each second."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from bench.browsing import browser, timed
from bench.children import say
from bench.figures import target
from bench.machine import WORK
from bench.tips import fill
from bot import app
from bot.app import House
from bot.demo import county as demo
from bot.settings import Settings
from domain.ids import TipId
from domain.tips import Kind
from handlers.conversation.talk import Identity
from handlers.desk.listing.changes import Watch, changes_since
from handlers.desk.listing.queue import At, read_queue
from handlers.desk.listing.views import WHOLE, ViewName
from handlers.desk.mine import my_teams
from handlers.people import sessions, trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.people.audit import NEWS, OPENED
from storage.store import Tx
from web.desk.asked import position_text

TIPS, TEAM = 10_000, 1
TARGET = {"first_p95_ms_max": 50.0, "deep_p95_ms_max": 50.0, "unit_p95_ms_max": 50.0, "live_p95_ms_max": 5.0}


def measure() -> dict[str, Any]:
    """A county of its own, filled; a member who opened every third tip looks at the queue."""
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        ours = asyncio.run(_run(Path(folder) / "data"))
    return {
        "measure": f"queue pages of a team with {TIPS} tips, one after the other, over HTTP on loopback",
        "unit": "ms from the request to the last byte, the client's own share with it; live: ms of one look",
        "ours": ours,
        "target": target(TARGET, ours),
    }


@dataclass(frozen=True, slots=True)
class _Desk:
    """A member's browser before a desk that listens."""

    services: DeskServices
    session: Session
    http: aiohttp.ClientSession
    url: str


async def _run(data: Path) -> dict[str, Any]:
    settings, password = Settings(_env_file=None, data_dir=data), secrets.token_urlsafe(24)
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        made = await demo.build(house, password)
        say(f"queue: {TIPS} tips are made")
        tips = await fill(house, TEAM, TIPS)
        async with _listening(house, settings, made.logins, password) as desk:
            await _opened(desk, tips)
            say("queue: pages")
            return await _figures(desk)


@asynccontextmanager
async def _listening(house: House, settings: Settings, logins: tuple[str, ...], password: str) -> AsyncIterator[_Desk]:
    assert house.desk is not None
    cookie, session = await _member(house.desk, logins, password)
    async with browser(house, settings, cookie) as (http, url):
        yield _Desk(house.desk, session, http, f"{url}/desk")


async def _member(desk: DeskServices, logins: tuple[str, ...], password: str) -> tuple[str, Session]:
    """Somebody of the team, signed in."""
    for login in logins:
        cookie = await demo.enter(desk, login, password)
        session = await sessions.load_session(desk, cookie)
        if session is not None and TEAM in {mine.team.ordinal for mine in await my_teams(desk, session)}:
            return cookie, session
    raise RuntimeError("nobody belongs to the team")


async def _opened(desk: _Desk, tips: list[TipId]) -> None:
    """The member opened every third tip; the reporter of every thirtieth wrote again."""

    def store(tx: Tx) -> None:
        for n, tip_id in enumerate(tips):
            if n % 3 == 0:
                _note(tx, desk, OPENED, tip_id)
            if n % 30 == 0:
                _note(tx, desk, NEWS, tip_id)

    await desk.services.store.write(store)


def _note(tx: Tx, desk: _Desk, act: str, tip_id: TipId) -> None:
    who = desk.session.member_id if act == OPENED else None
    trail.note(tx, desk.services, trail.Deed(desk.session.office_id, who, act, "tip", tip_id))


async def _figures(desk: _Desk) -> dict[str, Any]:
    team_id = desk.session.teams[0]
    queue = await read_queue(desk.services, desk.session, team_id, ViewName.ALL, at=At(limit=TIPS // 2))
    assert queue.span.after is not None
    unit = queue.choices.units[len(queue.choices.units) // 2]
    await _page(desk, {"team": team_id.hex()})
    if (reading := desk.services.finder.index(desk.session.token_hash, team_id).reading) is not None:
        await reading  # the first page begins to make the search index, which bench/search.py measures
    asked: Mapping[str, dict[str, str]] = {
        "first": {},
        "deep": {"after": position_text(queue.span.after)},
        "back": {"before": position_text(queue.span.after)},
        "unit": {"unit": unit.id.hex()},
        "kind": {"kind": Kind.PROJECTS, "view": ViewName.LATE},
        "identity": {"identity": Identity.REAL_NAME},
    }
    found: dict[str, Any] = {}
    for name, params in asked.items():
        found |= await timed(name, lambda params=params: _page(desk, {"team": team_id.hex(), **params}))  # type: ignore[misc]  # a default binds it
    watch = Watch(team_id, ViewName.ALL, WHOLE, queue.newest)
    found |= await timed("live", lambda: changes_since(desk.services, desk.session, watch, queue.cursor))
    return {**found, "tips": TIPS, "unread": queue.unread}


async def _page(desk: _Desk, params: dict[str, str]) -> None:
    async with desk.http.get(desk.url, params=params) as answer:
        await answer.read()
        assert answer.status == 200, answer.status


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
