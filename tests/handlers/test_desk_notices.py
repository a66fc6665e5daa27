"""What is announced to a team's group: on the hour and half hour, once, and never a word of a tip."""

import pytest

from domain.errors import Reason, Refused
from domain.rounds import Role
from handlers import wire
from handlers.desk import notices
from handlers.intake import linking
from handlers.people import accounts
from handlers.sealing import body_aad, peer_aad
from storage import outbox
from storage.outbox import OutKind
from tests.handlers.desk_side import WORDS, tell
from tests.world import World
from vault.lock import unlock

GROUP = -1001234567890


async def link(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    token = await notices.make_link(world.desk, zhou, zhou.teams[0])
    assert await linking.link_group(world.desk, token, GROUP)
    assert not await linking.link_group(world.desk, token, GROUP + 1)


async def group_messages(world: World) -> list[tuple[str, str]]:
    """Chat and words of what goes to groups now; it is delivered with that."""
    now = world.clock()
    rows = await world.house.store.write(lambda tx: outbox.claim(tx, now, now))
    for row in rows:
        await world.house.store.write(lambda tx, row=row: outbox.settle(tx, (row.id,)))
    key = world.intake.secrets.peer_lock_key
    return [
        (
            unlock(key, row.peer, peer_aad(row.channel)).decode(),
            wire.decode_spoken(unlock(key, row.body, body_aad(row.id))).text,
        )
        for row in rows
        if row.kind is OutKind.GROUP
    ]


async def test_a_group_hears_number_place_and_day_of_new_tips_and_nothing_else(world: World) -> None:
    await link(world)
    await tell(world)
    assert await notices.due_group_notices(world.desk) == 1
    ((chat, text),) = await group_messages(world)
    assert chat == str(GROUP)
    assert "1-0001" in text
    assert not any(word in text for word in (WORDS, "11 亩", "补贴"))


async def test_what_was_told_is_not_told_again(world: World) -> None:
    await link(world)
    await tell(world)
    await notices.due_group_notices(world.desk)
    assert await notices.due_group_notices(world.desk) == 0
    assert len(await group_messages(world)) == 1
    world.clock.forward(minutes=30)
    await tell(world, name="another")
    assert await notices.due_group_notices(world.desk) == 1
    texts = [text for _, text in await group_messages(world)]
    assert "1-0002" in texts[-1]
    assert "1-0001" not in texts[-1]


async def test_nothing_leaves_between_the_half_hours(world: World) -> None:
    await link(world)
    await tell(world)
    world.clock.forward(minutes=7)
    assert await notices.due_group_notices(world.desk) == 0
    world.clock.forward(minutes=23)
    assert await notices.due_group_notices(world.desk) == 1


async def test_a_tip_that_comes_within_the_minute_of_the_message_waits_for_the_next(world: World) -> None:
    await link(world)
    assert await notices.due_group_notices(world.desk) == 0
    world.clock.forward(seconds=25)
    await tell(world)
    world.clock.forward(seconds=15)
    assert await notices.due_group_notices(world.desk) == 0
    assert await group_messages(world) == []
    world.clock.forward(minutes=29, seconds=30)
    assert await notices.due_group_notices(world.desk) == 1


async def test_a_seat_in_another_team_links_no_group_of_this_one(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    _, shen = await world.sign_in("shen")
    _, fang = await world.sign_in("fang")
    await accounts.add_role(world.desk, by=fang.member_id, office_id=fang.office_id, member_id=tang.member_id,
                            role=Role.LEADER, team_id=shen.teams[0])  # fmt: skip
    _, tang = await world.sign_in("tang")
    assert await notices.make_link(world.desk, tang, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await notices.make_link(world.desk, tang, zhou.teams[0])
    assert caught.value.reason is Reason.NOT_ALLOWED


async def test_a_flood_is_one_message_of_ten_lines(world: World) -> None:
    await link(world)
    for n in range(13):
        await tell(world, name=f"v{n}")
    await notices.due_group_notices(world.desk)
    ((_, text),) = await group_messages(world)
    assert text.count("1-00") == 10
    assert "3" in text.splitlines()[-1]


async def test_a_link_ends_after_its_days_and_is_made_for_my_own_team_only(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    token = await notices.make_link(world.desk, zhou, zhou.teams[0])
    world.clock.forward(days=notices.LINK_DAYS + 1)
    assert not await linking.link_group(world.desk, token, GROUP)
    with pytest.raises(Refused) as caught:
        await notices.make_link(world.desk, shen, zhou.teams[0])
    assert caught.value.reason is Reason.UNKNOWN
