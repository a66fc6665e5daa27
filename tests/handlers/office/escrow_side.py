"""A round whose keys two custodians keep, and short ways to their chest."""

import pytest

from domain.errors import Refused
from domain.ids import RoundId
from domain.rounds import Team, TeamKind
from handlers.office.keys import withdrawing
from handlers.office.rounds import opening
from handlers.people.sessions import Session
from storage.office import teams
from storage.people import audit
from tests.handlers.office.side import ready_round
from tests.world import PASSWORD, World

BOTH = (PASSWORD, PASSWORD)


async def director(world: World) -> Session:
    return (await world.sign_in("fang"))[1]


async def kept_round(world: World) -> RoundId:
    """An open seventh round whose keys ning and qin keep."""
    round_id = await ready_round(world)
    await opening.open_round(world.desk, await director(world), round_id)
    return round_id


async def team_of(world: World, round_id: RoundId, ordinal: int = 1, kind: TeamKind = TeamKind.TEAM) -> Team:
    listed = await world.house.store.read(lambda tx: teams.list_teams(tx, round_id))
    return next(one for one in listed if (one.kind, one.ordinal) == (kind, ordinal))


async def refused(work) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        await work
    return str(caught.value.detail)


async def chest(world: World, team: Team, generation: int = 0) -> withdrawing.Chest:
    office_id = (await director(world)).office_id
    return await withdrawing.find(world.desk, office_id, 7, str(team.ordinal), generation)


async def lines(world: World) -> list[audit.Entry]:
    office_id = (await director(world)).office_id
    return [line.entry for line in await world.house.store.read(lambda tx: audit.list_lines(tx, office_id))]
