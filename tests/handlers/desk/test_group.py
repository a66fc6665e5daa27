"""A team's group: who links it, by what, what is kept of a robot, and that nothing goes where it no longer may."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from domain.notices import NoticeMode
from domain.rounds import Role
from handlers.desk.team import group, notices
from handlers.desk.team.robot import ADDRESS, key_of
from handlers.intake import linking
from handlers.people import roster
from storage.desk import news
from storage.intake import outbox
from storage.intake.outbox import OutChannel
from storage.office import teams
from storage.people import audit
from tests.handlers.desk.group_side import CHAT, KEY, PAGE, ROBOT, group_messages, link
from tests.handlers.desk.side import tell
from tests.world import World

WRONG = [
    "",
    KEY,
    ROBOT.replace("https", "http"),
    ROBOT.replace("https://", "//"),
    ROBOT.replace("https://", "https://user@"),
    ROBOT.replace("https://", "https://user:word@"),
    ROBOT.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com:443"),
    ROBOT.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com.example.org"),
    ROBOT.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com@example.org"),
    ROBOT.replace("qyapi.weixin.qq.com", "127.0.0.1"),
    ROBOT.replace("qyapi.weixin.qq.com", "qyapiXweixin.qq.com"),
    ROBOT.replace("qyapi", "QYAPI"),
    ROBOT.replace("send", "upload_media"),
    ROBOT.replace("/cgi-bin", "/../cgi-bin"),
    ROBOT.replace("?key", "?debug=1&key"),
    f"{ROBOT}&debug=1",
    f"{ROBOT}#x",
    f"{ROBOT}0",
    ROBOT[:-1],
    ROBOT.replace("0f8f", "0g8f"),
    ROBOT.replace("0f8f", "０f8f"),
    f"{ROBOT}\n{ROBOT}",
    f"看 {ROBOT}",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("address", WRONG)
def test_an_address_that_is_not_a_robots_is_refused(address: str) -> None:
    with pytest.raises(Refused) as caught:
        key_of(address)
    assert (caught.value.reason, caught.value.detail) == (Reason.BAD_INPUT, "robot-address")


@settings(max_examples=300)
@given(st.integers(0, len(ROBOT)), st.integers(0, 3), st.text(max_size=3))
def test_a_robots_address_with_anything_changed_is_another_robots_or_refused(at: int, cut: int, put: str) -> None:
    address = ROBOT[:at] + put + ROBOT[at + cut :]
    try:
        key = key_of(address)
    except Refused:
        return
    assert address.strip() == ADDRESS + key
    assert len(key) == len(KEY)


@given(st.uuids().map(str))
def test_every_robots_address_is_taken_with_the_blanks_around_it(key: str) -> None:
    assert key_of(f" {ADDRESS}{key}\n") == key


async def test_of_a_robot_only_its_locked_key_is_kept(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await group.link_robot(world.desk, zhou, zhou.teams[0], ROBOT)
    kept = await world.house.store.read(lambda tx: teams.get_group(tx, zhou.teams[0]))
    assert (kept.channel, kept.peer) == (OutChannel.WECOM, "")
    await tell(world)
    await notices.due_group_notices(world.desk, PAGE)
    files = [path.read_bytes() for path in world.data.glob("msx.db*")]
    for trace in (KEY.encode(), KEY.replace("-", "").encode(), bytes.fromhex(KEY.replace("-", ""))):
        assert not any(trace in file for file in files)
    assert [key for key, _ in await group_messages(world)] == [KEY]


async def test_another_group_takes_the_place_of_the_first_and_hears_nothing_meant_for_it(world: World) -> None:
    zhou = await link(world)
    await tell(world)
    await notices.due_group_notices(world.desk, PAGE)
    await group.link_robot(world.desk, zhou, zhou.teams[0], ROBOT)
    assert await group_messages(world) == []
    page = await group.read_group(world.desk, zhou, zhou.teams[0])
    assert page.channel is OutChannel.WECOM
    await link(world, chat=CHAT - 1)
    page = await group.read_group(world.desk, zhou, zhou.teams[0])
    assert page.channel is OutChannel.TELEGRAM
    kept = await world.house.store.read(lambda tx: teams.get_group(tx, zhou.teams[0]))
    assert (kept.peer, kept.robot) == (str(CHAT - 1), None)


async def test_an_unlinked_group_hears_no_more_not_even_what_waits(world: World) -> None:
    zhou = await link(world)
    await tell(world)
    await notices.due_group_notices(world.desk, PAGE)
    await group.unlink(world.desk, zhou, zhou.teams[0])
    assert await world.house.store.read(outbox.pending) == 0
    world.clock.forward(minutes=30)
    await tell(world, name="later")
    assert await notices.due_group_notices(world.desk, PAGE) == 0
    with pytest.raises(Refused) as caught:
        await group.try_out(world.desk, zhou, zhou.teams[0], PAGE, "zh")
    assert caught.value.detail == "no-group"


async def test_a_trial_goes_out_at_any_minute_and_says_nothing_of_tips(world: World) -> None:
    zhou = await link(world)
    await tell(world)
    await group.set_times(world.desk, zhou, zhou.teams[0], NoticeMode.HALF_HOUR, ("11:00", "13:00"))
    world.clock.forward(minutes=7)
    await group.try_out(world.desk, zhou, zhou.teams[0], PAGE, "zh")
    await group.try_out(world.desk, zhou, zhou.teams[0], PAGE, "zh")
    ((chat, text),) = await group_messages(world)
    assert chat == str(CHAT)
    assert "1-0001" not in text
    assert PAGE in text


async def test_who_linked_tried_and_unlinked_stands_in_the_audit(world: World) -> None:
    zhou = await link(world)
    team = zhou.teams[0]
    await group.link_robot(world.desk, zhou, team, ROBOT)
    await group.set_times(world.desk, zhou, team, NoticeMode.DIGEST, ("", ""))
    await group.try_out(world.desk, zhou, team, PAGE, "zh")
    await group.unlink(world.desk, zhou, team)
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, zhou.office_id, "team", team))
    acts = [line.entry.act for line in lines if line.entry.member_id == zhou.member_id]
    assert acts[-5:] == ["make-link", "link-robot", "set-notices", "try-group", "unlink-group"]


async def test_only_a_leader_or_liaison_of_that_very_team_touches_its_group(world: World) -> None:
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in ("zhou", "tang", "shen")]
    for session, team, reason in ((tang, tang.teams[0], Reason.NOT_ALLOWED), (shen, zhou.teams[0], Reason.UNKNOWN)):
        for act in (
            group.make_link(world.desk, session, team),
            group.link_robot(world.desk, session, team, ROBOT),
            group.set_times(world.desk, session, team, NoticeMode.OFF, ("", "")),
            group.try_out(world.desk, session, team, PAGE, "zh"),
            group.unlink(world.desk, session, team),
        ):
            with pytest.raises(Refused) as caught:
                await act
            assert caught.value.reason is reason


async def test_a_seat_in_another_team_links_no_group_of_this_one(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    _, shen = await world.sign_in("shen")
    _, fang = await world.sign_in("fang")
    await roster.give_role(world.desk, fang, tang.member_id, Role.LEADER, shen.teams[0])
    _, tang = await world.sign_in("tang")
    assert await group.make_link(world.desk, tang, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await group.make_link(world.desk, tang, zhou.teams[0])
    assert caught.value.reason is Reason.NOT_ALLOWED


async def test_a_link_ends_after_its_days_and_works_once(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    token = await group.make_link(world.desk, zhou, zhou.teams[0])
    assert await linking.link_group(world.desk, token, CHAT)
    assert not await linking.link_group(world.desk, token, CHAT + 1)
    late = await group.make_link(world.desk, zhou, zhou.teams[0])
    world.clock.forward(days=group.LINK_DAYS + 1)
    assert not await linking.link_group(world.desk, late, CHAT)


async def test_a_group_that_refuses_is_named_until_another_is_linked(world: World) -> None:
    zhou = await link(world)
    team, today = zhou.teams[0], world.clock().date()
    await world.house.store.write(lambda tx: news.set_refused_day(tx, world.made.round_id, team, today))
    assert (await group.read_group(world.desk, zhou, team)).refused_on == today
    await link(world, chat=CHAT - 1)
    assert (await group.read_group(world.desk, zhou, team)).refused_on is None
