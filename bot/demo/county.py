"""An invented county to try everything on: office, three teams, cards, made by the real use cases."""

import asyncio
import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.app import House
from domain.errors import BadSeal, Reason, Refused
from domain.ids import RoundId
from handlers.intake.admission import the_office
from handlers.office import cards
from handlers.office.importing import planning
from handlers.office.rounds import opening
from handlers.people import accounts, sessions
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from handlers.people.wrapping import wrapped_of
from handlers.services import DeskServices
from reports.plan import Plan
from reports.template import template
from reports.unpacking import unpack
from reports.workbook import read_plan
from storage.people import keys, members
from storage.people.sessions import Stage
from storage.store import Tx
from vault import totp
from vault.members import unlock

DATA = Path(__file__).parent / "demo.toml"
OPENED_DAYS_AGO, CLOSES_IN_DAYS = 35, 30
EACH = 10
"""Cards of each batch."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the round, and the sign-in names by role in the order of the plan."""

    round_id: RoundId
    logins: tuple[str, ...]


def demo_plan(services: DeskServices) -> Plan:
    """The template's own county, in the round before the template's, with a window around today."""
    plan = read_plan(template(), open_=unpack)
    now = services.clock().replace(minute=0, second=0, microsecond=0)
    window = replace(
        plan.round,
        ordinal=plan.round.ordinal - 1,
        opens_at=(now - timedelta(days=OPENED_DAYS_AGO)).replace(hour=8),
        closes_at=(now + timedelta(days=CLOSES_IN_DAYS)).replace(hour=18),
    )
    return replace(plan, round=window)


async def build(house: House, password: str) -> Demo:
    """Makes office, people (all with `password`), an open round and its cards. Raises `Refused` over another office."""
    intake, desk = house.intake, house.desk
    if intake is None or desk is None:
        raise Refused(Reason.NOT_ALLOWED, "a demo needs both halves")
    data, plan, throttle = tomllib.loads(DATA.read_text("utf-8")), demo_plan(desk), Throttle()
    first = plan.members[0]
    token = await planning.found_office(desk, name=data["office"], login=first.login, director=first.name)
    director = await activate(desk, throttle, token, password)
    office_id = await house.store.read(the_office)
    imported = await planning.import_plan(desk, office_id, plan, director.member_id)
    for _, invite in imported.invites:
        await activate(desk, throttle, invite, password)
    await cards.make_all_batches(desk, imported.round_id, data["way"], cards=EACH)
    await opening.open_round(desk, director, imported.round_id)
    return Demo(imported.round_id, tuple(member.login for member in plan.members))


async def activate(services: DeskServices, throttle: Throttle, invite: str, password: str) -> Session:
    """Takes an invite up as its member would: password, second factor, first code."""
    cookie = await accounts.accept_invite(services, throttle, invite, password)
    half = await sessions.load_session(services, cookie)
    enrolled = await sessions.enrolment(services, half, "demo") if half else None
    if half is None or enrolled is None:
        raise Refused(Reason.UNKNOWN)
    code = totp.code_at(enrolled[0], services.clock())
    full = await sessions.load_session(services, await sessions.confirm_code(services, throttle, half, code))
    if full is None:
        raise Refused(Reason.UNKNOWN)
    return full


async def enter(desk: DeskServices, login: str, password: str) -> str:
    """The cookie of a full session, by the demo's password and without the second factor. Raises `Refused`."""

    def load(tx: Tx) -> tuple[members.Member | None, keys.Key | None]:
        member = members.member_by_login(tx, the_office(tx), login)
        return member, keys.member_key(tx, member.id) if member else None

    member, key = await desk.store.read(load)
    wrapped = wrapped_of(key)
    if member is None or wrapped is None:
        raise Refused(Reason.UNKNOWN)
    try:
        seed = await asyncio.to_thread(unlock, password, *wrapped)
    except BadSeal:
        raise Refused(Reason.BAD_SIGN_IN) from None
    return await sessions.begin(desk, member.id, seed, Stage.FULL)
