"""The queue over real HTTP: its address, rows and news for a page that stands, many tips at once, the switch."""

import asyncio
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from bench.tips import fill
from domain.ids import TipId
from domain.tips import Action, Kind, State
from handlers.desk.moves.acting import Wish, act
from handlers.people.sessions import IDLE
from tests.patience import PATIENCE
from tests.web.desk_site import Member, Page, Site


def ids(page: Page) -> list[str]:
    """The tips of a list, top to bottom."""
    return re.findall(r'<tr data-tip="(\w{32})"', page.text)


def picks(page: Page) -> dict[str, str]:
    """What each row's box sends, by tip."""
    return {one.partition(".")[0]: one for one in re.findall(r'name="tip" value="(\w{32}\.\d+)"', page.text)}


def team_of(me: Member) -> str:
    assert me.session is not None
    return me.session.teams[0].hex()


async def filled(site: Site, n: int = 20) -> Member:
    await fill(site.world.house, 1, n)
    return await site.member("zhou")


async def post_many(me: Member, path: str, fields: dict[str, object]) -> Page:
    """A form that carries some of its fields more than once."""
    body = urlencode({"csrf": me.csrf, **fields}, doseq=True)
    return await me.ask("POST", path, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})


async def test_filters_stand_in_the_address_and_go_along_through_views_and_pages(site: Site) -> None:
    me = await filled(site, 150)
    page = await me.get("/desk?view=all&kind=&channel=web&unit=")
    links = [one.replace("&amp;", "&") for one in re.findall(r'href="(/desk\?[^"]+)"', page.text)]
    asked = [parse_qs(urlsplit(one).query) for one in links]
    views = [one for one in asked if one.get("view") in (["late"], ["mine"])]
    assert len(views) == 2
    assert all(one["channel"] == ["web"] for one in views)
    assert "渠道：网页" in page.text
    without = [one for one in asked if one.get("view") == ["all"] and "channel" not in one]
    assert without, "a chip takes its filter off"
    assert 'value="web" selected' in page.text
    (onward,) = [one for one in asked if "after" in one]
    assert onward["channel"] == ["web"]
    second = await me.get("/desk?" + urlencode({name: value[0] for name, value in onward.items()}))
    assert ids(second)
    assert not set(ids(second)) & set(ids(page))
    assert 'rel="prev"' in second.text


async def test_none_is_a_value_of_unit_and_assignee(site: Site) -> None:
    me = await filled(site)
    rows = re.findall(r'<tr data-tip="(\w{32})".*?</tr>', (await me.get("/desk?assignee=none")).text, re.DOTALL)
    everything = (await me.get("/desk?view=nobody")).text
    assert rows == re.findall(r'<tr data-tip="(\w{32})"', everything)
    assert rows
    assert ids(await me.get("/desk?unit=none")) == []
    assert "这样筛选，没有来信" in (await me.get("/desk?unit=none")).text


@pytest.mark.parametrize(
    "query",
    ["view=mine2", "kind=money", "state=gone", "channel=fax", "identity=both", "unit=zz", "unit=" + "00" * 16,
     "assignee=" + "00" * 16, "assignee=me", "after=x", "before=2026-01-01.x", "team=" + "00" * 16],
)  # fmt: skip
async def test_an_address_with_a_value_that_nobody_has_does_not_exist(site: Site, query: str) -> None:
    me = await site.member("zhou")
    answer = await me.get("/desk?" + query)
    assert answer.status == 404
    assert answer.body == (await me.get("/desk/nothing/here")).body


async def test_rows_are_drawn_anew_as_they_stand_now(site: Site) -> None:
    tip, other = await site.tip(), await site.tip("青坪乡")
    me, team = await site.member("zhou"), team_of(await site.member("zhou"))
    assert me.session is not None
    await act(site.world.desk, me.session, TipId(bytes.fromhex(tip)), Wish(Action.ACCEPT, 1))
    page = await me.get(f"/desk/rows?team={team}&view=received&ids={tip},{other},{'00' * 16}")
    assert ids(page) == [tip]
    assert "gone" in page.text
    assert "已不在这里" in page.text
    assert "已受理" in page.text
    assert "待受理 <b>0</b>" in page.text
    assert "<title>待受理 · 第一巡察组</title>" in page.text
    here = await me.get(f"/desk/rows?team={team}&ids={tip}")
    assert "gone" not in here.text
    assert picks(here) == {tip: f"{tip}.2"}
    assert ids(await me.get(f"/desk/rows?team={team}&ids=")) == []
    for wrong in (f"team={team}&ids=zz", f"team={'00' * 16}&ids={tip}", f"team={team}&ids={tip},q"):
        assert (await me.get("/desk/rows?" + wrong)).status == 404


async def said(stream: aiohttp.ClientResponse) -> tuple[str, dict[str, object]]:
    """The next message of a stream and its id."""
    cursor = ""
    async with asyncio.timeout(PATIENCE):
        while not (line := (await stream.content.readline()).decode()).startswith("data: {"):
            cursor = line.removeprefix("id: ").strip() if line.startswith("id: ") else cursor
    return cursor, json.loads(line.removeprefix("data: "))


async def test_a_line_that_broke_goes_on_behind_what_was_heard_last(site: Site) -> None:
    first = await site.tip()
    me = await site.member("zhou")
    cookie = {"Cookie": f"desk={me.cookies['desk']}"}
    url = f"{site.url}/desk/events?team={team_of(me)}&since=0&newest=1"
    async with site.http.get(url, headers=cookie) as stream:
        cursor, heard = await said(stream)
        assert heard == {"new": 0, "changed": [first]}
    second = await site.tip()
    async with site.http.get(url, headers={**cookie, "Last-Event-ID": cursor}) as stream:
        assert (await said(stream))[1] == {"new": 1, "changed": [second]}
    polled = await me.get(f"/desk/changes?team={team_of(me)}&since={cursor}&newest=1")
    assert json.loads(polled.text) == {"cursor": int(cursor) + 1, "new": 1, "changed": [second]}


async def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(site: Site) -> None:
    me = await site.member("zhou")
    query = f"team={team_of(me)}&since=0&newest=0"
    for _ in range(3):
        site.world.clock.now += IDLE / 2
        last = [await me.get(f"/desk/changes?{query}"), await me.get(f"/desk/rows?team={team_of(me)}&ids=")]
    assert [one.status for one in last] == [303, 303]
    async with site.http.get(
        f"{site.url}/desk/events?{query}", headers={"Cookie": f"desk={me.cookies['desk']}"}, allow_redirects=False
    ) as stream:
        assert stream.status == 303


async def test_another_teams_line_is_no_line(site: Site) -> None:
    me, shen = await site.member("zhou"), await site.member("shen")
    for path in ("events", "changes"):
        assert (await me.get(f"/desk/{path}?team={team_of(shen)}&since=0&newest=0")).status == 404
        assert (await me.get(f"/desk/{path}?team={team_of(me)}&since=x&newest=0")).status == 404


async def test_many_tips_are_claimed_and_given_back_by_forms_alone(site: Site) -> None:
    tips = [await site.tip() for _ in range(3)]
    me, tang = await site.member("zhou"), await site.member("tang")
    boxes = picks(await me.get("/desk"))
    assert tang.session is not None
    await act(site.world.desk, tang.session, TipId(bytes.fromhex(tips[1])), Wish(Action.CLAIM, 1))
    query = f"?team={team_of(me)}&view=received"
    tried = await post_many(me, "/desk/bulk" + query, {"action": "claim", "tip": list(boxes.values())})
    assert tried.status == 200
    assert "3 件里，2 件可以办" in tried.text
    assert "有人刚刚改过" in tried.text
    assert sorted(picks(tried)) == sorted([tips[0], tips[2]])
    done = await post_many(me, "/desk/bulk/do" + query, {"action": "claim", "tip": list(picks(tried).values())})
    assert "办好 2 件，共 2 件" in done.text
    assert len(ids(await me.get("/desk?view=mine"))) == 2
    (token,) = re.findall(r'name="undo" value="(\w+)"', done.text)
    undone = await me.post("/desk/bulk/undo" + query, {"action": "claim", "undo": token})
    assert "撤销 2 件，共 2 件" in undone.text
    assert ids(await me.get("/desk?view=mine")) == []
    late = await me.post("/desk/bulk/undo" + query, {"action": "claim", "undo": "00"})
    assert (late.status, "撤销不了" in late.text) == (409, True)


async def test_a_refusal_of_many_asks_for_its_reason_and_says_that_reporters_are_told(site: Site) -> None:
    await site.tip()
    me = await site.member("zhou")
    boxes, query = list(picks(await me.get("/desk")).values()), f"?team={team_of(me)}"
    asked = await post_many(me, "/desk/bulk" + query, {"action": "decline", "tip": boxes})
    assert 'name="reason"' in asked.text
    assert "会怎样" in asked.text
    tried = await post_many(me, "/desk/bulk" + query, {"action": "decline", "reason": "hotline", "tip": boxes})
    assert "告诉了就收不回来" in tried.text
    done = await post_many(me, "/desk/bulk/do" + query, {"action": "decline", "reason": "hotline", "tip": boxes})
    assert "办好 1 件" in done.text
    assert 'name="undo"' not in done.text
    assert len(ids(await me.get("/desk?view=closed"))) == 1


async def test_only_heads_are_offered_to_give_tips_to_others(site: Site) -> None:
    await site.tip()
    zhou, tang = await site.member("zhou"), await site.member("tang")
    assert 'value="assign"' in (await zhou.get("/desk")).text
    assert 'value="assign"' not in (await tang.get("/desk")).text
    box, query = list(picks(await zhou.get("/desk")).values()), f"?team={team_of(zhou)}"
    asked = await post_many(zhou, "/desk/bulk" + query, {"action": "assign", "tip": box})
    people = re.findall(r'name="member" value="(\w{32})"', asked.text)
    assert tang.session is not None
    assert tang.session.member_id.hex() in people
    assert "没有选" not in asked.text
    tried = await post_many(zhou, "/desk/bulk" + query, {"action": "assign", "member": people[0], "tip": box})
    assert "可以办的 1 件" in tried.text
    empty = await post_many(zhou, "/desk/bulk" + query, {"action": "claim"})
    assert (empty.status, "还没有选" in empty.text) == (409, True)
    for wrong in ({"action": "fly", "tip": box}, {"action": "claim", "tip": [f"{'00' * 16}.-1"]}, {}):
        assert (await post_many(zhou, "/desk/bulk" + query, {**wrong})).status == 409
    assert (await post_many(zhou, "/desk/bulk" + query, {"action": "claim", "tip": ["zz.1"]})).status == 404


async def test_the_switch_for_single_keys_is_kept(site: Site) -> None:
    me = await site.member("zhou")
    assert "data-keys" not in (await me.get("/desk")).text.partition("<header")[0]
    assert (await me.post("/me/shortcuts", {"on": "no"})).location == "/me"
    assert 'data-keys="off"' in (await me.get("/desk")).text
    assert "现在关着" in (await me.get("/me")).text
    await me.post("/me/shortcuts", {"on": "yes"})
    assert 'data-keys="off"' not in (await me.get("/desk")).text


async def test_a_claim_says_until_when(site: Site) -> None:
    tip = await site.tip()
    me = await site.member("zhou")
    assert me.session is not None
    await act(site.world.desk, me.session, TipId(bytes.fromhex(tip)), Wish(Action.CLAIM, 1))
    assert re.search(r'title="认领到 \d\d-\d\d \d\d:\d\d，', (await me.get("/desk")).text)


async def test_a_filter_on_identity_says_that_it_looks_into_sealed_letters(site: Site) -> None:
    me = await filled(site, 12)
    page = await me.get(f"/desk?identity=real_name&kind={Kind.PROJECTS}&state={State.RECEIVED}")
    assert page.status == 200
    assert "署名封在信里" in page.text


async def test_the_number_in_the_title_is_that_of_the_view_and_not_of_the_page(site: Site) -> None:
    me = await filled(site, 60)
    (n,) = re.findall(r"<title>\((\d+)\) 全部未销号 · 第一巡察组</title>", (await me.get("/desk")).text)
    assert int(n) > 50
