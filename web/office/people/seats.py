"""Giving a role by a form: the list to choose from, and the question before a doubtful choice."""

from collections.abc import Mapping
from itertools import groupby

from aiohttp import web

from domain.ids import MemberId
from domain.rounds import TEAM_ROLES, Role
from handlers.office import rounds
from handlers.people import doubts, roster
from handlers.people.seats import BY_DIRECTOR
from handlers.texts import say
from web.access import LANG, services_of, session_of
from web.office.parts import seat_of


async def seats_offered(request: web.Request) -> Mapping[str, object]:
    """What `office/seats.html` lists: the teams by round, the roles in a team, and those without one."""
    services, session = services_of(request), session_of(request)
    named = {one.id: one for one in await rounds.list_rounds(services, session)}
    teams = await roster.list_teams(services, session)
    directs = Role.DIRECTOR in session.roles
    return {
        "rounds": [(named[of], list(some)) for of, some in groupby(teams, key=lambda one: one.round_id)],
        "team_roles": [role for role in Role if role in TEAM_ROLES],
        "office_roles": [role for role in Role if role not in TEAM_ROLES and (directs or role not in BY_DIRECTOR)],
    }


async def question_about(request: web.Request, seat: str, member_id: MemberId | None = None) -> str:
    """What to ask before the seat typed is given to a member, or to a newcomer; empty when there is nothing to ask.

    Raises 404 for what is no seat, and `Refused`.
    """
    (role, team_id), lang = seat_of(seat), request.app[LANG]
    found = await doubts.doubts_about(services_of(request), session_of(request), role, team_id, member_id)
    asked = []
    for one in found:
        team = say(lang, "seat-team", round=say(lang, "office-round", ordinal=one.round.ordinal), team=one.team.name)
        held = say(lang, f"office-role-{one.role}")
        key = "seat-ask-leader" if one.role is role else "seat-ask-double"
        asked.append(say(lang, key, team=team, names=say(lang, "office-comma").join(one.names), role=held))
    return " ".join([*asked, say(lang, "seat-ask-again")]) if asked else ""
