"""Figures as pages: the board and the numbers behind it, the reports, and what is made public."""

from aiohttp import web

from web.office.figures import public, reporting, volume


def register(app: web.Application) -> None:
    """The board first: the reports take its figures."""
    for part in (volume, reporting, public):
        part.register(app)
