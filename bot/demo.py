"""An invented county to try everything on: office, three teams, cards and a few tips, made by the real use cases."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import House
from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.tips import Channel
from handlers import cards, opening, people, planning, sessions
from handlers.admission import the_office
from handlers.converse import Peer, handle
from handlers.events import Chose, Said, Start
from handlers.services import Clock, DeskServices, IntakeServices
from handlers.sessions import Session
from handlers.talk import Step
from handlers.throttle import Throttle
from reports.plan import Plan
from reports.template import template
from reports.workbook import read_plan
from vault import totp

_DATA = Path(__file__).parent / "demo.toml"
OPENED_DAYS_AGO, CLOSES_IN_DAYS = 12, 30


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the round, and the sign-in names by role in the order of the plan."""

    round_id: RoundId
    logins: tuple[str, ...]


def demo_plan(services: DeskServices) -> Plan:
    """The template's own county, with a window around today."""
    plan = read_plan(template())
    now = services.clock().replace(minute=0, second=0, microsecond=0)
    window = replace(
        plan.round,
        opens_at=(now - timedelta(days=OPENED_DAYS_AGO)).replace(hour=8),
        closes_at=(now + timedelta(days=CLOSES_IN_DAYS)).replace(hour=18),
    )
    return replace(plan, round=window)


async def build(house: House, password: str) -> Demo:
    """Makes office, people (all with `password`), an open round and its cards. Raises `Refused` over another office."""
    intake, desk = house.intake, house.desk
    if intake is None or desk is None:
        raise Refused(Reason.NOT_ALLOWED, "a demo needs both halves")
    data, plan, throttle = tomllib.loads(_DATA.read_text("utf-8")), demo_plan(desk), Throttle()
    first = plan.members[0]
    token = await planning.found_office(desk, name=data["office"], login=first.login, director=first.name)
    director = await activate(desk, throttle, token, password)
    office_id = await house.store.read(the_office)
    imported = await planning.import_plan(desk, office_id, plan, director.member_id)
    for _, invite in imported.invites:
        await activate(desk, throttle, invite, password)
    await opening.open_round(desk, director, imported.round_id)
    await cards.make_all_batches(desk, imported.round_id, data["way"])
    return Demo(imported.round_id, tuple(member.login for member in plan.members))


async def activate(services: DeskServices, throttle: Throttle, invite: str, password: str) -> Session:
    """Takes an invite up as its member would: password, second factor, first code."""
    cookie = await people.accept_invite(services, throttle, invite, password)
    half = await sessions.load_session(services, cookie)
    enrolled = await sessions.enrolment(services, half, "demo") if half else None
    if half is None or enrolled is None:
        raise Refused(Reason.UNKNOWN)
    code = totp.code_at(enrolled[0], services.clock())
    full = await sessions.load_session(services, await sessions.confirm_code(services, throttle, half, code))
    if full is None:
        raise Refused(Reason.UNKNOWN)
    return full


async def tell_examples(house: House, demo: Demo) -> int:
    """Lets invented villagers tell the example tips, each on its own day; how many."""
    intake, desk = house.intake, house.desk
    if intake is None or desk is None:
        return 0
    batches = await cards.list_batches(desk, demo.round_id, planning.LANG)
    examples = tomllib.loads(_DATA.read_text("utf-8"))["tips"]
    codes = {view.units[0].name: view.batch.code for view in batches}
    for number, example in enumerate(examples):
        past = replace(intake, clock=_stopped(intake.clock() - timedelta(days=example["days_ago"])))
        await _tell(past, number, codes[example["card"]], example)
    return len(examples)


async def _tell(services: IntakeServices, number: int, code: str, example: dict[str, object]) -> None:
    peer = Peer(Channel(str(example["channel"])), services.secrets.chat_tag("demo", str(number)))
    words = [Said(str(line)) for line in _list(example["words"])]
    answer = await handle(services, peer, Start(code), *words, Chose("done"))
    place = str(example["place"])
    if answer.state.step is Step.WHERE:
        answer = await handle(services, peer, Said(place))
    for choice in _list(example["choices"]):
        event = Said(str(choice)[1:]) if str(choice).startswith("=") else Chose(str(choice))
        answer = await handle(services, peer, event)
    if answer.state.step is not Step.RECEIPT:
        raise Refused(Reason.BAD_INPUT, f"example {number}")
    await handle(services, peer, Chose("noted"))


def _stopped(then: datetime) -> Clock:
    return lambda: then


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
