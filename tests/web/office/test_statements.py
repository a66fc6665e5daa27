"""The office's pages ask the database as often for a large round as for a small one."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine, event

from domain.ids import MemberId, OfficeId, TeamId, new_id
from domain.rounds import Level, Role, Team, TeamKind
from handlers.office import cards
from storage.office import teams, units
from storage.people import members
from storage.people.members import Member, Membership, MemberState
from storage.store import Tx
from tests.web.desk_site import Member as Visitor
from tests.web.desk_site import Site
from tests.world import NOON

PAGES = (
    "/office/cards", "/office/cards/new", "/office/cards/log", "/office/members", "/office/duty",
    "/office/rounds/{round}", "/office", "/office/watch", "/office/trail",
)  # fmt: skip
NEW, MORE = 6, 3
"""Teams that come in; statements that a page may make more. One for each team, member or batch would be too many."""


@pytest.fixture
async def counted() -> AsyncIterator[list[str]]:
    """Every statement from now on."""
    found: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


async def test_twice_the_batches_members_and_teams_take_no_more_statements(site: Site, counted: list[str]) -> None:
    clerk = await site.member("qiao")
    assert clerk.session is not None
    before = await asked(site, clerk, counted)
    await grow(site, clerk.session.office_id)
    after = await asked(site, clerk, counted)
    assert {page: after[page] - n for page, n in before.items() if after[page] > n + MORE} == {}


async def asked(site: Site, clerk: Visitor, counted: list[str]) -> dict[str, int]:
    """How many statements each page makes, the second time it is asked for."""
    found = {}
    for page in PAGES:
        path = page.format(round=site.world.made.round_id.hex())
        for _ in range(2):
            counted.clear()
            assert (await clerk.get(path)).status == 200
        found[page] = len(counted)
    return found


async def grow(site: Site, office_id: OfficeId) -> None:
    """Six more teams in the open round, each with two members, a village and a batch: twice as much and more."""
    world, round_id, today = site.world, site.world.made.round_id, NOON.date()

    def write(tx: Tx) -> None:
        inspected = {row.unit_id for row in teams.list_assignments(tx, round_id)}
        villages = [one for one in units.list_units(tx, office_id) if one.level is Level.VILLAGE]
        free = [one for one in villages if one.id not in inspected]
        for n, village in enumerate(free[:NEW]):
            team = Team(TeamId(new_id()), round_id, 40 + n, f"新组 {n}", TeamKind.TEAM, "010-5555 0100", "")
            teams.insert_team(tx, office_id, team)
            teams.insert_assignment(tx, round_id, village.id, team.id)
            for role in (Role.LEADER, Role.LIAISON):
                one = Member(MemberId(new_id()), office_id, f"new-{n}-{role}", f"新人 {n}", MemberState.ACTIVE)
                members.insert_member(tx, one)
                members.insert_membership(tx, Membership(one.id, office_id, team.id, role, today))

    await world.house.store.write(write)
    assert len(await cards.make_all_batches(world.desk, round_id, "入户", cards=20)) == NEW
