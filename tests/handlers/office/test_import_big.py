"""The office's real case comes in, in a number of statements that does not grow with its villages."""

from dataclasses import replace

from sqlalchemy import Engine, event

from domain.rounds import Role
from reports.plan import Plan
from tests.handlers.office.big_plan import TEAMS, TOWNSHIPS, VILLAGES, big_plan
from tests.handlers.office.import_side import bring, inspected, look
from tests.reports.plan_edits import read
from tests.world import World


async def test_the_offices_real_case_comes_in_whole_and_stays_as_it_is(world: World) -> None:
    wanted = without_custodians(read(big_plan()))
    made = await bring(world, wanted)
    counts = {tally.part: len(tally.new) for tally in made.changes.tallies}
    assert counts == {"round": 1, "teams": TEAMS, "units": 636, "assignments": TOWNSHIPS, "members": 47}
    assert len(wanted.units) == 5 + TOWNSHIPS + VILLAGES == 636
    assert len(made.invites) == 47
    assert set((await inspected(world, made.round_id)).values()) == {team.name for team in wanted.teams}
    assert (await look(world, wanted)).is_empty


def without_custodians(wanted: Plan) -> Plan:
    """The county has its own."""
    return replace(wanted, members=tuple(row for row in wanted.members if row.role is not Role.CUSTODIAN))


async def test_three_times_the_units_take_no_more_statements(world: World) -> None:
    counted: list[object] = []

    def count(*_: object) -> None:
        counted.append(None)

    ends = []
    event.listen(Engine, "before_cursor_execute", count)
    for ordinal, units in ((7, 0), (8, 700), (9, 2000)):  # the first one invites everybody
        window = {"opens": f"203{ordinal}-01-01 08:00", "closes": f"203{ordinal}-02-01 08:00"}
        wanted = without_custodians(read(big_plan(units=units, **window)))
        await bring(world, replace(wanted, round=replace(wanted.round, ordinal=ordinal)))
        ends.append(len(counted))
    event.remove(Engine, "before_cursor_execute", count)
    assert ends[1] - ends[0] <= ends[2] - ends[1] <= ends[1] - ends[0] + 5  # one more round to look at for overlaps
