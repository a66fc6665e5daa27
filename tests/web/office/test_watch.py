"""督办 over HTTP: the page, a reminder's way to the desk and back, the wall, what was put away, the archive."""

import re

from domain.ids import new_id
from domain.rounds import TeamKind
from domain.tips import Action
from storage.office.reminders import Reminder, insert_reminder
from tests.handlers.office.watch_side import FIRST, WORDS, moves, team_id, tell, tell_of_us
from tests.web.desk_site import Member, Page, Site
from web.office.figures.volume import BOARDS


def is_plain(page: Page) -> bool:
    """Whether the page does without any script or inline style, and says so to the browser."""
    policy = page.headers["Content-Security-Policy"]
    return "<script" not in page.text and "style=" not in page.text and "default-src 'none'" in policy


async def later(site: Site, login: str, **by: float) -> Member:
    """The member, signed in anew once so much time has gone by."""
    site.world.clock.forward(**by)
    return await site.member(login)


async def test_the_page_says_what_is_to_be_done_and_how_every_team_stands(site: Site) -> None:
    await tell(site.world, "a")
    clerk = await later(site, "qiao", days=40)
    page = await clerk.get("/office/watch")
    assert (page.status, is_plain(page)) == (200, True)
    first = (await team_id(site.world, 1)).hex()
    assert "第一巡察组有来信等着受理，3 个工作日没有人打开过来信" in page.text
    assert f'href="/office/watch/teams/{first}"' in page.text
    assert "最早的一件 11 月 11 日 收到" in page.text
    assert "密钥文件夹还没有另存一份" in page.text
    assert "还没有备份过" in page.text
    assert re.search(r'第一巡察组</th>.*?<b class="watch-late">1</b>', page.text, re.S)
    assert "回避组" not in page.text
    assert WORDS[:4] not in page.text


async def test_no_figure_moves_while_somebody_watches(site: Site) -> None:
    clerk = await site.member("qiao")
    pages = ("/office/watch", "/office/wall")
    before = [(await clerk.get(path)).text for path in pages]
    await tell(site.world, "a")
    assert [(await clerk.get(path)).text for path in pages] == before


async def test_late_numbers_move_on_the_full_hour_and_not_when_a_team_works(site: Site) -> None:
    tip = await tell(site.world, "a")
    clerk = await later(site, "qiao", days=40)
    here = f"/office/watch/teams/{(await team_id(site.world, 1)).hex()}"
    before = (await clerk.get(here)).text
    assert ">1-0001<" in before
    await moves(site.world, "zhou", tip, Action.ACCEPT)
    assert (await clerk.get(here)).text == before
    clerk = await later(site, "qiao", hours=1)
    await site.app[BOARDS].count_all(site.world.desk)
    assert ">1-0001<" not in (await clerk.get(here)).text


async def test_a_reminder_goes_to_the_desk_and_comes_back_as_seen(site: Site) -> None:
    await tell(site.world, "a")
    clerk = await later(site, "qiao", days=40)
    first = (await team_id(site.world, 1)).hex()
    here = f"/office/watch/teams/{first}"
    page = await clerk.get(here)
    canned = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page.text)
    assert canned
    assert canned[1].startswith("截至 12 月 21 日，1-0001（受理超 13 天）已经超期。")
    sent = await clerk.post(here, {"words": "<b>请抓紧</b> 1-0001"})
    assert (sent.status, sent.location) == (303, f"{here}?sent")
    for login, button in (("zhou", True), ("heyu", True), ("tang", False)):
        member = await site.member(login)
        for path in (f"/desk?team={first}", f"/desk/team?team={first}"):
            desk = await member.get(path)
            assert "&lt;b&gt;请抓紧&lt;/b&gt; 1-0001" in desk.text, (login, path)
            assert "巡察办 12 月 21 日 催办" in desk.text
            assert ("/seen" in desk.text) is button, (login, path)
    action = re.search(
        r'action="(/desk/reminders/[0-9a-f]{32}/seen)"', (await (await site.member("zhou")).get("/desk")).text
    )
    assert action
    assert (await (await site.member("tang")).post(action[1])).status == 409
    stranger = await site.member("shen")
    missing = await stranger.post(f"/desk/reminders/{'ab' * 16}/seen")
    theirs = await stranger.post(action[1])
    assert (theirs.status, theirs.body) == (404, missing.body)
    assert (await (await site.member("heyu")).post(action[1])).location == f"/desk?team={first}"
    assert "请抓紧" not in (await (await site.member("tang")).get("/desk")).text
    assert "何雨 12 月 21 日 已阅" in (await clerk.get(here)).text
    assert "12 月 21 日 催过，何雨 12 月 21 日 已阅" in (await clerk.get("/office/watch")).text


async def test_a_reminder_that_is_too_long_comes_back_with_what_was_typed(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/watch/teams/{(await team_id(site.world, 1)).hex()}"
    refused = await clerk.post(here, {"words": "快" * 301})
    assert (refused.status, 'role="alert"' in refused.text, "快" * 301 in refused.text) == (409, True, True)
    assert "还没有催过" in (await clerk.get(here)).text


async def test_the_recusal_queue_answers_as_an_address_that_is_not_there(site: Site) -> None:
    clerk = await site.member("qiao")
    recusal, nowhere = (await team_id(site.world, 1, TeamKind.RECUSAL)).hex(), "ab" * 16
    for method in (clerk.get, clerk.post):
        theirs, missing = await method(f"/office/watch/teams/{recusal}"), await method(f"/office/watch/teams/{nowhere}")
        assert (theirs.status, theirs.body) == (404, missing.body)


async def test_late_numbers_are_shown_by_the_page(site: Site) -> None:
    for n in range(52):
        await tell(site.world, f"v{n}")
    clerk = await later(site, "qiao", days=40)
    here = f"/office/watch/teams/{(await team_id(site.world, 1)).hex()}"
    first = await clerk.get(here)
    onward = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert onward
    second = await clerk.get(onward[1])
    shown = [re.findall(r'<th scope="row">(1-\d{4})</th>', page.text) for page in (first, second)]
    assert [len(one) for one in shown] == [50, 2]
    assert sorted(shown[0] + shown[1]) == [f"1-{n:04d}" for n in range(1, 53)]
    assert (await clerk.get(f"{here}?page=yesterday")).text == first.text
    beyond = await clerk.get(f"{here}?page=9")
    assert (beyond.status, f'href="{here}"' in beyond.text) == (200, True)


async def test_the_wall_has_numbers_of_teams_and_nothing_else(site: Site) -> None:
    await tell(site.world, "a", FIRST)
    await tell_of_us(site.world, "us")
    page = await (await site.member("fang")).get("/office/wall")
    assert (page.status, is_plain(page)) == (200, True)
    assert page.headers["Refresh"] == "3600"
    assert "第 36 天" in page.text
    assert "还剩 30 天" in page.text
    assert 'aria-label="第一巡察组：待受理 1，办理中 0，已办结 0，已销号 0，不受理、转出、撤回 0"' in page.text
    for absent in ("<nav", "<a ", "方田", "周宁", FIRST, "回避组"):
        assert absent not in page.text, absent


async def test_what_was_put_away_is_noted_and_the_alert_goes(site: Site) -> None:
    clerk = await site.member("qiao")
    wrong = await clerk.post("/office/safekeeping", {"kind": "secrets", "day": "2030-01-01", "place": "<保密柜>"})
    assert (wrong.status, "日期不对" in wrong.text, 'value="&lt;保密柜&gt;"' in wrong.text) == (409, True, True)
    day = site.world.clock.now.date()
    noted = await clerk.post("/office/safekeeping", {"kind": "secrets", "day": day.isoformat(), "place": "保密柜 2 号"})
    assert noted.location == "/office/safekeeping?saved"
    page = await clerk.get(noted.location)
    assert is_plain(page)
    assert re.search(r"2026 年 11 月 11 日</th><td>密钥文件夹另存一份</td><td>保密柜 2 号</td><td>乔木</td>", page.text)
    assert "密钥文件夹" not in (await clerk.get("/office/watch")).text


async def test_the_days_of_an_unread_queue_are_set_by_the_office(site: Site) -> None:
    clerk = await site.member("qiao")
    for typed in ("0", "31", "三", ""):
        refused = await clerk.post("/office/watch/days", {"days": typed})
        assert (refused.status, f'value="{typed}"' in refused.text) == (409, True)
    assert (await clerk.post("/office/watch/days", {"days": "5"})).location.endswith("&saved")
    assert 'value="5"' in (await clerk.get("/office/watch")).text


async def test_a_director_takes_the_archive_of_a_closed_round(site: Site) -> None:
    director, clerk = await site.member("fang"), await site.member("qiao")
    here = f"/office/rounds/{site.world.made.round_id.hex()}"
    early = await director.get(f"{here}/archive")
    assert (early.status, is_plain(early), "这一轮还没有结束" in early.text) == (200, True, True)
    assert (await director.post(f"{here}/archive")).status == 409
    site.world.clock.forward(minutes=1)
    assert (await director.post(f"{here}/close")).status == 303
    assert f'action="{here}/archive"' in (await director.get(f"{here}/archive")).text
    made = await director.post(f"{here}/archive")
    assert (made.status, made.headers["Content-Type"], made.body[:2]) == (200, "application/zip", b"PK")
    assert made.headers["Cache-Control"] == "no-store"
    assert "attachment" in made.headers["Content-Disposition"]
    assert (await clerk.post(f"{here}/archive")).status == 404


async def test_a_screen_on_the_wall_needs_nobody_signed_in_but_the_address_and_shows_numbers_alone(site: Site) -> None:
    await site.tip()
    clerk, director, screen = await site.member("qiao"), await site.member("fang"), site.visitor()
    assert (await clerk.post("/office/wall/address")).status == 404
    assert 'action="/office/wall/address?' not in (await clerk.get("/office/watch")).text
    made = await director.post("/office/wall/address")
    path = re.search(r"http://127\.0\.0\.1(/wall/[\w-]{43})", made.text)
    assert path
    shown = await screen.get(path[1])
    assert (shown.status, shown.headers["Refresh"]) == (200, "3600")
    assert "第一巡察组" in shown.text
    assert "/office" not in shown.text
    assert path[1] not in (await clerk.get("/office/watch")).text
    again = await director.post("/office/wall/address")
    assert (await screen.get(path[1])).status == 404
    latest = re.search(r"/wall/[\w-]{43}", again.text)
    assert latest
    assert (await clerk.post("/office/wall/address/drop")).status == 303
    for gone in (latest[0], "/wall/", "/wall/x"):
        assert (await screen.get(gone)).status == 404


async def test_a_notice_about_a_teams_keys_is_no_reminder(site: Site) -> None:
    first, zhou = await team_id(site.world, 1), await site.member("zhou")
    assert zhou.session is not None
    note = Reminder(
        new_id(), site.world.made.round_id, first, zhou.session.member_id, site.world.clock().date(), "开了本组的钥匙",
        urges=False,
    )  # fmt: skip
    await site.world.house.store.write(lambda tx: insert_reminder(tx, note))
    shown = (await (await site.member("tang")).get("/desk")).text
    assert ("开了本组的钥匙" in shown, "11 月 11 日 通知" in shown, "催办" in shown) == (True, True, False)
    clerk = await site.member("qiao")
    assert "还没有催过" in (await clerk.get(f"/office/watch/teams/{first.hex()}")).text
    assert "日 催过" not in (await clerk.get("/office/watch")).text
