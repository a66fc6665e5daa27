"""一岗双责 as a page: the tree of who answers for whom, and a form that changes it."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES
from handlers.people import duties
from handlers.people.roster import Person
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.ids import id_of

_HERE = "/office/duty"


def register(app: web.Application) -> None:
    """The tree of duties."""
    app.router.add_get(_HERE, _tree)
    app.router.add_post(_HERE, _save)
    app.router.add_post(_HERE + "/proposal", _propose)


@needs(*OFFICE_ROLES)
async def _tree(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _save(request: web.Request) -> web.StreamResponse:
    """`of.<member>` of the form: the superior's id, or empty."""
    form = await request.post()
    typed = {name[3:]: value for name, value in form.items() if name.startswith("of.") and isinstance(value, str)}
    chosen = {MemberId(id_of(one)): MemberId(id_of(above)) if above else None for one, above in typed.items()}
    try:
        await duties.set_duties(services_of(request), session_of(request), chosen)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        return await _show(request, 409, wrong=words_for(request, refused), typed=typed)
    raise web.HTTPSeeOther(f"{_HERE}?saved")


@needs(*OFFICE_ROLES)
async def _propose(request: web.Request) -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    await duties.set_duties(services, session, duties.propose(await duties.read_tree(services, session)))
    raise web.HTTPSeeOther(f"{_HERE}?saved")


async def _show(
    request: web.Request, status: int, *, saved: bool = False, wrong: str = "", typed: dict[str, str] | None = None
) -> web.Response:
    """The tree with what was typed in its form, else with what stands."""
    tree = await duties.read_tree(services_of(request), session_of(request))
    stands = {one.hex(): above.hex() for one, above in tree.superior.items()}
    there = {one.member.id.hex() for one in tree.people}
    proposed = len(duties.propose(tree))
    people = (*tree.people, *(root.person for root in tree.roots))  # whoever is gone stands at a root
    titles = {one.member.id: _titles(request, one) for one in people}
    shown = {"tree": tree, "titles": titles, "typed": {**stands, **(typed or {})}, "there": there, "proposed": proposed}
    return page(request, "office/duty.html", status=status, at="members", saved=saved, wrong=wrong, **shown)


def _titles(request: web.Request, person: Person) -> list[str]:
    """A member's seats in words, each once: the same seat may be held in several rounds."""
    lang = request.app[LANG]
    named = ((seat.team.name if seat.team else "", say(lang, f"office-role-{seat.role}")) for seat in person.seats)
    return list(dict.fromkeys(f"{team} {role}".strip() for team, role in named))
