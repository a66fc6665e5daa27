"""What leaves the desk: the ledger, the package for a receiving organ, the sheet for print. It decides nothing."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import TEAM_ROLES
from handlers.desk.mine import first_of, my_teams
from handlers.desk.paper.dossier import make_package
from handlers.desk.paper.ledger import Purpose, make_ledger
from handlers.desk.paper.sheet import open_sheet
from handlers.desk.tip.attachments import Served
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.answers import disposition
from web.desk.words import deed_words
from web.ids import id_of, tip_id_of
from web.people import field


def register(app: web.Application) -> None:
    app.router.add_get("/desk/ledger", _ledger_form)
    app.router.add_post("/desk/ledger", _ledger)
    app.router.add_post("/desk/tips/{tip}/package", _package)
    app.router.add_get("/desk/tips/{tip}/print", _print)


@needs(*TEAM_ROLES)
async def _ledger_form(request: web.Request) -> web.StreamResponse:
    return await _form(request, request.query.get("team", ""))


@needs(*TEAM_ROLES)
async def _ledger(request: web.Request) -> web.StreamResponse:
    team, named = await field(request, "team"), await field(request, "which") == "named"
    purpose = await field(request, "purpose") if named else None
    services, session = services_of(request), session_of(request)
    try:
        made = await make_ledger(services, session, TeamId(id_of(team)), purpose=purpose, lang=request.app[LANG])
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        return await _form(request, team, named=named, wrong=words_for(request, refused))
    return _saved(made)


@needs(*TEAM_ROLES)
async def _package(request: web.Request) -> web.StreamResponse:
    services, session, tip_id = services_of(request), session_of(request), tip_id_of(request)
    with_name = await field(request, "name") == "yes"
    return _saved(await make_package(services, session, tip_id, with_name=with_name, lang=request.app[LANG]))


@needs(*TEAM_ROLES)
async def _print(request: web.Request) -> web.StreamResponse:
    services, session, lang, tip_id = services_of(request), session_of(request), request.app[LANG], tip_id_of(request)
    with_name = "name" in request.query
    sheet = await open_sheet(services, session, tip_id, with_name=with_name, lang=lang)
    return page(
        request,
        "desk/print.html",
        sheet=sheet,
        tip=sheet.tip,
        team=sheet.tip.standing.team,
        with_name=with_name,
        history=[(deed.on, deed_words(lang, deed)) for deed in sheet.history],
    )


async def _form(request: web.Request, team: str, *, named: bool = False, wrong: str = "") -> web.Response:
    services, session = services_of(request), session_of(request)
    mine = await my_teams(services, session)
    team_id = TeamId(id_of(team)) if team else first_of(mine).id
    chosen = next((one.team for one in mine if one.team.id == team_id), None)
    if chosen is None:
        raise Refused(Reason.UNKNOWN)
    return page(
        request,
        "desk/ledger.html",
        status=409 if wrong else 200,
        teams=mine,
        team=chosen,
        purposes=list(Purpose),
        named=named,
        wrong=wrong,
    )


def _saved(made: Served) -> web.Response:
    headers = {"Content-Disposition": disposition(made.name)}
    return web.Response(body=made.data, content_type=made.mime, headers=headers)
