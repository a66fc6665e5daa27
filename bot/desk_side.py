"""The half for teams and the office, as `serve` puts it together. Loaded only where that half runs."""

import asyncio
from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot import chores
from bot.chores import Chore
from bot.settings import Settings
from handlers.desk.arriving.fold import fold
from handlers.desk.finding import building
from handlers.desk.moves import assigning
from handlers.desk.team import notices
from handlers.office.cards import Press
from handlers.office.days.deadlines import recompute_all
from handlers.services import DeskServices
from web import access, demo, faults, people
from web.desk import routing as desk
from web.office import routing as office

FOLD_SECONDS, NOTICE_SECONDS, CLAIM_SECONDS, SWEEP_SECONDS, DAY_SECONDS = 1.0, 20.0, 60.0, 5.0, 86_400.0


def register(
    app: web.Application,
    services: DeskServices,
    settings: Settings,
    bot_name: Callable[[], str],
    door: demo.Door | None,
) -> None:
    """Serves the pages behind the sign-in; with `door`, the demo's way past it."""
    access.register(app, services, lang=settings.lang)
    faults.register(app)
    people.register(app)
    desk.register(app, telegram_bot=bot_name)
    office.register(app, lambda: Press(settings.public, bot_name(), settings.lang))
    if door is not None:
        demo.register(app, door)


def chores_of(services: DeskServices, settings: Settings, woken: asyncio.Event) -> list[Chore]:
    """What this half does by the clock: it folds, at once when woken; it tells the teams' groups, ends claims that ran
    out, drops what a session that is over had read, and once a day works all deadlines out again.
    """
    page = f"{settings.public}/desk"
    return [
        partial(chores.every, FOLD_SECONDS, lambda: fold(services), woken),
        partial(chores.every, NOTICE_SECONDS, lambda: notices.due_group_notices(services, page, settings.lang)),
        partial(chores.every, CLAIM_SECONDS, lambda: assigning.return_claims(services)),
        partial(chores.every, SWEEP_SECONDS, lambda: building.sweep(services)),
        # A newer plan of working days came with the program, or a change was cut short.
        partial(chores.every, DAY_SECONDS, lambda: recompute_all(services)),
    ]
