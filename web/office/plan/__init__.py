"""The office plans by screens: rounds, teams, units, assignments, the rotation; and members declare their ties."""

from aiohttp import web

from web.office.plan import assignment, removing, rotation, rounds, teams, ties, units


def register(app: web.Application) -> None:
    """The pages of planning, and every member's own ties."""
    for part in (rounds, removing, teams, units, assignment, rotation, ties):
        part.register(app)
