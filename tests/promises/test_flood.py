"""Many at once: nothing is lost, doubled or mixed up."""

import asyncio

from handlers.desk.arriving.fold import fold
from handlers.desk.listing.queue import At, read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.mine import my_first
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.letters import Letter
from tests.doubles.bot_api import BotApi
from tests.promises.process import SECONDS, Program
from tests.promises.telling import Stubborn, begin, card, numbers, tell
from tests.world import World

FAULTY = "tests.promises.faulty"
VILLAGERS, MESSAGES = 64, 10


def line(who: int, n: int) -> str:
    """Message `n` of villager `who`."""
    return f"第 {who} 户，第 {n} 句：补贴没有发。"


async def tell_all(villager: Stubborn, code: str, who: int) -> str:
    """Ten messages, each said as soon as Telegram could deliver the last, then the rest of the way."""
    await begin(villager, code)
    for n in range(MESSAGES):
        await villager.says(line(who, n))
        assert villager.undelivered is None
    for choice, then in (("anonymous", "recusal:no"), ("recusal:no", "submit")):
        await villager.api.until(lambda: choice in villager.buttons, SECONDS)  # noqa: B023 - awaited in this turn
        await villager.taps(choice)
        await villager.api.until(lambda: then in villager.buttons, SECONDS)  # noqa: B023 - as above
    await villager.taps("submit")
    await villager.api.until(lambda: villager.receipts, SECONDS)
    return numbers(villager.receipts[0])


async def read_all(world: World, login: str) -> list[OpenTip]:
    """Every tip of a member's team, opened, by number."""
    _, session = await world.sign_in(login)
    team_id, after, found = await my_first(world.desk, session), None, []
    while True:
        queue = await read_queue(world.desk, session, team_id, ViewName.ALL, at=At(after=after))
        found += [await open_tip(world.desk, session, row.tip.id) for row in queue.rows]
        after = queue.span.after
        if after is None:
            return sorted(found, key=lambda tip: tip.standing.work.number)


async def test_64_villagers_at_once_with_10_messages_each_are_64_tips_with_640_messages_in_order(
    program: Program, api: BotApi
) -> None:
    program.talks_to(api, "webhook")
    await program.start(FAULTY, "patient")
    villagers = [Stubborn(api) for _ in range(VILLAGERS)]
    code = card(program)
    codes = await asyncio.gather(*(tell_all(villager, code, who) for who, villager in enumerate(villagers)))
    assert await program.stop() == 0
    assert len(set(codes)) == VILLAGERS
    assert program.sql("SELECT count(*) FROM tip") == [(VILLAGERS,)]
    assert program.sql("SELECT count(*) FROM draft_part") == [(0,)]
    async with program.house() as world:
        await fold(world.desk)  # those that came after the desk's last look
        opened = await read_all(world, "gu")
    assert [tip.standing.work.number for tip in opened] == list(range(1, VILLAGERS + 1)), "gapless"
    told = [[part.text for part in tip.letter.parts] for tip in opened if isinstance(tip.letter, Letter)]
    assert sorted(told) == sorted([[line(who, n) for n in range(MESSAGES)] for who in range(VILLAGERS)])


async def test_the_same_update_ten_times_at_once_is_one_tip(program: Program, api: BotApi) -> None:
    program.talks_to(api, "webhook")
    await program.start(FAULTY, "patient")
    villager = Stubborn(api)
    code = await tell(villager, card(program), "账上写着发过两次，我们一次也没领到。")
    submit = villager.update_of("submit")
    assert await api.push(*[submit] * 10) == [200] * 10
    assert await api.push(submit) == [200], "and once more, much later"
    await api.until(lambda: villager.receipts, SECONDS)
    assert await program.stop() == 0
    assert {numbers(text) for text in villager.receipts} == {code}
    assert len(villager.receipts) == 1
    assert program.sql("SELECT count(*) FROM tip") == [(1,)]
