"""A member of two teams: what a page does by itself, and what its forms do, is about the team it was drawn for."""

import json
import re

import pytest

from domain.rounds import Role
from handlers.desk.team.key_holders import grant_key
from storage.office import teams
from storage.people import members
from storage.people.members import Membership
from tests.web.desk_site import Member, Page, Site

PLACES = {1: "苇庄镇", 2: "青坪乡"}
"""By team."""


@pytest.fixture
async def zhou(site: Site) -> Member:
    """Leads the first team, and sits in the second as well, whose key was given to them."""
    one, shen = await site.member("zhou"), await site.member("shen")
    assert one.session is not None
    assert shen.session is not None
    (second,) = shen.session.teams
    seat = Membership(one.session.member_id, one.session.office_id, second, Role.LIAISON, site.world.clock().date())
    await site.world.house.store.write(lambda tx: members.insert_membership(tx, seat))
    await grant_key(site.world.desk, shen.session, second, one.session.member_id)
    return await site.member("zhou")


@pytest.fixture
async def tip(site: Site, zhou: Member) -> str:
    """The only letter there is went to the team that stands second in the list of their seats."""
    assert zhou.session is not None
    other = zhou.session.teams[1]
    return await site.tip(PLACES[(await site.world.desk.store.read(lambda tx: teams.get_team(tx, other))).ordinal])


def rows(page: Page) -> list[str]:
    return re.findall(r'<tr[^>]* data-tip="(\w{32})"', page.text)


async def test_the_desk_opens_on_the_team_with_letters_and_its_line_speaks_of_that_team(
    site: Site, zhou: Member, tip: str
) -> None:
    assert rows(await zhou.get("/desk")) == [tip]
    changed = json.loads((await zhou.get("/desk/changes?since=0&newest=0")).text)
    assert (changed["new"], changed["changed"]) == (1, [tip])
    assert rows(await zhou.get(f"/desk/rows?ids={tip}")) == [tip]
    cookie = {"Cookie": f"desk={zhou.cookies['desk']}"}
    async with site.http.get(f"{site.url}/desk/events?since=0&newest=0", headers=cookie) as stream:
        await stream.content.readline()
        assert tip in (await stream.content.readline()).decode()


async def test_many_tips_are_those_of_the_team_that_the_desk_opens_on(zhou: Member, tip: str) -> None:
    picked = {"csrf": zhou.csrf, "action": "claim", "tip": f"{tip}.1"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    tried = await zhou.post_bare("/desk/bulk", picked, **form)
    assert "可以办的 1 件" in tried.text
    done = await zhou.post_bare("/desk/bulk/do", picked, **form)
    assert "办好 1 件" in done.text
    (token,) = re.findall(r'name="undo" value="(\w+)"', done.text)
    assert "撤销 1 件" in (await zhou.post("/desk/bulk/undo", {"action": "claim", "undo": token})).text
