"""A round is over, the next one is planned: the office stays with what is still worked on, and reads true dates."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from domain.figures import Sheet, Standing
from domain.rounds import Intake, Role, Round
from handlers.intake.admission import admit
from handlers.office import rounds as office_rounds
from handlers.office.plan.removing import remove_round
from handlers.office.rounds import opening
from handlers.people import roster, trail
from handlers.people.sessions import Session
from handlers.texts import ALWAYS, dated
from reports.plan import PlanMember
from storage.office import rounds
from storage.people import audit
from storage.schema.counting import counter
from tests.handlers.office.side import plan_of, plan_round, ready_round
from tests.handlers.office.test_rounds import with_member
from tests.handlers.office.watch_side import session_of
from tests.web.desk_site import Site


async def ended(site: Site) -> Round:
    """The sixth round, closed by its director weeks before its planned end."""
    fang, round_id = await session_of(site.world, "fang"), site.world.made.round_id
    await opening.close_round(site.world.desk, fang, round_id)
    return await office_rounds.get_round(site.world.desk, fang, round_id)


async def archived(site: Site) -> None:
    fang = await session_of(site.world, "fang")
    deed = trail.Deed(fang.office_id, fang.member_id, audit.ARCHIVED, "round", site.world.made.round_id)
    await site.world.house.store.write(lambda tx: trail.note(tx, site.world.desk, deed))


async def test_a_round_that_is_ended_early_names_the_real_end_to_the_office_and_to_the_village(site: Site) -> None:
    fang, sixth = await site.member("fang"), await ended(site)
    now = site.world.clock()
    assert sixth.ends_at == now < sixth.closes_at
    real, planned = (dated("zh", at, sixth.opens_at.year) for at in (now, sixth.closes_at))
    at = f"/office/rounds/{sixth.id.hex()}"
    for path in (at, "/office/rounds", f"/office?round={sixth.id.hex()}", f"/office/cards?round={sixth.id.hex()}"):
        page = (await fang.get(path)).text
        assert (f"至 {real}" in page, planned in page) == (True, False), path
    card = await admit(site.world.intake, site.world.card("苇庄镇"), "zh")
    assert (card.intake, card.closes_at) == (Intake.CLOSED, now.isoformat())


async def test_the_office_stays_with_a_closed_round_until_its_tips_are_done_and_it_is_archived(site: Site) -> None:
    await site.tip()
    seventh, sixth = await ready_round(site.world), await ended(site)
    fang, session = await site.member("fang"), await session_of(site.world, "fang")
    assert (await fang.get("/office")).status == 200
    assert "<title>督办 · 第六轮" in (await fang.get("/office/watch")).text
    assert (await fang.get("/office/reports")).status == 200
    await archived(site)
    assert await current(site, session) == sixth.id, "a tip of it is still worked on"
    cleared = update(counter).where(counter.c.sheet == Sheet.COHORT).values(measure=Standing.CLEARED)
    await site.world.house.store.write(lambda tx: tx.execute(cleared))
    assert await current(site, session) == seventh


async def current(site: Site, session: Session) -> bytes | None:
    found = await office_rounds.current_round(site.world.desk, session)
    return found.id if found else None


async def test_a_closed_round_without_tips_is_left_once_it_is_archived(site: Site) -> None:
    seventh, sixth = await ready_round(site.world), await ended(site)
    session = await session_of(site.world, "fang")
    assert await current(site, session) == sixth.id
    await archived(site)
    assert await current(site, session) == seventh


async def test_reports_of_a_round_that_was_never_opened_are_no_error_unless_asked_for(site: Site) -> None:
    seventh = await ready_round(site.world)
    await ended(site)
    await archived(site)
    fang = await site.member("fang")
    page = await fang.get("/office/reports")
    assert (page.status, "第七轮" in page.text) == (200, True)
    assert (await fang.get(f"/office/reports?round={seventh.hex()}")).status == 409


async def test_the_board_of_each_opened_round_is_a_link_away(site: Site) -> None:
    seventh, fang = await ready_round(site.world), await site.member("fang")
    sixth = site.world.made.round_id
    for path, boards in (("", [sixth]), (f"/{sixth.hex()}", [sixth]), (f"/{seventh.hex()}", [])):
        page = (await fang.get(f"/office/rounds{path}")).text
        assert re.findall(r'href="/office\?round=([0-9a-f]{32})"', page) == [one.hex() for one in boards], path


@pytest.mark.parametrize(
    ("at", "year", "words"),
    [
        (date(2027, 2, 20), 2027, "2 月 20 日"),
        (date(2027, 2, 20), 2026, "2027 年 2 月 20 日"),
        (datetime(2027, 2, 20, 18, tzinfo=UTC), 2026, "2027 年 2 月 20 日 18:00"),
        (datetime(2026, 12, 25, 8, tzinfo=UTC), ALWAYS, "2026 年 12 月 25 日 08:00"),
    ],
)
def test_a_date_tells_its_year_where_the_reader_would_take_another(at: date, year: int, words: str) -> None:
    assert dated("zh", at, year) == words


async def test_a_round_across_new_year_names_both_years(site: Site) -> None:
    seventh, fang = await ready_round(site.world), await site.member("fang")
    round_ = await office_rounds.get_round(site.world.desk, await session_of(site.world, "fang"), seventh)
    opens, closes = round_.opens_at.replace(month=12, day=25), round_.closes_at.replace(month=2, day=20)
    closes = closes.replace(year=opens.year + 1)
    moved = replace(round_, opens_at=opens, closes_at=closes)
    await site.world.house.store.write(lambda tx: rounds.set_frame(tx, moved))
    window = f"{opens.year} 年 12 月 25 日 08:00 至 {closes.year} 年 2 月 20 日 18:00"
    for path in (f"/office/rounds/{seventh.hex()}", "/office/rounds", f"/office/cards?round={seventh.hex()}"):
        assert window in (await fang.get(path)).text, path


async def test_a_team_of_a_closed_round_takes_people_until_its_archive_was_made(site: Site) -> None:
    await ended(site)
    fang, tang = await site.member("fang"), await site.member("tang")
    assert tang.session is not None
    here = f"/office/members/{tang.session.member_id.hex()}"
    offered = re.search(r'value="([^"]+)"[^>]*>第六轮 第二巡察组 组员</option>', (await fang.get(here)).text)
    assert offered
    assert (await fang.post(f"{here}/role", {"seat": offered[1]})).location == here
    assert "第六轮 第二巡察组 组员</span>" in (await fang.get(here)).text
    await archived(site)
    assert "第六轮 第三巡察组 组员</option>" not in (await fang.get(here)).text


async def test_a_new_link_that_is_loaded_again_leads_to_the_member_and_not_to_an_error(site: Site) -> None:
    fang = await site.member("fang")
    typed = {"name": "新来", "login": "newhand", "seat": "clerk"}
    assert "/invite/" in (await fang.post("/office/members", typed)).text
    again = await fang.post("/office/members", typed)
    assert (again.status, "链接只显示一次" in again.text, "已经有人用了" in again.text) == (200, True, False)
    at = re.search(r'href="(/office/members/[0-9a-f]{32})#in">新来的页', again.text)
    assert at
    assert "重新邀请" in (await fang.get(at[1])).text
    other = await fang.post("/office/members", {**typed, "name": "别人"})
    assert (other.status, "已经有人用了" in other.text) == (409, True)


async def test_who_sits_nowhere_any_more_can_be_invited_again_or_put_out(site: Site) -> None:
    plan = with_member(plan_of(site.world), PlanMember("newhand", "新来", Role.INSPECTOR, 1))
    seventh = await plan_round(site.world, plan)
    session, fang = await session_of(site.world, "fang"), await site.member("fang")
    await remove_round(site.world.desk, session, seventh)
    person = next(one for one in await roster.list_people(site.world.desk, session) if one.member.login == "newhand")
    assert person.seats == ()
    here = f"/office/members/{person.member.id.hex()}"
    page = (await fang.get(here)).text
    assert (f'href="{here}/invite"' in page, f'href="{here}/disable"' in page) == (True, True)
    made = await fang.post(f"{here}/invite")
    link = re.search(r"/invite/[\w-]{43}", made.text)
    assert link
    assert "新来" in (await site.visitor().get(link[0])).text
    await fang.post(f"{here}/disable")
    assert "停用" in (await fang.get(here)).text


async def test_the_texts_of_a_round_that_is_over_are_read_and_no_longer_changed(site: Site) -> None:
    clerk, at = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    texts = {"notice": "公告的话", "scope": "村里的事"}
    await clerk.post(f"{at}/texts", {**texts, "version": (await clerk.get(at)).version})
    sixth = await ended(site)
    page = (await clerk.get(at)).text
    assert all(words in page for words in texts.values())
    assert (f'action="{at}/texts"' in page, "重新印" in page) == (False, False)
    late = await clerk.post(f"{at}/texts", {"notice": "改过的", "scope": "改过的", "version": str(sixth.version)})
    assert (late.status, "这一轮已经结束，不能再改" in late.text) == (409, True)
    assert "公告的话" in (await clerk.get(at)).text
