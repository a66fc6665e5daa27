"""A round planned by mistake is removed by pages: what goes is said first, and what stands in the way in words."""

from domain.ids import RoundId
from handlers.office.plan import units
from storage.office import cards as stored_cards
from tests.handlers.office.side import plan_round, ready_round
from tests.web.desk_site import Site, alert


async def test_a_director_reads_what_goes_and_then_removes_it(site: Site) -> None:
    here = f"/office/rounds/{(await plan_round(site.world)).hex()}"
    director = await site.member("fang")
    assert f'href="{here}/remove"' in (await director.get(here)).text
    asked = await director.get(f"{here}/remove")
    assert "删去第七轮？" in asked.text
    assert "3 个组、组里 9 个人的职务、4 项分工、0 批还没有印的卡片" in asked.text
    done = await director.post(f"{here}/remove")
    assert (done.status, done.location) == (303, "/office/rounds?removed")
    listed = await director.get(done.location)
    assert "删去了。" in listed.text
    assert "第七轮" not in listed.text
    assert (await director.get(here)).status == 404
    assert (await director.post(f"{here}/remove")).status == 404
    trail = (await director.get("/office/trail/office")).text
    assert "删去了一轮" in trail
    assert "导入了一轮（后来删去了）" in trail


async def test_the_trail_says_of_what_went_with_it_that_it_is_gone(site: Site) -> None:
    director, round_id = await site.member("fang"), await ready_round(site.world)
    assert director.session is not None
    await director.post(f"/office/rounds/{round_id.hex()}/remove")
    unit_id = await units.add_unit(site.world.desk, director.session, None, name="错县", code="X1")
    await units.remove_unit(site.world.desk, director.session, unit_id)
    trail = (await director.get("/office/trail/office")).text
    assert "做了一批卡片（后来删去了）" in trail
    assert "加了一个单位（后来删去了）" in trail
    assert "（）" not in trail


async def test_a_clerk_is_neither_offered_it_nor_let_in(site: Site) -> None:
    here = f"/office/rounds/{(await plan_round(site.world)).hex()}"
    clerk = await site.member("qiao")
    assert f"{here}/remove" not in (await clerk.get(here)).text
    assert (await clerk.get(f"{here}/remove")).status == 404
    assert (await clerk.post(f"{here}/remove")).status == 404
    assert (await clerk.get(here)).status == 200


async def test_an_open_round_offers_no_such_thing_and_says_why(site: Site) -> None:
    here, director = f"/office/rounds/{site.world.made.round_id.hex()}", await site.member("fang")
    assert f"{here}/remove" not in (await director.get(here)).text
    assert "已经开过了" in alert(await director.get(f"{here}/remove"))
    assert "已经开过了" in alert(await director.post(f"{here}/remove"))


async def test_printed_cards_keep_the_round_and_the_page_says_so(site: Site) -> None:
    round_id: RoundId = await ready_round(site.world)
    here, director, store = f"/office/rounds/{round_id.hex()}", await site.member("fang"), site.world.house.store
    assert f'href="{here}/remove"' in (await director.get(here)).text
    batch = (await store.read(lambda tx: stored_cards.list_batches(tx, round_id)))[0]
    await store.write(lambda tx: stored_cards.insert_print_run(tx, batch.id, 9, site.world.clock().date()))
    assert "印过了" in alert(await director.get(f"{here}/remove"))
    assert "印过了" in alert(await director.post(f"{here}/remove"))
    kept = (await director.get(here)).text
    assert ("卡片或者公告印过了，删不去" in kept, f'href="{here}/remove"' in kept) == (True, False)
    assert (await director.get(here)).status == 200
