"""A villager's way to a tip on Telegram, from the card to the receipt."""

import re

from tests.bot.booth import Booth
from tests.doubles.villager import Villager

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


async def begin(booth: Booth, villager: Villager) -> None:
    """Scans the card and says 我要反映."""
    await villager.says(f"/start {booth.code}")
    await villager.sees("report")
    await villager.taps("report")
    await villager.sees("cancel")


async def tell(booth: Booth, villager: Villager, words: str) -> str:
    """A whole tip in four acts; the receipt code."""
    await begin(booth, villager)
    await villager.says(words)
    await villager.sees("anonymous")
    await villager.taps("anonymous")
    await villager.sees("recusal:no")
    await villager.taps("recusal:no")
    check = await villager.sees("submit")
    await villager.taps("submit")
    receipt = await villager.hears("已收到")
    found = CODE.search(receipt["text"])
    assert found is not None
    assert found[0] in check["text"], "the code is shown before submitting already"
    return found[0]
