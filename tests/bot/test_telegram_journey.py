"""A villager's way on Telegram, by webhook and by polling, against a Bot API server over real HTTP."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from bot.telegram.wire import quiet_loggers
from domain.tips import Channel
from tests.bot.booth import Booth
from tests.bot.chat_side import CODE, begin, tell
from tests.doubles import updates
from tests.doubles.bot_api import TOKEN, Fault
from tests.doubles.villager import Villager

VOICE = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(40)


def picture(shade: int) -> bytes:
    """A small grey PNG."""
    out = BytesIO()
    Image.new("L", (8, 8), shade).save(out, "PNG")
    return out.getvalue()


async def test_a_card_becomes_a_tip_with_a_receipt(booth: Booth) -> None:
    await tell(booth, Villager(booth.api), "村里的低保名单三年没有公开。")
    assert [tip.channel for tip in await booth.tips()] == [Channel.TELEGRAM]


async def test_the_first_words_say_that_telegram_can_read_along(booth: Booth) -> None:
    villager = Villager(booth.api)
    await villager.says("/start")
    await villager.sees("report")
    assert "Telegram" in villager.answers[0]
    assert "lx.example" in villager.answers[0]


async def test_villagers_side_by_side_get_their_own_codes(booth: Booth) -> None:
    villagers = [Villager(booth.api) for _ in range(6)]
    codes = await asyncio.gather(*(tell(booth, v, f"第 {n} 户的补贴没有发。") for n, v in enumerate(villagers)))
    assert len(set(codes)) == 6
    assert len(await booth.tips()) == 6
    for villager, code in zip(villagers, codes, strict=True):
        shown = set(CODE.findall(" ".join(villager.answers)))
        assert shown == {code}


async def test_a_draft_is_forgotten_by_cancel(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    await villager.says("修路的钱不知去向。")
    await villager.hears("已记下")
    assert await booth.draft(villager.chat) == ["修路的钱不知去向。"]
    await villager.says("/cancel")
    await villager.sees("cancel")
    await villager.taps("cancel")
    await villager.sees("report")
    assert await booth.draft(villager.chat) == []


async def test_an_album_of_ten_is_one_draft_in_order(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    pictures = [
        updates.message(
            villager.chat,
            booth.api.number(),
            photo=updates.photo(villager.upload(picture(20 * n)), 90),
            media_group_id="album-1",
            caption=f"图 {n}",
        )
        for n in range(10)
    ]
    album = [{"update_id": booth.api.number("update"), "message": one} for one in pictures]
    statuses = await booth.api.push(*album)
    assert set(statuses) <= {200}
    await villager.says("就这些")
    await booth.api.until(lambda: not booth.api.pending)  # polling: the offset went over the last of them
    assert await booth.draft(villager.chat) == [*(f"image:图 {n}" for n in range(10)), "就这些"]


async def test_voice_picture_and_file_are_kept(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    await villager.sends_voice(VOICE)
    await villager.hears("已记下")
    await villager.sends_photo(picture(9), caption="地界")
    await villager.hears("已记下")
    await villager.sends_file(b"%PDF-1.7\n%%EOF\n", "../../合同.pdf", "application/pdf")
    await villager.hears("已记下")
    assert await booth.draft(villager.chat) == ["audio:", "image:地界", "document:"]


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, 0])
async def test_a_file_over_the_limit_is_refused_with_the_web_page(booth: Booth, size: int) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    data = b"%PDF" if size else bytes(20 * 1024 * 1024 + 1)
    await villager.sends_file(data, "x.pdf", "application/pdf", size or 5)
    await villager.hears("太大")
    assert "lx.example" in villager.last_message
    assert booth.api.called("download") == []
    assert await booth.draft(villager.chat) == []


async def test_a_place_and_a_contact_are_warned_about_and_not_kept(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    await villager.sends_location()
    await villager.hears("位置")
    await villager.sends_contact()
    await villager.hears("位置")
    assert await booth.draft(villager.chat) == []


async def test_an_edited_message_changes_the_draft(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    said = await villager.says("张三")
    await villager.hears("已记下")
    await villager.edits(said, "李四")
    await villager.hears("已")
    assert await booth.draft(villager.chat) == ["李四"]


async def test_wiping_deletes_both_sides(booth: Booth) -> None:
    villager = Villager(booth.api)
    code = await tell(booth, villager, "承包费没有入账。")
    assert code in " ".join(villager.answers)
    before = {m["message_id"] for m in booth.api.chats[villager.chat]}
    await villager.taps("wipe")
    await booth.api.until(lambda: booth.api.called("deleteMessages", villager.chat))
    await booth.api.until(lambda: villager.answers)
    left = booth.api.chats[villager.chat]
    assert before.isdisjoint(m["message_id"] for m in left)
    assert code not in " ".join(m["text"] for m in left)
    assert len(await booth.tips()) == 1


async def test_every_button_press_is_answered(booth: Booth) -> None:
    villager = Villager(booth.api)
    await begin(booth, villager)
    await booth.api.until(lambda: len(booth.api.called("answerCallbackQuery")) == 1)


async def test_groups_and_channels_get_no_answer(booth: Booth) -> None:
    group, villager = -100_500, Villager(booth.api)
    for content in (
        {"message": updates.group_message(group, booth.api.number(), text="第三巡察组的人来了没有")},
        {"message": updates.group_message(group, booth.api.number(), text=f"/start {booth.code}")},
        {"channel_post": updates.channel_post(-100_600, booth.api.number(), "通知")},
        {"my_chat_member": {"chat": {"id": group, "type": "group"}}},
    ):
        await booth.api.push({"update_id": booth.api.number("update"), **content})
    await villager.says("/start")
    await villager.sees("report")
    assert {call.chat for call in booth.api.called("sendMessage")} == {villager.chat}


async def test_the_menu_is_offered(booth: Booth) -> None:
    assert {c["command"] for c in booth.api.commands} == {"start", "progress", "cancel", "help", "large"}


async def test_nothing_of_the_chat_is_logged(booth: Booth, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    villager = Villager(booth.api)
    quiet_loggers()
    booth.api.fail("sendMessage", Fault(500), Fault(reset=True))
    await tell(booth, villager, "canary-phrase-4711 补贴")
    assert "canary-phrase-4711" not in caplog.text
    assert updates.USERNAME not in caplog.text
    assert TOKEN not in caplog.text
    assert str(villager.chat) not in caplog.text
