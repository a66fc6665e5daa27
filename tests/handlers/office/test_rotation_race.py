"""A new key is made before it is stored: what changed meanwhile counts. Once it is stored, the audit says so."""

import pytest

from domain.errors import Reason, Refused
from handlers.office.keys.rotating import Fresh, enter_fresh, make_fresh, rotate, served_keys
from handlers.people.sessions import Session
from storage.people import audit, keys, members
from storage.people.members import MemberState
from tests.world import World


async def made(world: World, director: Session) -> list[Fresh]:
    """The next key of zhou's team, not stored yet."""
    _, zhou = await world.sign_in("zhou")
    served = await world.desk.store.read(lambda tx: served_keys(tx, world.desk, director))
    return await make_fresh(world.desk, director, [one for one in served if one.team.id == zhou.teams[0]])


async def test_a_holder_who_is_put_out_meanwhile_is_given_no_new_key(world: World) -> None:
    (_, director), (_, tang) = await world.sign_in("fang"), await world.sign_in("tang")
    fresh = await made(world, director)
    assert tang.key_id in {grant.holder_key_id for grant in fresh[0].grants}
    await world.desk.store.write(lambda tx: members.set_member_state(tx, tang.member_id, MemberState.DISABLED))
    with pytest.raises(Refused) as caught:
        await world.desk.store.write(lambda tx: enter_fresh(tx, world.desk, director, fresh))
    assert caught.value.reason is Reason.STALE
    old = fresh[0].old
    kept = await world.desk.store.read(lambda tx: keys.team_keys(tx, old.round.id, old.team.id))
    assert kept[0].id == old.key.id


async def test_changing_a_key_stands_in_the_audit_with_its_team(world: World) -> None:
    _, director = await world.sign_in("fang")
    fresh = await made(world, director)
    await rotate(world.desk, director, fresh[0].old.team.id)
    lines = await world.desk.store.read(lambda tx: audit.list_lines(tx, director.office_id))
    done = [one.entry for one in lines if one.entry.act == "rotate"]
    assert [(one.member_id, one.object_kind, one.object_id) for one in done] == [
        (director.member_id, "team", fresh[0].old.team.id)
    ]
