"""A new round, or the frame of one that is not opened yet, as a form. Nothing typed is lost when it is refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiohttp import web

from domain.clocks import MOST_DAYS
from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES, CrossRegion, Round, RoundState
from handlers.office import rounds
from handlers.office.plan import framing
from handlers.office.plan.copying import Copy
from handlers.office.plan.framing import Frame
from web.access import needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import round_id, whole, words
from web.office.plan.parts import moment
from web.people import field

PARTS = ("teams", "seats", "deadlines", "texts", "assignments")
"""What can be taken from another round, each by its own box."""

_FIELDS = ("term", "ordinal", "phase", "opens", "closes", "accept", "rule")


def register(app: web.Application) -> None:
    app.router.add_get("/office/rounds/new", _blank)
    app.router.add_post("/office/rounds/new", _make)
    app.router.add_get("/office/rounds/{round}/frame", _frame)
    app.router.add_post("/office/rounds/{round}/frame", _change)


@needs(*OFFICE_ROLES)
async def _blank(request: web.Request) -> web.StreamResponse:
    source = await _source(request, request.query.get("like", ""))
    known = await rounds.list_rounds(services_of(request), session_of(request))
    typed = _next(source or next(iter(known), None)) | ({f"copy-{part}": "yes" for part in PARTS} if source else {})
    return await _show_new(request, 200, typed, source)


@needs(*OFFICE_ROLES)
async def _make(request: web.Request) -> web.StreamResponse:
    typed = await _typed(request)
    source = await _source(request, await field(request, "like"))
    try:
        copy = Copy(source.id, **{part: bool(typed[f"copy-{part}"]) for part in PARTS}) if source else None
        made = await framing.make_round(services_of(request), session_of(request), _read(request, typed), copy)
    except Refused as refused:
        return await _show_new(request, 409, typed, source, words(request, refused))
    raise web.HTTPSeeOther(f"/office/rounds/{made.hex()}")


@needs(*OFFICE_ROLES)
async def _frame(request: web.Request) -> web.StreamResponse:
    round_ = await rounds.get_round(services_of(request), session_of(request), round_id(request))
    return _show_frame(request, 200, round_, _stands(round_), version=round_.version)


@needs(*OFFICE_ROLES)
async def _change(request: web.Request) -> web.StreamResponse:
    services, session, here = services_of(request), session_of(request), round_id(request)
    typed, version = await _typed(request), whole(await field(request, "version"))
    try:
        await framing.change_frame(services, session, here, version, _read(request, typed))
    except Refused as refused:
        wrong = words(request, refused)
        round_ = await rounds.get_round(services, session, here)
        # Who comes second is shown what stands now, and may then save over it knowingly.
        shown = round_.version if refused.reason is Reason.STALE else version
        return _show_frame(request, 409, round_, typed, version=shown, wrong=wrong)
    raise web.HTTPSeeOther(f"/office/rounds/{here.hex()}")


async def _show_new(
    request: web.Request, status: int, typed: Mapping[str, str], source: Round | None, wrong: Sequence[str] = ()
) -> web.Response:  # fmt: skip
    known = await rounds.list_rounds(services_of(request), session_of(request))
    shown = {"typed": typed, "source": source, "known": known, "wrong": wrong, "parts": PARTS}
    return page(request, "office/plan_round.html", status=status, at="rounds", round=None, most=MOST_DAYS, **shown)


def _show_frame(
    request: web.Request, status: int, round_: Round, typed: Mapping[str, str], *, version: int,
    wrong: Sequence[str] = (),
) -> web.Response:  # fmt: skip
    shown = {"typed": typed, "stands": _stands(round_), "wrong": wrong, "version": version}
    locked = round_.state is not RoundState.PLANNED
    return page(
        request, "office/plan_round.html", status=status, at="rounds", round=round_, locked=locked, most=MOST_DAYS,
        **shown,
    )  # fmt: skip


async def _source(request: web.Request, text: str) -> Round | None:
    """The round to be copied. Raises 404 for one that is not ours."""
    if not text:
        return None
    return await rounds.get_round(services_of(request), session_of(request), RoundId(id_of(text)))


async def _typed(request: web.Request) -> dict[str, str]:
    boxes = tuple(f"copy-{part}" for part in PARTS)
    return {name: (await field(request, name)).strip() for name in (*_FIELDS, *boxes)}


def _read(request: web.Request, typed: Mapping[str, str]) -> Frame:
    """Raises `Refused(BAD_INPUT)` for a moment that is none, or a rule that is none."""
    if typed["rule"] not in set(CrossRegion):
        raise Refused(Reason.BAD_INPUT, "plan-rule")
    return Frame(
        whole(typed["term"]),
        whole(typed["ordinal"]),
        whole(typed["phase"]),
        moment(request, typed["opens"]),
        moment(request, typed["closes"]),
        whole(typed["accept"]),
        CrossRegion(typed["rule"]),
    )


def _next(last: Round | None) -> dict[str, str]:
    """What a new round begins with: the number after the last one, and no window."""
    if last is None:
        return {"accept": "15", "rule": CrossRegion.REFUSE, "phase": "1"}
    numbers = {"term": str(last.term), "ordinal": str(last.ordinal + 1), "phase": "1"}
    return {**numbers, "accept": str(last.accept_days), "rule": last.cross_region}


def _stands(round_: Round) -> dict[str, str]:
    numbers = {"term": str(round_.term), "ordinal": str(round_.ordinal), "phase": str(round_.phase)}
    window = {"opens": _local(round_.opens_at), "closes": _local(round_.closes_at)}
    return {**numbers, **window, "accept": str(round_.accept_days), "rule": round_.cross_region.value}


def _local(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"
