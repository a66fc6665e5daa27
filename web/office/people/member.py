"""One member's page: places, duty, ties and sign-ins, with the steps that somebody of the office may take."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES, Role
from handlers.office.keys import sharing
from handlers.people import profile, roster
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.ids import id_of
from web.office.parts import Question, confirm, link_to, seat_of, show_links
from web.office.people.seats import question_about, seats_offered
from web.people import field

_HERE = "/office/members"
_PATH = _HERE + "/{member}"


def register(app: web.Application) -> None:
    """A member's page, their roles, a new phone, and the office's signing key."""
    app.router.add_get(_PATH, _one)
    app.router.add_post(_PATH + "/role", _give_role)
    app.router.add_post(_PATH + "/role/end", _take_role)
    app.router.add_get(_PATH + "/phone", _ask_phone)
    app.router.add_post(_PATH + "/phone", _phone)
    app.router.add_post(_PATH + "/office-key", _give_key)


@needs(*OFFICE_ROLES)
async def _one(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, out="out" in request.query)


@needs(*OFFICE_ROLES)
async def _give_role(request: web.Request) -> web.StreamResponse:
    """`seat` and `sure` of the form as in an invite."""
    seat, sure = await field(request, "seat"), await field(request, "sure")
    role, team_id = seat_of(seat)
    try:
        if sure != seat and (asked := await question_about(request, seat, _id(request))):
            return await _show(request, 409, wrong=asked, seat=seat, sure=seat)
        await roster.give_role(services_of(request), session_of(request), _id(request), role, team_id)
    except Refused as refused:
        return await _refused(request, refused, seat)
    raise web.HTTPSeeOther(f"{_HERE}/{_id(request).hex()}")


@needs(*OFFICE_ROLES)
async def _take_role(request: web.Request) -> web.StreamResponse:
    role, team_id = seat_of(await field(request, "seat"))
    if team_id is not None:
        raise web.HTTPNotFound  # a team has its own way out, which changes its key
    try:
        await roster.take_role(services_of(request), session_of(request), _id(request), role)
    except Refused as refused:
        return await _refused(request, refused)
    raise web.HTTPSeeOther(f"{_HERE}/{_id(request).hex()}")


@needs(Role.DIRECTOR)
async def _ask_phone(request: web.Request) -> web.StreamResponse:
    person = await roster.get_person(services_of(request), session_of(request), _id(request))
    lang, here = request.app[LANG], f"{_HERE}/{person.member.id.hex()}"
    return confirm(
        request,
        Question(
            at="members",
            title=say(lang, "people-phone-title", name=person.member.name),
            consequence=say(lang, "people-phone-consequence"),
            verb=say(lang, "people-phone-do", name=person.member.name),
            action=f"{here}/phone",
            back=here,
        ),
    )


@needs(Role.DIRECTOR)
async def _phone(request: web.Request) -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    person = await roster.get_person(services, session, _id(request))
    token = await roster.invite_again(services, session, person.member.id, new_phone=True)
    link = link_to(request, person, token)
    return show_links(request, [link], at="members", back=f"{_HERE}/{person.member.id.hex()}")


async def _refused(request: web.Request, refused: Refused, seat: str = "") -> web.Response:
    if refused.reason is Reason.UNKNOWN:
        raise refused
    return await _show(request, 409, wrong=words_for(request, refused), seat=seat)


@needs(Role.DIRECTOR)
async def _give_key(request: web.Request) -> web.StreamResponse:
    try:
        await sharing.give_office_key(services_of(request), session_of(request), _id(request))
    except Refused as refused:
        return await _refused(request, refused)
    raise web.HTTPSeeOther(f"{_HERE}/{_id(request).hex()}?given")


async def _show(request: web.Request, status: int, **more: object) -> web.Response:
    """`more`: `out` after somebody left a team, `wrong` with the `seat` typed, `sure` when the seat was asked about."""
    services, session = services_of(request), session_of(request)
    shown = {
        "profile": await profile.read_profile(services, session, _id(request)),
        "seats": await seats_offered(request),
        "directs": Role.DIRECTOR in session.roles,
        "signing": await sharing.read_signing(services, session, _id(request)),
        "wrong": "",
        "seat": "",
        "sure": "",
        "out": False,
        "given": "given" in request.query,
        **more,
    }
    return page(request, "office/member.html", status=status, at="members", **shown)


def _id(request: web.Request) -> MemberId:
    return MemberId(id_of(request.match_info["member"]))
