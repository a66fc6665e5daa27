"""Every address of the desk, put together from the files that answer them. This file answers nothing itself."""

from collections.abc import Callable

from aiohttp import web

from web.desk import (
    acts,
    bulk,
    canned,
    entry,
    files,
    finding,
    group,
    lines,
    links,
    live,
    paper,
    presence,
    queue,
    relock,
    reminders,
    team,
    tip,
    transfer,
)


def register(app: web.Application, *, telegram_bot: Callable[[], str]) -> None:
    """The desk. `telegram_bot` gives the bot's name, empty without one."""
    queue.register(app)
    lines.register(app)
    live.register(app)
    bulk.register(app)
    tip.register(app)
    presence.register(app)
    acts.register(app)
    team.register(app, telegram_bot)
    group.register(app)
    canned.register(app)
    reminders.register(app)
    files.register(app)
    paper.register(app)
    finding.register(app)
    entry.register(app)
    transfer.register(app)
    relock.register(app)
    links.register(app)
