"""Scans as a browser sends them, and how many were counted."""

from domain.ids import BatchId
from domain.rounds import Target
from handlers.intake import scanning, scans
from handlers.office import cards
from storage.desk import counters
from tests.web.site import Surfer
from tests.world import World

TOWN = "苇庄镇"


def waiting(world: World) -> scans.Waiting:
    """What is not put down yet; it goes on waiting."""
    taken = world.intake.scans.take()
    world.intake.scans.give_back(taken)
    return taken


async def counted(world: World) -> dict[BatchId, int]:
    """Scans by batch in the database, after those in memory were put down."""
    await scanning.put_down(world.intake)
    steps = await world.house.store.read(lambda tx: counters.read_funnel(tx, world.made.round_id))
    return {batch: n for (batch, step), n in steps.items() if step == "scan" and batch is not None}


async def batch_of(world: World, *, is_test: bool = False, target: Target = Target.WEB) -> tuple[BatchId, str]:
    view = world.batches[TOWN]
    made = await cards.make_batch(
        world.desk, round_id=view.round.id, team_id=view.team.id, unit_ids=(view.units[0].id,), way="试",
        is_test=is_test, target=target,
    )  # fmt: skip
    return made, (await cards.get_batch(world.desk, view.round.office_id, made, "zh")).batch.code


async def beacon(surfer: Surfer, code: str, **headers: str) -> int:
    async with surfer.session.post(f"{surfer.url}/k/{code}/scan", data=b"", headers=headers) as answer:
        assert await answer.read() == b"" or answer.status >= 400
        return answer.status
