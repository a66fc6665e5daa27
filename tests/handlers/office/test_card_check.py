"""A code is ours when it is ours to the letter. Whatever else somebody prints, sticks on or invents is foreign."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handlers.office import cards
from handlers.office.cards import BatchView, Press, Verdict
from handlers.office.cards.checking import check_text, host_of
from qr import codes
from tests.media.picture_side import photo
from tests.world import World

PRESS = Press("https://lx.chenghe.example", "chenghe_bot", "zh")


async def view_of(world: World) -> BatchView:
    return (await cards.list_batches(world.desk, world.made.round_id, "zh"))[0]


async def verdict(world: World, text: str, press: Press = PRESS) -> Verdict:
    view = await view_of(world)
    return (await check_text(world.desk, view.round.office_id, text, press)).verdict


async def test_a_card_of_ours_is_named_with_all_that_stands_on_it(world: World) -> None:
    view = await view_of(world)
    for url in (cards.url_of(view.batch, PRESS), codes.telegram_url("chenghe_bot", view.batch.code)):
        (found,) = await cards.check_photo(world.desk, view.round.office_id, photo(url), PRESS)
        assert found.verdict is Verdict.ACTIVE
        assert found.view is not None
        assert (found.view.batch.id, found.view.team.name, found.view.place) == (
            view.batch.id,
            "第一巡察组",
            view.place,
        )
        assert found.words == cards.words_of(world.desk, view.batch)
        assert cards.all_in_order((found,))


async def test_a_card_that_was_called_in_is_ours_and_not_in_order(world: World) -> None:
    view = await view_of(world)
    await cards.revoke(world.desk, view.round.office_id, view.batch.id)
    found = await cards.check_photo(world.desk, view.round.office_id, photo(cards.url_of(view.batch, PRESS)), PRESS)
    assert [one.verdict for one in found] == [Verdict.REVOKED]
    assert not cards.all_in_order(found)


async def test_one_foreign_code_beside_ours_spoils_the_photo_and_so_does_none(world: World) -> None:
    view = await view_of(world)
    ours = cards.url_of(view.batch, PRESS)
    both = await cards.check_photo(world.desk, view.round.office_id, photo(ours, "https://evil.example/k/x"), PRESS)
    assert {one.verdict for one in both} == {Verdict.ACTIVE, Verdict.FOREIGN}
    assert not cards.all_in_order(both)
    none = await cards.check_photo(world.desk, view.round.office_id, photo(), PRESS)
    assert (none, cards.all_in_order(none)) == ((), False)


FOREIGN = {
    "plain http": ("http://lx.chenghe.example/k/{code}", "lx.chenghe.example"),
    "another path": ("https://lx.chenghe.example/j/{code}", "lx.chenghe.example"),
    "a longer path": ("https://lx.chenghe.example/k/{code}/", "lx.chenghe.example"),
    "a question": ("https://lx.chenghe.example/k/{code}?next=//evil.example", "lx.chenghe.example"),
    "a fragment": ("https://lx.chenghe.example/k/{code}#x", "lx.chenghe.example"),
    "two slashes": ("https://lx.chenghe.example//k/{code}", "lx.chenghe.example"),
    "a subdomain": ("https://www.lx.chenghe.example/k/{code}", "www.lx.chenghe.example"),
    "a domain behind": ("https://lx.chenghe.example.evil.example/k/{code}", "lx.chenghe.example.evil.example"),
    "a port": ("https://lx.chenghe.example:8443/k/{code}", "lx.chenghe.example:8443"),
    "a user": ("https://lx.chenghe.example@evil.example/k/{code}", "evil.example"),
    "a user with a code": ("https://lx.chenghe.example%2Fk%2F{code}@evil.example/", "evil.example"),
    "a backslash": ("https://evil.example\\@lx.chenghe.example/k/{code}", "evil.example"),
    "no slashes": ("https:evil.example/k/{code}", "evil.example"),
    "a letter of another script": ("https://lx.сhenghe.example/k/{code}", "lx.xn--henghe-u4f.example"),
    "a dot of another script": ("https://lx。evil.example/k/{code}", "lx.evil.example"),
    "capitals": ("HTTPS://LX.CHENGHE.EXAMPLE/k/{code}", "LX.CHENGHE.EXAMPLE"),
    "another bot": ("https://t.me/chenghe_b0t?start={code}", "t.me"),
    "another start": ("https://t.me/chenghe_bot?startgroup={code}", "t.me"),
    "a join link": ("https://t.me/+{code}", "t.me"),
    "a wifi": ("WIFI:S:free;P:{code};;", ""),
    "a script": ("javascript:alert('{code}')", ""),
    "the code alone": ("{code}", ""),
    "nothing": (" ", ""),
}


@pytest.mark.parametrize("name", FOREIGN)
async def test_a_look_alike_is_foreign_and_its_real_host_is_named_in_ascii(world: World, name: str) -> None:
    template, host = FOREIGN[name]
    view = await view_of(world)
    text = template.format(code=view.batch.code)
    found = await check_text(world.desk, view.round.office_id, text, PRESS)
    assert (found.verdict, found.view) == (Verdict.FOREIGN, None)
    assert found.host.isascii()
    if name != "a letter of another script":
        assert found.host == host
    else:
        assert found.host.startswith("lx.xn--")


async def test_every_mutated_code_is_foreign(world: World) -> None:
    code = (await view_of(world)).batch.code
    for place in range(len(code)):
        for char in codes.ALPHABET:
            if char != code[place]:
                wrong = code[:place] + char + code[place + 1 :]
                assert await verdict(world, f"https://lx.chenghe.example/k/{wrong}") is Verdict.FOREIGN
    for wrong in (code.lower(), f"{code[:4]} {code[4:]}", code[:6], code + "0", code[:-1]):
        assert await verdict(world, f"https://lx.chenghe.example/k/{wrong}") is Verdict.FOREIGN


async def test_a_right_code_that_stands_in_no_list_of_ours_is_foreign(world: World) -> None:
    code = codes.new_code(world.desk.intake.card_mac_key)
    assert await verdict(world, f"https://lx.chenghe.example/k/{code}") is Verdict.FOREIGN


async def test_without_a_bot_no_telegram_link_is_ours(world: World) -> None:
    text = codes.telegram_url("chenghe_bot", (await view_of(world)).batch.code)
    assert await verdict(world, text) is Verdict.ACTIVE
    assert await verdict(world, text, Press(PRESS.public_url, "", "zh")) is Verdict.FOREIGN
    assert await verdict(world, text.replace("chenghe_bot", ""), Press(PRESS.public_url, "", "zh")) is Verdict.FOREIGN


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=120) | st.from_regex(r"https?:[/\\]{0,3}[^\x00]{0,60}", fullmatch=True))
@example("HTTP:00000\x80\x80\x80\x80" + "\U00010000" * 4)
@example("http:1:٣")
def test_any_text_at_all_has_a_host_in_ascii_or_none(text: str) -> None:
    host = host_of(text)
    assert host.isascii()
    assert len(host) <= 60
