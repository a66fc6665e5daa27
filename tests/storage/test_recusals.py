"""Keys taken away from tips, and the queries by which it is found who still holds what."""

from domain.ids import KeyId, Locked, Sealed, TipId, new_id
from domain.tips import State, TipWork
from storage.desk import recusals, work
from storage.intake import boxes, tips
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.people import keys
from storage.people.keys import Grant, KeyKind
from storage.store import Store, Tx
from tests.storage.frame import DAY, Frame, a_key, a_tip


def put_tip(tx: Tx, frame: Frame, number: int, *held_by: KeyId) -> TipId:
    """A tip of the team with one box, which each of these keys opens."""
    tip = a_tip(frame)
    tips.insert_tip(tx, tip)
    work.insert_work(tx, TipWork(frame.round, tip.id, frame.team, number, State.RECEIVED, None, None, 1))
    envelopes = [SealedEnvelope(0, one, Sealed(one)) for one in (*held_by, b"code")]
    boxes.insert_box(tx, SealedBox(frame.round, tip.id, 0, BoxKind.IN, Sealed(b"box")), envelopes)
    for one in held_by:
        boxes.insert_holder(tx, frame.round, tip.id, one)
    return tip.id


async def test_one_key_stays_and_the_receipt_code_with_it(store: Store, frame: Frame) -> None:
    old, new = a_key(frame), a_key(frame, generation=2)

    def write(tx: Tx) -> tuple[TipId, TipId]:
        for one in (old, new):
            keys.insert_key(tx, one)
        mine, other = put_tip(tx, frame, 1, old.id, new.id), put_tip(tx, frame, 2, old.id)
        recusals.keep_holder(tx, frame.round, mine, new.id, besides=[b"code"])
        return mine, other

    mine, other = await store.write(write)

    def look(tx: Tx) -> None:
        assert {one.holder_id for one in boxes.list_envelopes(tx, frame.round, mine)} == {new.id, b"code"}
        assert boxes.list_holders(tx, frame.round, mine) == [new.id]
        assert {one.holder_id for one in boxes.list_envelopes(tx, frame.round, other)} == {old.id, b"code"}
        assert boxes.list_holders(tx, frame.round, other) == [old.id]

    await store.read(look)


async def test_a_holder_is_changed_for_new_boxes_alone(store: Store, frame: Frame) -> None:
    old, new = a_key(frame), a_key(frame, generation=2)
    lock = a_key(frame, kind=KeyKind.SUBSET, tip_id=TipId(new_id()))

    def write(tx: Tx) -> tuple[TipId, TipId]:
        for one in (old, new, lock):
            keys.insert_key(tx, one)
        made = put_tip(tx, frame, 2, old.id), put_tip(tx, frame, 1, lock.id)
        recusals.change_holder(tx, frame.round, [old.id], new.id)
        return made

    plain, locked = await store.write(write)

    def look(tx: Tx) -> None:
        assert recusals.list_held(tx, frame.round, frame.team, locked=False) == {plain: new.id}
        assert recusals.list_held(tx, frame.round, frame.team, locked=True) == {locked: lock.id}
        assert {one.holder_id for one in boxes.list_envelopes(tx, frame.round, plain)} == {old.id, b"code"}

    await store.read(look)


async def test_of_a_teams_keys_those_of_other_tips_can_be_left_out(store: Store, frame: Frame) -> None:
    mine, tip = a_key(frame, kind=KeyKind.MEMBER, team_id=None, member_id=frame.member), TipId(new_id())
    team, lock = a_key(frame), a_key(frame, kind=KeyKind.SUBSET, tip_id=tip)
    given = [Grant(one.id, mine.id, Locked(b"box"), None, DAY) for one in (team, lock)]

    def write(tx: Tx) -> None:
        for key in (mine, team, lock):
            keys.insert_key(tx, key)
        for grant in given:
            keys.insert_grant(tx, grant)

    await store.write(write)

    def look(tx: Tx) -> None:
        for tips_, expected in ((None, {team.id, lock.id}), ((), {team.id}), ((tip,), {team.id, lock.id})):
            found = keys.granted(tx, mine.id, frame.team, tips_)
            assert {key.id for key, _ in found} == expected
            assert all(grant in given and grant.key_id == key.id for key, grant in found)
        assert {(key_id, own.id) for key_id, own in keys.held_by(tx, [lock.id])} == {(lock.id, mine.id)}
        assert keys.held_by(tx, []) == []

    await store.read(look)
    await store.write(lambda tx: keys.sign_anew(tx, lock.id, team.id, b"word"))
    signed = await store.read(lambda tx: keys.get_key(tx, lock.id))
    assert (signed.signer_key_id, signed.signature, signed.public) == (team.id, b"word", lock.public)
