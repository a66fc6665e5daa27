"""A second round of the county: planned, ready to be opened, its people the same as those of the first."""

from dataclasses import replace

from bot.demo.county import demo_plan
from domain.ids import RoundId
from handlers.office import planning
from reports.plan import Plan
from tests.world import World


def plan_of(world: World, ordinal: int = 7) -> Plan:
    """The county's plan once more, as another round."""
    plan = demo_plan(world.desk)
    return replace(plan, round=replace(plan.round, ordinal=ordinal))


async def plan_round(world: World, plan: Plan | None = None) -> RoundId:
    """Imports `plan` as the director would."""
    _, director = await world.sign_in("fang")
    done = await planning.import_plan(world.desk, director.office_id, plan or plan_of(world), director.member_id)
    return done.round_id
