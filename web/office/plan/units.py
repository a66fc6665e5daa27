"""The office's units as pages: the tree, folded by township, and a page for each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiohttp import web

from domain.errors import Refused
from domain.ids import UnitId
from domain.rounds import OFFICE_ROLES
from handlers.office.plan import units
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of
from web.office.parts import Question, confirm, words
from web.office.plan.parts import unit_id
from web.people import field

_PATH = "/office/units"
_DONE = ("add", "change", "remove", "alias")


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _tree)
    app.router.add_post(_PATH, _add_county)
    app.router.add_get(f"{_PATH}/{{unit}}", _one)
    app.router.add_post(f"{_PATH}/{{unit}}", _change)
    app.router.add_post(f"{_PATH}/{{unit}}/below", _add_below)
    app.router.add_post(f"{_PATH}/{{unit}}/aliases", _add_alias)
    app.router.add_post(f"{_PATH}/{{unit}}/aliases/drop", _drop_alias)
    app.router.add_get(f"{_PATH}/{{unit}}/remove", _ask_remove)
    app.router.add_post(f"{_PATH}/{{unit}}/remove", _remove)


@needs(*OFFICE_ROLES)
async def _tree(request: web.Request) -> web.StreamResponse:
    return await _show_tree(request, 200, {})


@needs(*OFFICE_ROLES)
async def _add_county(request: web.Request) -> web.StreamResponse:
    typed = {"name": await field(request, "name"), "code": await field(request, "code")}
    try:
        await units.add_unit(services_of(request), session_of(request), None, **typed)
    except Refused as refused:
        return await _show_tree(request, 409, typed, words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}?saved=add")


@needs(*OFFICE_ROLES)
async def _one(request: web.Request) -> web.StreamResponse:
    return await _show_one(request, 200, {})


@needs(*OFFICE_ROLES)
async def _change(request: web.Request) -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    typed = {name: await field(request, name) for name in ("name", "code")}
    view = await units.view_unit(services, session, unit_id(request))
    stood = replace(view.unit, name=await field(request, "was-name"), code=await field(request, "was-code"))
    try:
        await units.change_unit(services, session, stood, **typed)
    except Refused as refused:
        return await _show_one(request, 409, typed, words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}/{unit_id(request).hex()}?saved=change")


@needs(*OFFICE_ROLES)
async def _add_below(request: web.Request) -> web.StreamResponse:
    parent, name, code = unit_id(request), await field(request, "new-name"), await field(request, "new-code")
    try:
        await units.add_unit(services_of(request), session_of(request), parent, name=name, code=code)
    except Refused as refused:
        return await _show_one(request, 409, {"new-name": name, "new-code": code}, words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}/{parent.hex()}?saved=add")


@needs(*OFFICE_ROLES)
async def _add_alias(request: web.Request) -> web.StreamResponse:
    alias = await field(request, "alias")
    try:
        await units.add_alias(services_of(request), session_of(request), unit_id(request), alias)
    except Refused as refused:
        return await _show_one(request, 409, {"alias": alias}, words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}/{unit_id(request).hex()}?saved=alias")


@needs(*OFFICE_ROLES)
async def _drop_alias(request: web.Request) -> web.StreamResponse:
    here = unit_id(request)
    await units.drop_alias(services_of(request), session_of(request), here, await field(request, "alias"))
    raise web.HTTPSeeOther(f"{_PATH}/{here.hex()}?saved=alias")


@needs(*OFFICE_ROLES)
async def _ask_remove(request: web.Request) -> web.StreamResponse:
    view = await units.view_unit(services_of(request), session_of(request), unit_id(request))
    lang, here = request.app[LANG], f"{_PATH}/{view.unit.id.hex()}"
    return confirm(
        request,
        Question(
            at="rounds",
            title=say(lang, "plan-unit-remove-title", name=view.unit.name),
            consequence=say(lang, "plan-unit-remove-is"),
            verb=say(lang, "plan-unit-remove-do", name=view.unit.name),
            action=f"{here}/remove",
            back=here,
        ),
    )


@needs(*OFFICE_ROLES)
async def _remove(request: web.Request) -> web.StreamResponse:
    try:
        await units.remove_unit(services_of(request), session_of(request), unit_id(request))
    except Refused as refused:
        return await _show_one(request, 409, {}, words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}?saved=remove")


async def _show_tree(
    request: web.Request, status: int, typed: Mapping[str, str], wrong: Sequence[str] = ()
) -> web.Response:  # fmt: skip
    services, session = services_of(request), session_of(request)
    wanted = request.query.get("find", "").strip()
    found = await units.find(services, session, wanted) if wanted else []
    tree = await units.read_tree(services, session)
    shown = {"tree": tree, "wanted": wanted, "found": found, "typed": typed, "wrong": wrong, "saved": _saved(request)}
    return page(request, "office/plan_units.html", status=status, at="rounds", **shown)


async def _show_one(
    request: web.Request, status: int, typed: Mapping[str, str], wrong: Sequence[str] = ()
) -> web.Response:  # fmt: skip
    view = await units.view_unit(services_of(request), session_of(request), UnitId(unit_id(request)))
    stands = {"name": view.unit.name, "code": view.unit.code}
    shown = {"view": view, "stands": stands, "typed": stands | dict(typed), "wrong": wrong, "saved": _saved(request)}
    return page(request, "office/plan_unit.html", status=status, at="rounds", **shown)


def _saved(request: web.Request) -> str:
    saved = request.query.get("saved", "")
    return saved if saved in _DONE else ""
