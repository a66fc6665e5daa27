"""Whoever writes to the database can seal anything to a team: what none of us wrote breaks no page and no paper."""

import pytest
from sqlalchemy import update

from handlers.desk.finding.find import find
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.paper.ledger import Purpose, make_ledger
from handlers.sealing import box_context
from storage.intake.boxes import BoxKind
from storage.people import keys
from storage.schema.boxes import box, envelope
from storage.store import Tx
from tests.handlers.desk.ledger_side import everything, rows_of
from tests.handlers.desk.side import WORDS, Told, tell
from tests.world import World
from vault.seal import Holder, write


@pytest.fixture
async def forged(world: World) -> Told:
    """The second of two tips: its header and its letter are well sealed, and no shape of ours is in them."""
    await tell(world, name="first")
    told, round_id = await tell(world, words="路灯不亮", name="second"), world.made.round_id
    _, zhou = await world.sign_in("zhou")

    def store(tx: Tx) -> None:
        (key,) = keys.team_keys(tx, round_id, zhou.teams[0])
        for seq, kind in enumerate((BoxKind.HEADER, BoxKind.IN)):
            made = write([Holder(key.id, key.public)], b"{}", box_context(kind, round_id, told.id, seq))
            tx.execute(update(box).where(box.c.owner_id == told.id, box.c.seq == seq).values(body=made.body))
            mine = (envelope.c.owner_id == told.id) & (envelope.c.seq == seq) & (envelope.c.key_id == key.id)
            tx.execute(update(envelope).where(mine).values(sealed=made.envelopes[0].sealed))

    await world.house.store.write(store)
    return told


async def test_the_queue_shows_such_a_tip_as_one_that_cannot_be_opened(forged: Told) -> None:
    desk = forged.world.desk
    _, zhou = await forged.world.sign_in("zhou")
    rows = (await read_queue(desk, zhou, zhou.teams[0], ViewName.ALL)).rows
    assert [row.header is None for row in rows] == [False, True]


async def test_a_ledger_holds_every_other_tip_whole(forged: Told) -> None:
    desk = forged.world.desk
    _, zhou = await forged.world.sign_in("zhou")
    masked = rows_of(await make_ledger(desk, zhou, zhou.teams[0]))
    assert [row["反映方式"] for row in masked] == ["匿名", None]
    named = await make_ledger(desk, zhou, zhou.teams[0], purpose=Purpose.CHECK)
    assert [row["编号"] for row in rows_of(named)] == ["1-0001", "1-0002"]
    assert WORDS in everything(named)


async def test_its_page_opens_without_it_and_nothing_is_done_on_its_word(forged: Told) -> None:
    _, zhou = await forged.world.sign_in("zhou")
    shown = await forged.opened(zhou)
    assert (shown.header, shown.letter, [said.value for said in shown.thread]) == (None, None, [None])
    found = await find(forged.world.desk, zhou, "补贴")
    assert [hit.label for hit in found.hits] == ["1-0001"]
