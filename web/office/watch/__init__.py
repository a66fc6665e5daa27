"""督办 as pages: alerts, late work, reminders, what was put away, the wall, the archive."""

from aiohttp import web

from web.office.watch import archive, board, safekeeping, wall


def register(app: web.Application) -> None:
    for one in (board, safekeeping, wall, archive):
        one.register(app)
