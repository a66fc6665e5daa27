"""Cards that are out, over real HTTP: calling them in, giving them a new code, and whose code lies on a photo."""

import aiohttp
import pytest

from domain.errors import Refused
from domain.rounds import BatchState
from handlers.intake import admission
from handlers.office import cards
from tests.media.picture_side import photo
from tests.web.desk_site import Member, Page, Site
from tests.web.office.card_side import views


async def check(member: Member, data: bytes) -> Page:
    """Sends a photo as the form does."""
    form = aiohttp.FormData({"csrf": member.csrf})
    form.add_field("photo", data, filename="photo.jpg", content_type="image/jpeg")
    return await member.ask("POST", "/office/cards/check", data=form)


async def test_calling_in_a_batch_in_use_wants_a_tick_and_shows_what_hangs_on_it(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    here = f"/office/cards/{view.batch.id.hex()}"
    await clerk.post("/office/cards/print", {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "20"})
    for act in ("revoke", "replace"):
        asked = await clerk.get(f"{here}/{act}")
        assert "这一批正在用" in asked.text
        assert "20 张" in asked.text
        assert asked.text.index("取消") < asked.text.index("btn grave")
        refused = await clerk.post(f"{here}/{act}")
        assert (refused.status, "前面打勾" in refused.text) == (409, True)
    assert await admission.admit(site.world.intake, view.batch.code, "zh")
    done = await clerk.post(f"{here}/revoke", {"sure": "1"})
    assert done.location == f"/office/cards?round={view.round.id.hex()}&revoked={view.batch.id.hex()}"
    landed = (await clerk.get(done.location)).text
    assert f"“入户”这一批（{cards.short_code(view.batch)}）停用了。" in landed
    assert f'<a href="{here}">看停用的那一批</a>' in landed
    with pytest.raises(Refused):
        await admission.admit(site.world.intake, view.batch.code, "zh")
    wish = {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "10"}
    again = await clerk.post("/office/cards/print", wish)
    assert (again.status, "没有可以印的卡片" in again.text) == (409, True)
    for refused in (await clerk.post(f"{here}/poster"), await clerk.get(f"{here}/sheet")):
        assert (refused.status, "没有可以印的卡片" in refused.text) == (409, True)


async def test_no_address_makes_the_list_say_that_a_batch_was_called_in(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    for word in (view.batch.id.hex(), "恭喜中奖", ""):
        landed = (await clerk.get(f"/office/cards?round={view.round.id.hex()}&revoked={word}")).text
        assert not any(words in landed for words in ("看停用的那一批", "恭喜中奖"))
    assert "停用了，这是新的" not in (await clerk.get(f"/office/cards/{view.batch.id.hex()}?replaced")).text


async def test_a_batch_with_a_new_code_takes_the_place_of_the_old_one(site: Site) -> None:
    clerk, old = await site.member("qiao"), (await views(site))[0]
    done = await clerk.post(f"/office/cards/{old.batch.id.hex()}/replace")
    (new,) = [view for view in await views(site) if f"/office/cards/{view.batch.id.hex()}?replaced" == done.location]
    assert (new.place, new.team, new.batch.way, new.batch.cards) == (
        old.place,
        old.team,
        old.batch.way,
        old.batch.cards,
    )
    assert new.batch.code != old.batch.code
    gone = next(view for view in await views(site) if view.batch.id == old.batch.id)
    assert (gone.batch.state, gone.batch.replaced_by) == (BatchState.REVOKED, new.batch.id)
    landed = (await clerk.get(done.location)).text
    assert f"{cards.short_code(old.batch)} 停用了，这是新的一批 {cards.short_code(new.batch)}。" in landed
    assert f'<a href="/office/cards/{old.batch.id.hex()}">看停用的那一批</a>' in landed
    here = done.location.removesuffix("?replaced")
    assert f'href="{here}"' in (await clerk.get(f"/office/cards/{old.batch.id.hex()}")).text
    assert "停用了，这是新的" not in (await clerk.get(here)).text
    twice = await clerk.post(f"/office/cards/{old.batch.id.hex()}/replace")
    assert twice.status == 409
    assert len(await views(site)) == 5


async def test_a_photo_is_checked_and_a_foreign_host_is_no_link(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    ours = await check(clerk, photo(f"http://127.0.0.1/k/{view.batch.code}"))
    assert ours.status == 200
    for part in ("是我们的码，在用", "第一巡察组", view.place, view.batch.way, cards.short_code(view.batch),
                 *cards.words_of(site.world.desk, view.batch)):  # fmt: skip
        assert part in ours.text
    await cards.revoke(site.world.desk, view.round.office_id, view.batch.id)
    revoked = await check(clerk, photo(f"http://127.0.0.1/k/{view.batch.code}"))
    assert ("已经停用" in revoked.text, "请把它收回来" in revoked.text) == (True, True)
    foreign = await check(clerk, photo(f"https://evil.example/k/{view.batch.code}"))
    assert "不是我们的码" in foreign.text
    assert "<samp>evil.example</samp>" in foreign.text
    assert 'href="http' not in foreign.text
    page = await check(clerk, photo("<script>alert(1)</script>"))
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert "没有找到二维码" in (await check(clerk, photo())).text
    broken = await check(clerk, b"no photo")
    assert (broken.status, "请用手机重新拍一张" in broken.text) == (409, True)
    assert (await clerk.post("/office/cards/check")).status == 409
