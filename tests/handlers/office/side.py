"""A second round of the county: planned, ready to be opened, its people the same as those of the first."""

from dataclasses import replace
from datetime import timedelta

from bot.demo.county import activate, demo_plan
from domain.ids import RoundId
from domain.rounds import Role
from handlers.office import cards
from handlers.office.importing import planning
from handlers.people import roster
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from reports.plan import Plan
from tests.world import PASSWORD, World


def plan_of(world: World, ordinal: int = 7) -> Plan:
    """The county's plan once more, as the round after the open one."""
    plan, later = demo_plan(world.desk), timedelta(days=70)
    window = {"opens_at": plan.round.opens_at + later, "closes_at": plan.round.closes_at + later}
    return replace(plan, round=replace(plan.round, ordinal=ordinal, **window))


async def plan_round(world: World, plan: Plan | None = None) -> RoundId:
    """Imports `plan` as the director would."""
    _, director = await world.sign_in("fang")
    done = await planning.import_plan(world.desk, director.office_id, plan or plan_of(world), director.member_id)
    return done.round_id


async def custodian(world: World, login: str) -> Session:
    """A new custodian, named by the director and activated."""
    _, director = await world.sign_in("fang")
    token = await roster.invite(world.desk, director, Newcomer(login, f"保管{login}", Role.CUSTODIAN))
    return await activate(world.desk, Throttle(), token, PASSWORD)


async def ready_round(world: World, plan: Plan | None = None) -> RoundId:
    """A planned round that lacks nothing but that somebody opens it; ning and qin are to keep its keys."""
    round_id = await plan_round(world, plan)
    await cards.make_all_batches(world.desk, round_id, "入户")
    return round_id
