"""Planning as the office does it by screens: a frame after the county's own round, and five counties to turn."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.ids import OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import CrossRegion, Level, Unit
from handlers.office.plan import assigning, framing, teams
from handlers.office.plan.assigning import Change, Problem
from handlers.office.plan.framing import Frame
from handlers.office.plan.teams import TeamForm
from handlers.people.sessions import Session
from storage.office import teams as stored
from storage.office import units
from storage.office.offices import Office, insert_office
from storage.store import Tx
from tests.world import World


async def refusal(waiting: object) -> str:
    with pytest.raises(Refused) as refused:
        await waiting  # type: ignore[misc]
    return f"{refused.value.reason}:{refused.value.detail}"


@dataclass
class Planner:
    """The clerk who plans."""

    world: World
    session: Session

    def frame(self, ordinal: int = 7, *, days: int = 40, lasts: int = 60, **changes: object) -> Frame:
        """A window that begins `days` from now, after the round that is open."""
        opens = self.world.clock().replace(hour=8, minute=0) + timedelta(days=days)
        closes = (opens + timedelta(days=lasts)).replace(hour=18)
        whole = Frame(14, ordinal, 1, opens, closes, 15, CrossRegion.REFUSE)
        return replace(whole, **changes)  # type: ignore[arg-type]

    async def round(self, ordinal: int = 7, **changes: object) -> RoundId:
        return await framing.make_round(self.world.desk, self.session, self.frame(ordinal, **changes))  # type: ignore[arg-type]

    async def team(self, round_id: RoundId, ordinal: int, home: UnitId | None = None) -> TeamId:
        form = team_form(ordinal, home)
        return await teams.add_team(self.world.desk, self.session, round_id, form)

    async def unit(self, path: str) -> UnitId:
        known = await self.world.house.store.read(lambda tx: units.list_units(tx, self.session.office_id))
        return next(one.id for one in known if one.path == path)

    async def gives(
        self, round_id: RoundId, unit_id: UnitId, team_id: TeamId | None, *, before: TeamId | None = None,
        reason: str = "",
    ) -> list[Problem]:  # fmt: skip
        change = Change(unit_id, before, team_id, reason)
        return await assigning.assign(self.world.desk, self.session, round_id, [change])


async def planner(world: World, login: str = "qiao") -> Planner:
    return Planner(world, (await world.sign_in(login))[1])


def team_form(ordinal: int, home: UnitId | None = None, **changes: object) -> TeamForm:
    whole = TeamForm(ordinal, f"第 {ordinal} 组", f"0000-000000{ordinal}", "", "", home)
    return replace(whole, **changes)  # type: ignore[arg-type]


async def counties(planner: Planner, many: int = 5, towns: int = 3, villages: int = 2) -> list[UnitId]:
    """Invented counties A, B … with townships and villages; their ids."""
    made: list[Unit] = []

    def grow(parent: Unit | None, level: Level, name: str, code: str) -> Unit:
        path = f"{parent.path}/{name}" if parent else name
        unit = Unit(UnitId(new_id()), parent.id if parent else None, level, code, name, path)
        made.append(unit)
        return unit

    for c in "ABCDEFGH"[:many]:
        county = grow(None, Level.COUNTY, f"{c} 县", f"T{c}")
        for t in range(1, towns + 1):
            town = grow(county, Level.TOWNSHIP, f"{c}{t} 镇", f"T{c}{t}")
            for v in range(1, villages + 1):
                grow(town, Level.VILLAGE, f"{c}{t}{v} 村", f"T{c}{t}{v}")
    office_id = planner.session.office_id
    await planner.world.house.store.write(lambda tx: units.insert_units(tx, office_id, made))
    return [unit.id for unit in made if unit.level is Level.COUNTY]


async def another_office(world: World) -> tuple[OfficeId, UnitId]:
    """An office below the county's own, and its one unit."""
    office_id, unit_id = OfficeId(new_id()), UnitId(new_id())
    _, director = await world.sign_in("fang")

    def write(tx: Tx) -> None:
        insert_office(tx, Office(office_id, director.office_id, "别的巡察办", None, "Asia/Shanghai", b"", {}))
        units.insert_units(tx, office_id, [Unit(unit_id, None, Level.COUNTY, "ZZ", "别的县", "别的县")])

    await world.house.store.write(write)
    return office_id, unit_id


async def named(planner: Planner, round_id: RoundId) -> dict[str, str]:
    """The team's name by path of the unit, as far as assigned by name."""

    def load(tx: Tx) -> dict[str, str]:
        made = stored.list_teams(tx, round_id)
        return {unit.path: team.name for team in made for unit in stored.units_of_team(tx, round_id, team.id)}

    return await planner.world.house.store.read(load)
