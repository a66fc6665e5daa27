"""A stolen database, even with every member's password, opens nothing; what is missing lies in the secrets folder."""

from pathlib import Path

from domain.tips import Action, Channel
from handlers.conversation.events import Chose, Said, Sent, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.mine import my_first
from handlers.desk.moves.acting import Wish, act
from handlers.intake.converse import Outbound, handle
from handlers.keeping import keep_file
from tests.promises.attacker import Attacker, keys_of, stolen
from tests.web.site import PNG
from tests.world import PASSWORD, World

TOLD, ASKED, DRAFTED = "金丝雀四七一一：去年的钱没有发。", "金丝雀问五八二二：是哪个月？", "金丝雀草稿六九三三"


async def busy(world: World) -> None:
    """A tip with a picture that the team asked about, a chat with an open draft and waiting replies."""
    villager = world.villager("told")
    await villager.does(Start(world.card("苇原县水利站")))
    await villager.does(Said(TOLD))
    kind, file = await keep_file(world.intake, PNG, name="a.png")
    await villager.does(Sent(kind, file))
    await villager.does(Chose("done"), Chose("anonymous"), Chose("recusal:no"), Chose("submit"))
    await fold(world.desk)
    _, gu = await world.sign_in("gu")
    team_id = await my_first(world.desk, gu)
    row = (await read_queue(world.desk, gu, team_id, ViewName.ALL)).rows[0]
    await act(world.desk, gu, row.tip.id, Wish(Action.ASK, row.work.version, words=ASKED))
    drafting = world.villager("4711", Channel.TELEGRAM)
    outbound = Outbound("4711")
    await handle(world.intake, drafting.peer, Start(world.card("苇庄镇")), outbound=outbound)
    await handle(world.intake, drafting.peer, Said(DRAFTED), outbound=outbound)


async def test_a_stolen_database_with_all_passwords_opens_nothing(world: World, tmp_path: Path) -> None:
    await busy(world)
    attacker = Attacker(stolen(world, tmp_path / "stolen"), [PASSWORD])
    assert attacker.members(), "the passwords are the right ones"
    assert attacker.all_plain() == []
    attacker.close()


async def test_with_the_secrets_the_same_attacker_reads_everything(world: World, tmp_path: Path) -> None:
    await busy(world)
    attacker = Attacker(stolen(world, tmp_path / "stolen"), [PASSWORD], keys_of(world))
    read = b"\n".join(attacker.all_plain())
    attacker.close()
    for words in (TOLD, ASKED, DRAFTED):
        assert words.encode() in read, "so the attacker above would have found it"
    assert PNG in read
    assert b"4711" in read, "the chat that waits for replies"


async def test_with_the_secrets_but_without_passwords_the_tip_stays_shut(world: World, tmp_path: Path) -> None:
    await busy(world)
    attacker = Attacker(stolen(world, tmp_path / "stolen"), ["wrong"], keys_of(world))
    read = b"\n".join(attacker.all_plain())
    attacker.close()
    assert TOLD.encode() not in read
    assert ASKED.encode() not in read
