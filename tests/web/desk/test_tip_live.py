"""A tip's own line: who else looks, what is new. It opens nothing, keeps nobody signed in and locks nobody out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from sqlalchemy import func, select

from domain.ids import TipId
from handlers.desk.tip.presence import be_there, glance
from storage.people import audit
from storage.schema.tips import presence
from tests.patience import PATIENCE
from tests.web.desk.tip_side import at_work
from tests.web.desk_site import Member, Site


@dataclass
class Line:
    """A page's line, read as a browser reads it."""

    stream: aiohttp.ClientResponse

    async def told(self) -> dict[str, str]:
        """The next thing that is said; signs of life are no news."""
        async with asyncio.timeout(PATIENCE):
            while True:
                line = (await self.stream.content.readline()).decode()
                assert line, "the line has ended"
                if line.startswith("data: "):
                    return dict(json.loads(line.removeprefix("data: ")))

    async def ends(self) -> bool:
        async with asyncio.timeout(PATIENCE):
            return bool(await self.stream.content.read()) or True


@asynccontextmanager
async def listening(site: Site, member: Member, tip: str) -> AsyncIterator[Line]:
    headers = {"Cookie": f"desk={member.cookies['desk']}"}
    async with site.http.get(f"{site.url}/desk/tips/{tip}/live", headers=headers) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        yield Line(stream)


async def test_two_who_look_are_shown_to_each_other_and_a_third_to_none_who_looks_elsewhere(site: Site) -> None:
    tip, other = await site.tip(), await site.tip()
    zhou, tang, heyu = [await site.member(name) for name in ("zhou", "tang", "heyu")]
    async with listening(site, zhou, tip) as his, listening(site, heyu, other):
        assert (await his.told())["others"] == ""
        async with listening(site, tang, tip) as hers:
            assert (await hers.told())["others"] == "周宁也在看"
            assert (await his.told())["others"] == "唐立也在看"
            page = await heyu.get(f"/desk/tips/{tip}")
            assert "唐立" in page.text.split('id="others"')[1].split("</div>")[0]
            assert "周宁" in page.text.split('id="others"')[1].split("</div>")[0]
            assert "何雨也在看" not in page.text


async def test_a_closed_laptop_is_forgotten_and_blocks_nobody(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    assert zhou.member.session is not None
    assert tang.member.session is not None
    desk, tip_id = site.world.desk, TipId(bytes.fromhex(tip))
    await be_there(desk, zhou.member.session, tip_id)
    assert "周宁也在看" in (await tang.reads()).text
    site.world.clock.forward(seconds=29)
    assert "周宁也在看" in (await tang.reads()).text
    site.world.clock.forward(seconds=2)
    assert "周宁也在看" not in (await tang.reads()).text
    assert (await tang.sends("accept")).status == 303
    await be_there(desk, tang.member.session, tip_id)
    rows = select(func.count()).select_from(presence)
    assert await site.world.house.store.read(lambda tx: tx.execute(rows).scalar()) == 1


async def test_news_of_a_tip_are_announced_whoever_makes_them(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    async with listening(site, zhou.member, tip) as line:
        first = await line.told()
        assert f'data-mark="{first["mark"]}"' in zhou.page.text
        await tang.does("write", to="note", text="先看账")
        second = await line.told()
        assert second["mark"] != first["mark"]
        await tang.does("claim")
        third = await line.told()
        assert third["mark"] not in {first["mark"], second["mark"]}
        assert f'data-mark="{third["mark"]}"' in (await zhou.reads()).text


async def test_a_line_says_no_word_of_the_tip_and_is_no_opening(site: Site) -> None:
    tip, zhou = await site.tip(words="机耕路有两段"), await site.member("zhou")
    assert zhou.session is not None
    office = zhou.session.office_id
    before = await site.world.house.store.read(lambda tx: len(audit.list_lines(tx, office)))
    async with listening(site, zhou, tip) as line:
        assert (await line.told()).keys() == {"mark", "others"}
    assert await site.world.house.store.read(lambda tx: len(audit.list_lines(tx, office))) == before


async def test_a_line_ends_with_the_session_and_is_none_for_another_team(site: Site) -> None:
    tip, zhou, shen = await site.tip(), await site.member("zhou"), await site.member("shen")
    theirs, unknown = await shen.get(f"/desk/tips/{tip}/live"), await shen.get(f"/desk/tips/{'cd' * 16}/live")
    assert (theirs.status, theirs.body) == (404, unknown.body)
    async with listening(site, zhou, tip) as line:
        await line.told()
        await zhou.post("/sign-out")
        assert await line.ends()


async def test_a_glance_counts_a_members_own_other_window_as_nobody(site: Site) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    assert zhou.session is not None
    tip_id = TipId(bytes.fromhex(tip))
    await be_there(site.world.desk, zhou.session, tip_id)
    assert (await glance(site.world.desk, zhou.session, tip_id)).others == ()
