"""A round taken out of the plan leaves no row behind, in any table of either database, and takes none of another's."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError

from domain.ids import BatchId, RoundId, TeamId, new_id
from domain.rounds import Role, RoundState
from storage.desk.canned import CannedReply, insert_reply
from storage.office import cards, milestones, reminders, rounds, teams, unplanned
from storage.office.milestones import Milestone
from storage.office.reminders import Reminder
from storage.people import members, sessions
from storage.people.members import Membership
from storage.people.sessions import Invite
from storage.rows import insert_or_add
from storage.schema import boxes, counting, intake, metadata, people, tips
from storage.store import Store, Tx
from tests.storage.frame import DAY, NOW, Frame, a_batch, a_round, a_team, a_tip

LINKS = ("round", "team", "card_batch")
HOLDS = frozenset({"tip", "box", "holder", "attachment", "key", "release", "thread", "print_run"})
"""Tables that no plan writes: a row in one of them keeps the round."""


@dataclass
class Planned:
    round: RoundId
    team: TeamId
    batch: BatchId


def lay(tx: Tx, frame: Frame) -> Planned:
    """A planned round with a row in every table that a plan writes."""
    one = Planned(RoundId(new_id()), TeamId(new_id()), BatchId(new_id()))
    rounds.insert_round(tx, a_round(frame.office, one.round, 7, RoundState.PLANNED))
    rounds.set_text(tx, one.round, "zh", "notice", "公告")
    teams.insert_team(tx, frame.office, a_team(one.round, one.team, 1))
    teams.insert_assignment(tx, one.round, frame.township, one.team)
    teams.insert_team_link(tx, one.team, b"t" * 32, DAY)
    insert_reply(tx, CannedReply(new_id(), one.team, "题", "文", 1))
    cards.insert_batch(tx, a_batch(one.round, one.team, one.batch), [frame.village])
    members.insert_membership(tx, Membership(frame.member, frame.office, one.team, Role.LEADER, DAY))
    sessions.insert_invite(
        tx, Invite(b"i" * 32, frame.office, Role.LEADER, one.team, NOW + timedelta(days=1), frame.member)
    )
    milestones.set_milestone(tx, one.round, Milestone(DAY, "进驻"))
    reminders.insert_reminder(tx, Reminder(new_id(), one.round, one.team, frame.member, DAY, "催办", urges=True))
    insert_or_add(tx, tips.sequence, "next", 1, round_id=one.round, scope="x")
    insert_or_add(tx, counting.funnel, "n", 1, round_id=one.round, batch_id=one.batch, day=DAY, step="scan")
    ids = dict.fromkeys(("team_id", "unit_id", "batch_id"), b"")
    words = dict.fromkeys(("sheet", "channel", "kind", "measure"), "x")
    insert_or_add(tx, counting.counter, "n", 1, round_id=one.round, day=DAY, until=DAY, **ids, **words)
    return one


def everything(tx: Tx) -> dict[str, Counter[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: Counter(tuple(map(repr, row)) for row in tx.execute(select(table)))
        for table in metadata.sorted_tables
    }


def pointing_at(*names: str) -> set[str]:
    """The tables with a foreign key to one of these."""
    found = ((table.name, key.column.table.name) for table in metadata.sorted_tables for key in table.foreign_keys)
    return {name for name, target in found if target in names}


async def test_a_round_that_is_taken_out_leaves_every_table_as_it_was(store: Store, frame: Frame) -> None:
    before = await store.read(everything)
    one = await store.write(lambda tx: lay(tx, frame))
    laid = await store.read(everything)
    await store.write(lambda tx: unplanned.drop_round(tx, one.round))
    after = await store.read(everything)
    (link,) = after.pop("invite") - before.pop("invite")
    assert after == before
    assert repr(one.team) not in link
    filled = {name for name in before if laid[name] != before[name]} | {"invite"}
    assert pointing_at(*LINKS) <= filled | HOLDS | pointing_at("tip", "box"), "a table that nobody thought of"


Hang = Callable[[Tx, Frame, Planned], object]


def _key(tx: Tx, frame: Frame, **of: bytes) -> bytes:
    row = {"id": new_id(), "office_id": frame.office, "kind": "team", "generation": 1, "public": b"", "verify": b""}
    tx.execute(insert(people.key).values(**row, **of))
    return row["id"]  # type: ignore[return-value]


def _tip(tx: Tx, frame: Frame, one: Planned) -> None:
    row = a_tip(frame)
    of = {"round_id": one.round, "first_team_id": one.team, "card_batch_id": one.batch}
    said = {"channel": "web", "kind": "other", "lane": "main", "late": False, "received_on": DAY}
    sealed = {"receipt_tag": row.receipt_tag, "reply_public": row.reply_public}
    tx.execute(insert(tips.tip).values(id=row.id, office_id=frame.office, **of, **said, **sealed))


def _holder(tx: Tx, frame: Frame, one: Planned) -> None:
    tx.execute(insert(boxes.holder).values(round_id=one.round, owner_id=new_id(), key_id=_key(tx, frame)))


def _thread(tx: Tx, frame: Frame, one: Planned) -> None:
    state = {"state_locked": b"s", "key_epoch": 1, "expires_hour": 1, "version": 1}
    of = {"office_id": frame.office, "card_batch_id": one.batch}
    tx.execute(insert(intake.thread).values(channel="web", peer_tag=b"p", **of, **state))


def _sealed(table: Table, **values: object) -> Hang:
    return lambda tx, _frame, one: tx.execute(insert(table).values(round_id=one.round, **values))


HELD: dict[str, Hang] = {
    "key of the round": lambda tx, frame, one: _key(tx, frame, round_id=one.round),
    "key of a team": lambda tx, frame, one: _key(tx, frame, team_id=one.team),
    "tip": _tip,
    "box": _sealed(boxes.box, owner_id=new_id(), seq=0, owner_kind="tip", kind="text", body=b"b"),
    "holder": _holder,
    "attachment": _sealed(
        boxes.attachment, id=new_id(), owner_id=new_id(), seq=0, store="disk", size_class=1, state="kept"
    ),
    "release": _sealed(counting.release, on_date=DAY, body={}),
    "thread": _thread,
}


@pytest.mark.parametrize("what", HELD)
async def test_what_no_plan_makes_holds_the_round_and_the_database_itself_says_so(
    store: Store, frame: Frame, what: str
) -> None:
    one = await store.write(lambda tx: lay(tx, frame))
    assert not await store.read(lambda tx: unplanned.is_held(tx, one.round) or unplanned.is_printed(tx, one.round))
    await store.write(lambda tx: HELD[what](tx, frame, one))
    assert await store.read(lambda tx: unplanned.is_held(tx, one.round))
    before = await store.read(everything)
    with pytest.raises(IntegrityError):
        await store.write(lambda tx: unplanned.drop_round(tx, one.round))
    assert await store.read(everything) == before
    assert not await store.read(lambda tx: unplanned.is_held(tx, RoundId(new_id())))


async def test_a_poster_counts_as_printed_as_a_card_does(store: Store, frame: Frame) -> None:
    one = await store.write(lambda tx: lay(tx, frame))
    await store.write(lambda tx: cards.insert_print_run(tx, one.batch, 0, DAY, what="poster"))
    assert await store.read(lambda tx: unplanned.is_printed(tx, one.round))
    with pytest.raises(IntegrityError):
        await store.write(lambda tx: unplanned.drop_round(tx, one.round))
