"""Short ways to stand on both sides of a tip: a villager who told it, and members who open it."""

from dataclasses import dataclass

from domain.errors import BadSeal
from domain.ids import TipId
from handlers.conversation.events import Chose, Said
from handlers.conversation.talk import News
from handlers.desk.arriving.fold import fold
from handlers.desk.locking import keyring
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.people.sessions import Session
from handlers.sealing import box_context
from storage.intake import boxes
from tests.world import Villager, World
from vault.open import read

WORDS = "种粮补贴公示写了 11 亩，他家只有 6 亩多"


@dataclass
class Told:
    """A folded tip, its reporter and the receipt code."""

    world: World
    villager: Villager
    code: str
    id: TipId

    async def opened(self, session: Session) -> OpenTip:
        return await open_tip(self.world.desk, session, self.id)

    async def version(self, session: Session) -> int:
        return (await self.opened(session)).standing.work.version

    async def news(self) -> tuple[News, ...]:
        """What the receipt code shows, asked for in a chat of its own."""
        asking = self.world.villager("asks " + self.code)
        await asking.does(Chose("progress"))
        return (await asking.does(Said(self.code))).news

    async def adds(self, words: str) -> None:
        """An addition under the code, folded."""
        adding = self.world.villager("adds " + self.code)
        for event in (Chose("progress"), Said(self.code), Chose("add"), Said(words), Chose("done")):
            answer = await adding.does(event)
        if "submit" in {choice.id for spoken in answer.spoken for choice in spoken.choices}:
            await adding.does(Chose("submit"))
        await fold(self.world.desk)


async def tell(world: World, place: str = "苇庄镇", words: str = WORDS, name: str = "reporter") -> Told:
    villager = world.villager(name)
    code = await villager.tells(place, words)
    return Told(world, villager, code, (await fold(world.desk))[0].tip_id)


def words_of(tip: OpenTip) -> str:
    """Everything the page would show of the thread, in one text."""
    shown = [repr(said.value) for said in tip.thread]
    return "\n".join(shown)


async def opened_with_everything(told: Told, session: Session) -> list[bytes]:
    """Every box of the tip that any key granted to the member opens, tried without asking any rule."""
    world, round_id = told.world, told.world.made.round_id
    held = await keyring.keys_for(world.desk, session, session.teams[0])
    sealed = await world.house.store.read(lambda tx: boxes.list_boxes(tx, round_id, told.id))
    envelopes = await world.house.store.read(lambda tx: boxes.list_envelopes(tx, round_id, told.id))
    found = []
    for box in sealed:
        context = box_context(box.kind, round_id, told.id, box.seq)
        for envelope in (one for one in envelopes if one.seq == box.seq):
            for key in held:
                try:
                    found.append(read(key.open, key.key.id, box.body, envelope.sealed, context))
                except BadSeal:
                    continue
    return found
