"""What is announced to a team's group: on the hour and half hour, once, and never a word of a tip."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import ZONE
from domain.notices import NoticeMode
from domain.tips import State
from handlers.desk.team import group, notices
from storage.desk import work
from storage.office import working_days
from storage.office.working_days import OwnDay
from tests.handlers.desk.group_side import CHAT, KEY, PAGE, ROBOT, group_messages, link
from tests.handlers.desk.side import WORDS, tell
from tests.world import World

CONTENT = (WORDS, "11 亩", "6 亩", "补贴")
NEVER = ("", "")


def at(world: World, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
    """Sets the clock: Wednesday is 11 November 2026."""
    world.clock.now = datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def told(world: World) -> list[str]:
    """What is told at this moment."""
    await notices.due_group_notices(world.desk, PAGE)
    return [text for _, text in await group_messages(world)]


async def set_times(world: World, mode: NoticeMode, quiet: tuple[str, str] = NEVER, login: str = "zhou") -> None:
    _, session = await world.sign_in(login)
    await group.set_times(world.desk, session, session.teams[0], mode, quiet)


async def test_a_group_hears_number_place_and_day_of_new_tips_and_nothing_else(world: World) -> None:
    await link(world, "gu")
    await tell(world)
    await tell(world, place="苇原县水利站", name="another")
    assert await notices.due_group_notices(world.desk, PAGE) == 1
    ((chat, text),) = await group_messages(world)
    assert chat == str(CHAT)
    assert text.splitlines()[1:-1] == ["新来信 1 件：", "3-0001 苇原县水利站，12 月 2 日前受理"]
    assert PAGE in text
    assert not any(word in text for word in CONTENT)


async def test_what_was_told_is_not_told_again(world: World) -> None:
    await link(world)
    await tell(world)
    assert len(await told(world)) == 1
    assert await told(world) == []
    world.clock.forward(minutes=30)
    await tell(world, name="another")
    (text,) = await told(world)
    assert "1-0002" in text
    assert "1-0001" not in text


async def test_nothing_leaves_between_the_half_hours(world: World) -> None:
    await link(world)
    await tell(world)
    world.clock.forward(minutes=7)
    assert await told(world) == []
    world.clock.forward(minutes=23)
    assert len(await told(world)) == 1


async def test_a_tip_that_comes_within_the_minute_of_the_message_waits_for_the_next(world: World) -> None:
    await link(world)
    assert await told(world) == []
    world.clock.forward(seconds=25)
    await tell(world)
    world.clock.forward(seconds=15)
    assert await told(world) == []
    world.clock.forward(minutes=29, seconds=30)
    assert len(await told(world)) == 1


async def test_quiet_hours_over_midnight_are_kept_and_what_came_in_them_is_told_after(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.HALF_HOUR, ("21:00", "08:00"))
    for day, hour, minute in ((11, 21, 0), (11, 23, 30), (12, 0, 0), (12, 7, 30)):
        at(world, day, hour, minute)
        await tell(world, name=f"{day} {hour} {minute}")
        assert await told(world) == []
    at(world, 12, 8)
    (text,) = await told(world)
    assert [f"1-000{n}" in text for n in (1, 2, 3, 4)] == [True] * 4
    at(world, 12, 20, 30)
    await tell(world, name="evening")
    assert len(await told(world)) == 1


async def test_a_digest_comes_once_on_a_working_day_at_half_past_eight(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.DIGEST)
    await tell(world)
    for day, hour, minute in ((11, 12, 30), (11, 23, 0), (12, 8, 0)):
        at(world, day, hour, minute)
        assert await told(world) == []
    at(world, 12, 8, 30)
    (text,) = await told(world)
    assert "1-0001" in text
    at(world, 12, 9)
    await tell(world, name="after it")
    assert await told(world) == []
    at(world, 13, 8, 30)
    assert "1-0002" in (await told(world))[0]


async def test_a_digest_waits_over_the_weekend_and_over_days_that_the_office_takes_out(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.DIGEST)
    monday = OwnDay(datetime(2026, 11, 16, tzinfo=ZONE).date(), False, "own")
    office_id = (await world.sign_in("zhou"))[1].office_id
    await world.house.store.write(lambda tx: working_days.save_day(tx, office_id, monday))
    at(world, 13, 15)
    await tell(world)
    for day in (14, 15, 16):
        at(world, day, 8, 30)
        assert await told(world) == []
    at(world, 17, 8, 30)
    assert len(await told(world)) == 1


async def test_a_digest_is_made_up_for_later_that_day_when_half_past_eight_was_missed(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.DIGEST, ("21:00", "10:00"))
    await tell(world)
    at(world, 12, 9, 30)
    assert await told(world) == []
    at(world, 12, 10)
    assert len(await told(world)) == 1


async def test_what_is_over_and_at_risk_is_told_once_a_day_with_its_stage_and_day(world: World) -> None:
    await link(world)
    await tell(world)
    assert len(await told(world)) == 1
    at(world, 26, 12)
    await tell(world, name="later")  # due on 17 December
    await told(world)
    at(world, 30, 8, 30)
    (text,) = await told(world)
    assert "快到期 1 件：\n1-0001 地点不明，12 月 2 日前受理\n" in text
    assert "1-0002" not in text
    at(world, 30, 9)
    assert await told(world) == []
    at(world, 3, 8, 30, month=12)
    (text,) = await told(world)
    assert "已超期 1 件：\n1-0001 地点不明，12 月 2 日前受理\n" in text
    assert "快到期" not in text
    at(world, 5, 8, 30, month=12)  # a Saturday
    assert await told(world) == []


async def test_a_digest_names_what_ends_today_and_what_is_over_by_number_only(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.DIGEST)
    await tell(world)
    at(world, 12, 9)
    await tell(world, name="due a day later")
    at(world, 2, 8, 30, month=12)
    await told(world)
    at(world, 3, 8, 30, month=12)
    (text,) = await told(world)
    assert text.splitlines()[1:-1] == ["已超期 1 件：", "1-0001", "今天到期 1 件：", "1-0002"]


async def test_what_ended_is_told_to_nobody_as_overdue(world: World) -> None:
    zhou = await link(world)
    tip = await tell(world)
    await told(world)
    standing = (await tip.opened(zhou)).standing.work

    ended = replace(standing, state=State.WITHDRAWN, next_due_on=None, next_stage="")
    await world.house.store.write(lambda tx: work.update_work(tx, ended))
    at(world, 3, 8, 30, month=12)
    assert await told(world) == []


async def test_a_team_that_wants_none_gets_none_and_afterwards_only_what_is_new(world: World) -> None:
    await link(world)
    await set_times(world, NoticeMode.OFF)
    await tell(world)
    assert await told(world) == []
    world.clock.forward(minutes=30)
    await set_times(world, NoticeMode.HALF_HOUR)
    await tell(world, name="new")
    (text,) = await told(world)
    assert "1-0002" in text
    assert "1-0001" not in text


async def test_a_robot_hears_the_same_as_a_telegram_group_each_team_its_own(world: World) -> None:
    await link(world)
    _, shen = await world.sign_in("shen")
    await group.link_robot(world.desk, shen, shen.teams[0], ROBOT)
    place = next(name for name, view in world.batches.items() if view.batch.team_id == shen.teams[0])
    await tell(world)
    await tell(world, place=place, name="of the other team")
    assert await notices.due_group_notices(world.desk, PAGE) == 2
    heard = dict(await group_messages(world))
    assert set(heard) == {str(CHAT), KEY}
    assert "1-0001" in heard[str(CHAT)]
    assert "1-0001" not in heard[KEY]
    assert not any(word in text for word in CONTENT for text in heard.values())


async def test_a_flood_is_one_message_of_ten_lines(world: World) -> None:
    await link(world)
    for n in range(13):
        await tell(world, name=f"v{n}")
    (text,) = await told(world)
    assert text.count("1-00") == 10
    assert text.splitlines()[-2] == "另有 3 件"


async def test_a_link_counts_from_its_moment_and_what_is_due_is_told_the_next_morning(world: World) -> None:
    await tell(world)
    at(world, 3, 12, month=12)
    await link(world)
    world.clock.now += timedelta(minutes=30)
    assert await told(world) == []
    at(world, 4, 8, 30, month=12)
    (text,) = await told(world)
    assert "已超期 1 件" in text
    assert "新来信" not in text
