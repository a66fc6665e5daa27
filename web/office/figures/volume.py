"""The board as pages: figures of the last full hour, what each is of, and the numbers behind it. Decides nothing."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import partial
from operator import itemgetter

from aiohttp import web
from yarl import URL

from domain.errors import Reason, Refused
from domain.ids import BatchId, TeamId
from domain.rounds import OFFICE_ROLES, Round, RoundState
from domain.words import day_of
from handlers.hourly import on_the_hour
from handlers.office import rounds
from handlers.office.figures import milestones, names, numbers, plots, tables
from handlers.office.figures.board import Board
from handlers.office.figures.scope import Scope
from handlers.office.figures.volume import Boards
from handlers.office.watch.alerts import Alerts
from handlers.texts import dated, say
from reports.charts.draw import Drawer, NoCharts
from reports.tables import Table, tables_book
from storage.office.milestones import Milestone
from web.access import LANG, SERVICES, needs, page, services_of, session_of, words_for
from web.answers import xlsx
from web.ids import id_of
from web.office.parts import round_id, round_wanted
from web.people import field

ALERTS = web.AppKey("ALERTS", Alerts)
BOARDS = web.AppKey("BOARDS", Boards)
_DRAWER = web.AppKey("DRAWER", Drawer)
_MILESTONES = "/office/rounds/{round}/milestones"


def register(app: web.Application) -> None:
    """The board, the numbers behind it, its export, and the days that the office names."""
    app[BOARDS], app[ALERTS], app[_DRAWER] = Boards(), Alerts(), Drawer()
    app.cleanup_ctx.append(_count_hourly)
    app.router.add_get("/office", _overview)
    app.router.add_get("/office/numbers", _numbers)
    app.router.add_get("/office/numbers.xlsx", _export)
    app.router.add_post(_MILESTONES, _save_milestone)
    app.router.add_post(f"{_MILESTONES}/drop", _drop_milestone)


async def _count_hourly(app: web.Application) -> AsyncIterator[None]:
    services = app[SERVICES]

    async def count() -> None:
        await app[BOARDS].count_all(services)
        await app[ALERTS].count_all(services)

    task = asyncio.create_task(on_the_hour(services.clock, count), name="hourly boards")
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@needs(*OFFICE_ROLES)
async def _overview(request: web.Request) -> web.StreamResponse:
    chosen = await round_wanted(request)
    if chosen is None:
        return page(request, "office/empty.html", at="overview")
    if chosen.state is RoundState.PLANNED:
        raise web.HTTPSeeOther(f"/office/rounds/{chosen.id.hex()}")
    return await _show(request, chosen)


async def _show(
    request: web.Request, chosen: Round, *, wrong: str = "", typed: Mapping[str, str] | None = None
) -> web.Response:
    """The board, and above the form of milestones what was typed, when nothing came of it."""
    shown, services, session = await _board(request, chosen), services_of(request), session_of(request)
    known = await milestones.list_milestones(services, session, chosen.id)
    others = [row for row in await rounds.list_rounds(services, session) if row.state is not RoundState.PLANNED]
    return page(
        request, "office/board.html", status=409 if wrong else 200, at="overview", board=shown, round=chosen,
        others=others, tiles=tables.tiles(shown, request.app[LANG]), tables=tables.tables(shown, request.app[LANG]),
        charts=await _charts(request, shown, known), milestones=known, wrong=wrong, typed=typed or {},
        longest=milestones.LONGEST, batches=_batches(request, shown), filtered=_filtered(request, shown),
        links=_links(shown), alerts=await request.app[ALERTS].get(services, session),
    )  # fmt: skip


@needs(*OFFICE_ROLES)
async def _numbers(request: web.Request) -> web.StreamResponse:
    chosen = await _needed(request)
    shown = await _board(request, chosen)
    of, at = request.query.get("of", ""), request.query.get("at", "")
    found = _found(request, shown)
    return page(
        request, "office/numbers.html", at="overview", board=shown, round=chosen, found=found,
        filtered=_filtered(request, shown), links=_links(shown),
        export=_address("/office/numbers.xlsx", shown, of=of, at=at),
    )  # fmt: skip


@needs(*OFFICE_ROLES)
async def _export(request: web.Request) -> web.StreamResponse:
    """The tables of the page that asks: of the board, or of the numbers behind a bar."""
    chosen = await _needed(request)
    shown = await _board(request, chosen)
    found = _found(request, shown)
    heading = f"{_counted(chosen, shown, request.app[LANG])}{_filtered(request, shown)}"
    return xlsx(await asyncio.to_thread(tables_book, found, heading), f"board-{shown.sheets.today}.xlsx")


@needs(*OFFICE_ROLES)
async def _save_milestone(request: web.Request) -> web.StreamResponse:
    typed = {name: await field(request, name) for name in ("on", "words")}
    chosen = await _of_path(request)
    try:
        on = day_of(typed["on"])
        if on is None:
            raise Refused(Reason.BAD_INPUT, "milestone-day")
        await milestones.save_milestone(services_of(request), session_of(request), chosen.id, on, typed["words"])
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        return await _show(request, chosen, wrong=words_for(request, refused), typed=typed)
    raise web.HTTPSeeOther(f"/office?round={chosen.id.hex()}#milestones")


@needs(*OFFICE_ROLES)
async def _drop_milestone(request: web.Request) -> web.StreamResponse:
    chosen, on = await _of_path(request), day_of(await field(request, "on"))
    if on is not None:
        await milestones.drop_milestone(services_of(request), session_of(request), chosen.id, on)
    raise web.HTTPSeeOther(f"/office?round={chosen.id.hex()}#milestones")


async def _of_path(request: web.Request) -> Round:
    return await rounds.get_round(services_of(request), session_of(request), round_id(request))


async def _needed(request: web.Request) -> Round:
    chosen = await round_wanted(request)
    if chosen is None:
        raise Refused(Reason.UNKNOWN)
    return chosen


async def _board(request: web.Request, chosen: Round) -> Board:
    """The round's figures of the last full hour, as far as the address asks for them."""
    asked = {name: request.query.get(name, "") for name in ("team", "batch", "from", "to")}
    team, batch = (id_of(asked[name]) if asked[name] else None for name in ("team", "batch"))
    scope = Scope(
        TeamId(team) if team else None, day_of(asked["from"]), day_of(asked["to"]), BatchId(batch) if batch else None
    )
    return await request.app[BOARDS].board(services_of(request), chosen.id, scope)


async def _charts(request: web.Request, shown: Board, known: list[Milestone]) -> Mapping[str, str]:
    """The charts by name; none when they cannot be drawn: their tables stand there anyway."""
    lang, sheets = request.app[LANG], shown.sheets

    def link(of: str, at: str) -> str:
        return _address("/office/numbers", shown, of=of, at=at)

    key = (sheets.round.id, sheets.counted_at, shown.scope, tuple(known), lang)
    try:
        return await request.app[_DRAWER].draw(key, lambda: plots.plots(shown, known, link, lang))
    except NoCharts:
        return {}


def _found(request: web.Request, shown: Board) -> tuple[Table, ...]:
    """The numbers behind the bar that the address names, else those of the whole board. Raises `Refused(UNKNOWN)`."""
    of, at, lang = request.query.get("of", ""), request.query.get("at", ""), request.app[LANG]
    return numbers.numbers(shown, of, at, lang) if of else tuple(tables.tables(shown, lang).values())


def _links(shown: Board) -> dict[str, object]:
    """Addresses that keep to the same part of the round."""
    return {
        "link": lambda of, at="": _address("/office/numbers", shown, of=of, at=at),
        "export": _address("/office/numbers.xlsx", shown),
        "whole": str(URL("/office").with_query(round=shown.sheets.round.id.hex())),
        "home": _address("/office", shown),
    }


def _address(path: str, shown: Board, **more: str) -> str:
    scope = shown.scope
    parts = {
        "round": shown.sheets.round.id.hex(),
        "team": scope.team_id.hex() if scope.team_id else "",
        "from": f"{scope.first or ''}",
        "to": f"{scope.last or ''}",
        "batch": scope.batch_id.hex() if scope.batch_id else "",
        **more,
    }
    return str(URL(path).with_query({name: value for name, value in parts.items() if value}))


def _batches(request: web.Request, shown: Board) -> list[tuple[str, str]]:
    """Id and name of the batches to choose from, in the order of codes."""
    w = partial(say, request.app[LANG])
    named = ((one.batch.id.hex(), names.batch_name(w, shown.sheets, one.batch)) for one in shown.funnels)
    return sorted(named, key=itemgetter(1))


def _filtered(request: web.Request, shown: Board) -> str:
    """Which part of the round is shown, as a sentence; empty for the whole."""
    lang, scope = request.app[LANG], shown.scope
    what = [team.name for team in shown.sheets.teams if team.id == scope.team_id]
    if scope.first and scope.first == scope.last:
        what.append(say(lang, "board-on", day=scope.first))
    else:
        what += [
            say(lang, key, day=day) for key, day in (("board-since", scope.first), ("board-until", scope.last)) if day
        ]
    return say(lang, "board-filtered", what=say(lang, "office-comma").join(what)) if what else ""


def _counted(round_: Round, shown: Board, lang: str) -> str:
    """The round as it stands, and when its figures were counted."""
    at = shown.sheets.counted_at
    opens, closes = dated(lang, round_.opens_at, at.year), dated(lang, round_.ends_at, round_.opens_at.year)
    name = say(lang, "office-round", ordinal=round_.ordinal)
    return say(lang, "office-counted", round=name, opens=opens, closes=closes, at=at, n=shown.workday)
