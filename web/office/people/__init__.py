"""The office's members as pages: who is one, one alone, who answers to whom, and what they did."""

from aiohttp import web

from web.office.people import duty, member, members, trail


def register(app: web.Application) -> None:
    for part in (members, member, duty, trail):
        part.register(app)
