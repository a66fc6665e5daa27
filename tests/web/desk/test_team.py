"""The team's page over real HTTP and in a browser: its group and its frequent words, and what a refusal leaves."""

import re

from playwright.async_api import Browser

from handlers.desk.team import canned, group
from storage.intake import outbox
from storage.intake.outbox import OutChannel
from storage.office import teams
from storage.people import audit
from tests.browser import phone
from tests.handlers.desk.group_side import KEY, ROBOT, group_messages
from tests.web.desk_site import Member, Page, Site

LONG = "话" * 501


async def team_of(member: Member) -> str:
    assert member.session is not None
    return member.session.teams[0].hex()


async def send(member: Member, path: str, **fields: str) -> Page:
    return await member.post(f"/desk/team/{path}", {"team": await team_of(member), **fields})


async def test_a_leader_links_a_robot_tries_it_sets_the_times_and_unlinks_it(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    assert "还没有连上群" in (await zhou.get("/desk/team")).text
    assert (await send(zhou, "robot", address=ROBOT)).status == 303
    linked = (await zhou.get("/desk/team")).text
    assert "连上了一个企业微信群的机器人" in linked
    assert KEY not in linked
    tried = await send(zhou, "try")
    assert "交给群了" in (await zhou.get(tried.location.partition("#")[0])).text
    ((key, text),) = await group_messages(site.world)
    assert key == KEY
    assert text.endswith("http://127.0.0.1/desk")
    saved = await send(zhou, "times", **{"mode": "digest", "from": "21:00", "to": "08:00"})
    shown = (await zhou.get(saved.location.partition("#")[0])).text
    assert re.search(r'value="digest" checked', shown)
    assert shown.count("<option selected>21:00</option>") == shown.count("<option selected>08:00</option>") == 1
    assert (await send(zhou, "unlink")).status == 303
    assert "还没有连上群" in (await zhou.get("/desk/team")).text
    lines = await site.world.house.store.read(
        lambda tx: audit.lines_about(tx, zhou.session.office_id, "team", zhou.session.teams[0])
    )
    assert [line.entry.act for line in lines][-4:] == ["link-robot", "try-group", "set-notices", "unlink-group"]


async def test_an_address_that_is_no_robots_is_refused_in_words_and_not_shown_again(site: Site) -> None:
    zhou = await site.member("zhou")
    for address in ("", "https://example.org/hook?key=secret", ROBOT.replace("https", "http"), "x" * 1_000_000):
        answer = await send(zhou, "robot", address=address)
        assert answer.status == 409
        assert "这不是企业微信群机器人的地址" in answer.text
        assert "example.org/hook" not in answer.text
    assert (await site.world.house.store.read(outbox.pending)) == 0


async def test_times_that_are_wrong_are_refused_in_words_and_stay_in_the_form(site: Site) -> None:
    zhou = await site.member("zhou")
    await send(zhou, "robot", address=ROBOT)
    for fields, words in (
        ({"mode": "digest", "from": "21:00", "to": ""}, "从几点到几点"),
        ({"mode": "digest", "from": "21:00", "to": "21:00"}, "上班的时间"),
        ({"mode": "weekly", "from": "21:00", "to": "08:00"}, "请选一种"),
    ):
        answer = await send(zhou, "times", **fields)
        assert answer.status == 409
        assert words in answer.text
        assert "<option selected>21:00</option>" in answer.text


async def test_members_see_the_group_and_the_words_and_no_form_for_them(site: Site) -> None:
    zhou, tang = await site.member("zhou"), await site.member("tang")
    await send(zhou, "robot", address=ROBOT)
    shown = (await tang.get("/desk/team")).text
    assert "连上了一个企业微信群的机器人" in shown
    assert "什么时候" in shown
    assert "/desk/team/canned" not in shown
    assert "/desk/team/robot" not in shown


async def test_another_team_cannot_be_named_in_any_form(site: Site) -> None:
    zhou, shen = await site.member("zhou"), await site.member("shen")
    ours = await team_of(zhou)
    for path in ("link", "robot", "try", "times", "unlink", "canned", "canned/change", "canned/remove",
                 "canned/suggested"):  # fmt: skip
        fields = {"address": ROBOT, "mode": "off", "title": "名", "body": "话", "reply": "ab" * 16, "version": "1"}
        theirs = await shen.post(f"/desk/team/{path}", {**fields, "team": ours})
        unknown = await shen.post(f"/desk/team/{path}", {**fields, "team": "cd" * 16})
        assert (theirs.status, theirs.body) == (404, unknown.body), path
    assert shen.session is not None
    kept = await site.world.house.store.read(lambda tx: teams.get_group(tx, bytes.fromhex(ours)))  # type: ignore[arg-type]
    assert kept.channel is None


async def test_words_are_added_changed_and_removed_without_script(site: Site) -> None:
    zhou = await site.member("zhou")
    assert (await send(zhou, "canned", title="哪一年", body="是哪一年？<b>")).status == 303
    page = (await zhou.get("/desk/team")).text
    assert "是哪一年？&lt;b&gt;" in page
    reply, version = _form_of(page, "哪一年")
    assert (await send(zhou, "canned/change", reply=reply, version=version, title="哪年", body="哪年？")).status == 303
    assert "哪年？" in (await zhou.get("/desk/team")).text
    assert (await send(zhou, "canned/remove", reply=reply)).status == 303
    assert (await send(zhou, "canned/remove", reply=reply)).status == 303
    assert "哪年？" not in (await zhou.get("/desk/team")).text


def _form_of(page: str, title: str) -> tuple[str, str]:
    form = next(part for part in page.split("<form")[1:] if f'value="{title}"' in part)
    found = re.search(r'name="reply" value="(\w+)"><input type="hidden" name="version" value="(\d+)"', form)
    assert found
    return found[1], found[2]


async def test_what_was_typed_survives_a_refusal_a_race_and_a_removal(site: Site) -> None:
    zhou, heyu = await site.member("zhou"), await site.member("heyu")
    refused = await send(zhou, "canned", title="名", body=LONG)
    assert refused.status == 409
    assert LONG in refused.text
    assert "500 个字以内" in refused.text
    reply, version = _form_of((await zhou.get("/desk/team")).text, "什么时候")
    mine = {"reply": reply, "version": version, "title": "什么时候", "body": "周宁写的"}
    assert (await send(heyu, "canned/change", **{**mine, "body": "何雨写的"})).status == 303
    late = await send(zhou, "canned/change", **mine)
    assert late.status == 409
    assert "周宁写的" in late.text
    assert "何雨写的" in late.text
    again = _form_of(late.text, "什么时候")
    assert (await send(zhou, "canned/change", **{**mine, "version": again[1]})).status == 303
    assert (await send(heyu, "canned/remove", reply=reply)).status == 303
    gone = await send(zhou, "canned/change", **{**mine, "version": "9" * 5000})
    assert gone.status == 409
    assert "刚刚删掉" in gone.text
    assert "周宁写的" in gone.text


async def test_a_team_without_words_is_offered_the_usual_ones(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    for one in await canned.list_replies(site.world.desk, zhou.session, zhou.session.teams[0]):
        await send(zhou, "canned/remove", reply=one.id.hex())
    assert "先放几句常用的" in (await zhou.get("/desk/team")).text
    assert (await send(zhou, "canned/suggested")).status == 303
    assert "还有谁知道" in (await zhou.get("/desk/team")).text


async def test_a_liaison_on_a_phone_without_script_links_a_robot_and_unlinks_it(site: Site, browser: Browser) -> None:
    heyu = await site.member("heyu")
    assert heyu.session is not None
    context = await phone(browser, script=False)
    await context.add_cookies([{"name": "desk", "value": heyu.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    await page.goto(f"{site.url}/desk/team?team={await team_of(heyu)}")
    await page.fill("#address", ROBOT)
    await page.click("text=连上这个群")
    await page.wait_for_selector("text=连上了一个企业微信群的机器人")
    await page.click("text=断开这个群")
    await page.click("button:text-is('断开')")
    await page.wait_for_selector("text=还没有连上群")
    shown = await group.read_group(site.world.desk, heyu.session, heyu.session.teams[0])
    assert shown.channel is None
    assert OutChannel.WECOM.value not in await page.content()
    await context.close()
