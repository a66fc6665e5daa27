"""A whole meeting scans the card at once: every message is kept, every tip is one."""

import asyncio

from tests.bot.booth import Booth
from tests.bot.chat_side import CODE, begin
from tests.doubles.villager import Villager

VILLAGERS, MESSAGES = 64, 10


async def _tells(booth: Booth, villager: Villager) -> tuple[list[str], str]:
    await begin(booth, villager)
    for number in range(MESSAGES):
        await villager.says(f"第 {number} 句，{villager.chat}")
        await villager.hears("已记下")
    draft = await booth.draft(villager.chat)
    for choice, following in (("anonymous", "recusal:no"), ("recusal:no", "submit")):
        await villager.taps(choice)
        await villager.sees(following)
    await villager.taps("submit")
    receipt = await villager.hears("已收到")
    return draft, CODE.findall(receipt["text"])[0]


async def test_sixty_four_villagers_at_once_make_640_messages_and_64_tips(hook: Booth) -> None:
    villagers = [Villager(hook.api) for _ in range(VILLAGERS)]
    told = await asyncio.gather(*(_tells(hook, villager) for villager in villagers))
    for villager, (draft, _) in zip(villagers, told, strict=True):
        assert draft == [f"第 {number} 句，{villager.chat}" for number in range(MESSAGES)]
    assert len({code for _, code in told}) == VILLAGERS
    assert len(await hook.tips()) == VILLAGERS
