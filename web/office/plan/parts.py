"""What the pages of planning share: reading ids and moments, and the words for a refusal."""

from datetime import datetime

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import TeamId, UnitId
from domain.rounds import Round, Unit
from handlers.office.plan.framing import Overlapping
from handlers.texts import dated, say
from web.access import LANG, services_of, words_for
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


def words(request: web.Request, refused: Refused) -> list[str]:
    """The sentences for a refusal, one for each place that another round has. Raises it again when it is a 404."""
    if refused.reason is Reason.UNKNOWN:
        raise refused
    if isinstance(refused, Overlapping):
        named = [overlap_words(request, unit, other) for unit, other in refused.found[:10]]
        return [words_for(request, refused), *named]
    if refused.reason is Reason.STALE and not refused.detail:
        return [say(request.app[LANG], "plan-stale")]
    return [words_for(request, refused)]


def overlap_words(request: web.Request, unit: Unit, other: Round) -> str:
    """Which place which other round has, and until when."""
    lang = request.app[LANG]
    name, closes = say(lang, "office-round", ordinal=other.ordinal), dated(lang, other.closes_at, _year(request))
    return say(lang, "plan-overlap-one", place=unit.path.replace("/", " "), round=name, closes=closes)


def _year(request: web.Request) -> int:
    return services_of(request).clock().year
