"""The whole line on PostgreSQL: what holds on SQLite has to hold at scale."""

import asyncio
from pathlib import Path

from bot import app
from bot.demo import county as demo
from bot.settings import Settings
from domain.tips import Action
from handlers.conversation.events import Chose, Said
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.intake import reading
from tests.postgres import Server
from tests.world import PASSWORD, Clock, running


async def test_a_tip_goes_from_card_to_team_and_back_on_postgresql(postgres: Server, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=postgres.fresh())
    await app.prepare(settings)
    async with app.open_house(settings, clock=Clock(), pool_size=1) as house:
        made = await demo.build(house, PASSWORD)
    async with running(settings, made) as world:
        villagers = [world.villager(str(n)) for n in range(8)]
        codes = await asyncio.gather(*(v.tells("苇庄镇", "集体鱼塘租金三年没有公开") for v in villagers))
        await fold(world.desk)
        _, session = await world.sign_in("heyu")
        found = await reading.find_tip(world.intake, bytes.fromhex(villagers[0].answer.state.stretched))
        tip_id = found[0].id
        await act(
            world.desk,
            session,
            tip_id,
            Wish(Action.ASK, (await stand(world.desk, session, tip_id)).work.version, words="哪一年？"),
        )
        other = world.villager("another phone")
        await other.does(Chose("progress"))
        answer = await other.does(Said(codes[0]))
    assert len(set(codes)) == 8
    assert [news.text for news in answer.news] == ["哪一年？"]
