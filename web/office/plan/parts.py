"""What the pages of planning share: reading ids and moments."""

from datetime import datetime

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import TeamId, UnitId
from web.ids import id_of
from web.office.parts import moment_of


def team_id(request: web.Request) -> TeamId:
    return TeamId(id_of(request.match_info["team"]))


def unit_id(request: web.Request) -> UnitId:
    return UnitId(id_of(request.match_info["unit"]))


def moment(request: web.Request, text: str) -> datetime:
    """What a field of date and time holds, in the office's zone. Raises `Refused(BAD_INPUT, "plan-window")`."""
    typed = moment_of(request, text)
    if typed is None:
        raise Refused(Reason.BAD_INPUT, "plan-window")
    return typed
