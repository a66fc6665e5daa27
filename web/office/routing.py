"""Every address of the office, put together from the files that answer them. This file answers nothing itself."""

from collections.abc import Callable

from aiohttp import web

from handlers.office.cards import Press
from web.office import (
    cards,
    days,
    deadlines,
    figures,
    importing,
    opening,
    people,
    plan,
    rounds,
    templates_page,
    watch,
)
from web.office.parts import PRESS


def register(app: web.Application, press: Callable[[], Press]) -> None:
    """The office. `press` says what is printed on cards and where links point; asked each time it is needed."""
    app[PRESS] = press
    for part in (
        figures,
        rounds,
        importing,
        people,
        plan,
        opening,
        cards,
        days,
        deadlines,
        templates_page,
        watch,
    ):
        part.register(app)
