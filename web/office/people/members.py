"""Members as the office sees them: who there is, letting somebody in, putting somebody out, and the keys they held."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import OFFICE_ROLES, Role, TeamKind
from handlers.office.keys import removing, rotating
from handlers.office.rounds.readiness import thinned_by
from handlers.people import roster
from handlers.people.inviting import Newcomer
from handlers.people.roster import Person
from handlers.people.sessions import account_of
from handlers.texts import say
from storage.people.members import MemberState
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.ids import id_of
from web.office.parts import Question, confirm, link_to, links_to, seat_of, show_links
from web.office.people.seats import question_about, seats_offered
from web.people import field

_HERE = "/office/members"


def register(app: web.Application) -> None:
    """The members."""
    app.router.add_get(_HERE, _members)
    app.router.add_post(_HERE, _invite)
    app.router.add_get(_HERE + "/{member}/invite", _ask_invite_again)
    app.router.add_post(_HERE + "/{member}/invite", _invite_again)
    app.router.add_get(_HERE + "/{member}/disable", _ask_disable)
    app.router.add_post(_HERE + "/{member}/disable", _disable)
    app.router.add_get(_HERE + "/{member}/out", _ask_out)
    app.router.add_post(_HERE + "/{member}/out", _out)
    app.router.add_post("/office/teams/{team}/rotate", _rotate)


@needs(*OFFICE_ROLES)
async def _members(request: web.Request) -> web.StreamResponse:
    return await _list(request, 200)


@needs(*OFFICE_ROLES)
async def _invite(request: web.Request) -> web.StreamResponse:
    """`seat` of the form: a role, and for a team its id behind a dot. `sure`: the seat that was asked about."""
    login, name = await field(request, "login"), await field(request, "name")
    seat, sure = await field(request, "seat"), await field(request, "sure")
    role, team_id = seat_of(seat)
    newcomer = Newcomer(login, name, role, team_id)
    try:
        if sure != seat and (asked := await question_about(request, seat)):
            return await _list(request, 409, wrong=asked, typed=newcomer, seat=seat, sure=seat)
        token = await roster.invite(services_of(request), session_of(request), newcomer)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        if refused.detail == "login-taken":
            return await _list_taken(request, newcomer, wrong=words_for(request, refused), seat=seat, sure=sure)
        return await _list(request, 409, wrong=words_for(request, refused), typed=newcomer, seat=seat, sure=sure)
    return show_links(request, await links_to(request, [(login, token)]), at="members", back=_HERE)


@needs(*OFFICE_ROLES)
async def _ask_invite_again(request: web.Request) -> web.StreamResponse:
    """A new password; the second factor stays where there is one."""
    person = await _person(request)
    key = "people-forgot" if person.member.is_enrolled else "people-relink"
    return await _ask(request, "invite", key, f"{key}-consequence")


@needs(*OFFICE_ROLES)
async def _invite_again(request: web.Request) -> web.StreamResponse:
    person = await _person(request)
    token = await roster.invite_again(services_of(request), session_of(request), person.member.id)
    return show_links(request, [link_to(request, person, token)], at="members", back=_HERE)


@needs(*OFFICE_ROLES)
async def _ask_disable(request: web.Request) -> web.StreamResponse:
    directs = Role.DIRECTOR in session_of(request).roles
    consequence = "office-disable-change" if directs else "office-disable-wait"
    return await _ask(request, "disable", "office-disable", consequence, warns=await _warned(request, "disable"))


@needs(*OFFICE_ROLES)
async def _disable(request: web.Request) -> web.StreamResponse:
    person = await _person(request)
    await removing.disable(services_of(request), session_of(request), person.member.id)
    raise web.HTTPSeeOther(_HERE)


@needs(*OFFICE_ROLES)
async def _ask_out(request: web.Request) -> web.StreamResponse:
    person, warns = await _person(request), await _warned(request, "out")
    return page(request, "office/out.html", at="members", person=person, warns=warns)


@needs(*OFFICE_ROLES)
async def _out(request: web.Request) -> web.StreamResponse:
    person, team_id = await _person(request), TeamId(id_of(await field(request, "team")))
    await removing.take_out(services_of(request), session_of(request), person.member.id, team_id)
    raise web.HTTPSeeOther(f"{_HERE}/{person.member.id.hex()}?out")


@needs(Role.DIRECTOR)
async def _rotate(request: web.Request) -> web.StreamResponse:
    await rotating.rotate(services_of(request), session_of(request), TeamId(id_of(request.match_info["team"])))
    raise web.HTTPSeeOther(_HERE)


async def _warned(request: web.Request, act: str) -> tuple[str, ...]:
    """Which teams would have too few without the member, and who is left; nothing where all have enough."""
    member_id, lang = MemberId(id_of(request.match_info["member"])), request.app[LANG]
    found = await thinned_by(services_of(request), session_of(request), member_id)
    words = []
    for one in found:
        team = say(lang, "seat-team", round=say(lang, "office-round", ordinal=one.round.ordinal), team=one.team.name)
        words.append(say(lang, f"office-{act}-left", team=team, n=one.able))
    if any(one.team.kind is TeamKind.TEAM for one in found):  # nobody else is invited to the queues
        words.append(say(lang, "office-left-first"))
    return tuple(words)


async def _ask(
    request: web.Request, act: str, key: str, consequence: str, *, warns: tuple[str, ...] = ()
) -> web.Response:
    person, lang = await _person(request), request.app[LANG]
    name = person.member.name
    return confirm(
        request,
        Question(
            at="members",
            title=say(lang, f"{key}-title", name=name),
            consequence=say(lang, consequence),
            verb=say(lang, f"{key}-do", name=name),
            action=f"{_HERE}/{person.member.id.hex()}/{act}",
            back=_HERE,
            grave=act == "disable",
            warns=warns,
        ),
    )


async def _list_taken(request: web.Request, typed: Newcomer, **more: object) -> web.Response:
    """Whose the login is. The page of a new link that is loaded again sends its form again, which is nobody's fault."""
    people = await roster.list_people(services_of(request), session_of(request))
    owner = next((one for one in people if one.member.login == account_of(typed.login)), None)
    member = owner.member if owner else None
    if member and member.state is MemberState.INVITED and member.name == typed.name.strip():
        return await _list(request, 200, waits=member)
    return await _list(request, 409, typed=typed, taken=member, **more)


async def _list(request: web.Request, status: int, **more: object) -> web.Response:
    """`more`: `typed` came back with `wrong`, `seat` and `sure`; `taken` has its login; `waits` was invited before."""
    services, session = services_of(request), session_of(request)
    people = await roster.list_people(services, session)
    return page(
        request,
        "office/members.html",
        status=status,
        at="members",
        people=people,
        outdated=await rotating.list_outdated(services, session),
        seats=await seats_offered(request),
        **{"typed": None, "wrong": "", "seat": "", "sure": "", "taken": None, "waits": None, **more},
    )


async def _person(request: web.Request) -> Person:
    member_id = MemberId(id_of(request.match_info["member"]))
    return await roster.get_person(services_of(request), session_of(request), member_id)
