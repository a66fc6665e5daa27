"""Alerts, the board of deadlines, reminders and the wall: what the office watches, and what it is not told."""

from datetime import timedelta

import pytest

from domain.errors import Reason, Refused
from domain.ids import Locked, TeamId, new_id
from domain.rounds import TeamKind
from domain.tips import Action
from handlers.desk import reminders as desk_reminders
from handlers.desk.queue import read_queue
from handlers.desk.thread import open_tip
from handlers.desk.views import ViewName
from handlers.office.figures.sheets import read_sheets
from handlers.office.watch import overdue, reminding, settings
from handlers.office.watch.alerts import Alert, Trouble, alerts
from handlers.office.watch.wall import Wall, make_wall
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.promising import Lock, Promise, outgoing
from storage import audit, members, outbox, watching
from storage.members import MemberState
from storage.outbox import OutChannel, OutKind
from tests.handlers.watch_side import FIRST, SECOND, moves, passes, session_of, team_id, tell, tell_of_us
from tests.world import World


@pytest.fixture
async def fang(world: World) -> Session:
    """The director."""
    return await session_of(world, "fang")


async def found(world: World, session: Session, *troubles: Trouble) -> list[Alert]:
    """The alerts of these kinds."""
    return [one for one in await alerts(world.desk, session) if one.trouble in troubles]


async def wall_of(world: World) -> Wall:
    return make_wall(await read_sheets(world.desk, world.made.round_id))


async def test_a_queue_counts_as_unread_when_three_whole_working_days_have_gone_by(world: World) -> None:
    tip = await tell(world, "a")  # on a Wednesday
    world.clock.forward(days=5)  # Monday: Thursday and Friday have gone by
    assert await found(world, await session_of(world, "fang"), Trouble.UNREAD) == []
    world.clock.forward(days=1)
    (one,) = await found(world, await session_of(world, "fang"), Trouble.UNREAD)
    assert (one.args["team"], one.args["n"], one.args["days"]) == ("第一巡察组", 1, 3)
    assert one.since == world.clock.now.date() - timedelta(days=6)
    assert one.link == f"/office/watch/teams/{(await team_id(world, 1)).hex()}"
    await open_tip(world.desk, await session_of(world, "tang"), tip)
    assert await found(world, await session_of(world, "fang"), Trouble.UNREAD) == []


async def test_opening_what_another_team_has_does_not_make_a_queue_read(world: World) -> None:
    await tell(world, "a", SECOND)
    world.clock.forward(days=6)
    tip = await tell(world, "b", FIRST)
    await open_tip(world.desk, await session_of(world, "tang"), tip)
    (one,) = await found(world, await session_of(world, "fang"), Trouble.UNREAD)
    assert one.args["team"] == "第二巡察组"


async def test_of_the_recusal_queue_no_alert_says_anything(world: World) -> None:
    world.clock.forward(days=20)
    before = await alerts(world.desk, await session_of(world, "fang"))
    world.clock.forward(days=-20)
    await tell_of_us(world, "a")
    world.clock.forward(days=20)
    assert await alerts(world.desk, await session_of(world, "fang")) == before


async def test_the_office_says_after_how_many_days_a_queue_counts_as_unread(world: World, fang: Session) -> None:
    await tell(world, "a")
    await settings.set_unread_days(world.desk, fang, 8)
    world.clock.forward(days=6)
    again = await session_of(world, "fang")
    assert await found(world, again, Trouble.UNREAD) == []
    await settings.set_unread_days(world.desk, again, 2)
    assert len(await found(world, again, Trouble.UNREAD)) == 1
    for days in (0, 31):
        with pytest.raises(Refused) as refused:
            await settings.set_unread_days(world.desk, again, days)
        assert refused.value.detail == "unread-days"
    assert await settings.unread_days(world.desk, again) == 2


async def test_a_team_with_one_able_member_is_named_and_a_full_one_is_not(world: World, fang: Session) -> None:
    assert await found(world, fang, Trouble.FEW) == []
    third, today = await team_id(world, 3), world.clock.now.date()
    people = await world.house.store.read(lambda tx: members.members_of_team(tx, third, today))
    for one in {one.id for one, _ in people} - {people[0][0].id}:
        await world.house.store.write(lambda tx, one=one: members.set_member_state(tx, one, MemberState.DISABLED))
    few = await found(world, fang, Trouble.FEW)
    assert ("第三巡察组", 1) in {(one.args["team"], one.args["n"]) for one in few}
    assert "第一巡察组" not in {one.args["team"] for one in few}


async def test_secrets_want_a_second_copy_and_another_one_after_every_opening(world: World, fang: Session) -> None:
    today = world.clock.now.date()
    (none,) = await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD)
    assert (none.trouble, none.since, none.link) == (Trouble.SECRETS, today, "/office/safekeeping")
    await settings.put_away(world.desk, fang, "secrets", (today - timedelta(days=1)).isoformat(), "保密柜")
    (old,) = await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD)
    assert (old.trouble, old.args["last"]) == (Trouble.SECRETS_OLD, today - timedelta(days=1))
    await settings.put_away(world.desk, fang, "secrets", today.isoformat(), "保密柜")
    assert await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD) == []
    deed = trail.Deed(fang.office_id, fang.member_id, "open", "round", world.made.round_id)
    await world.house.store.write(lambda tx: trail.note(tx, world.desk, deed))
    assert await found(world, fang, Trouble.SECRETS_OLD), "opened later on the same day"


async def test_a_backup_is_missed_after_seven_days_and_too_old_after_seven_more(world: World) -> None:
    troubles = (Trouble.BACKUP, Trouble.BACKUP_OLD)
    world.clock.forward(days=7)
    assert await found(world, await session_of(world, "fang"), *troubles) == []
    world.clock.forward(days=1)
    fang = await session_of(world, "fang")
    assert [one.trouble for one in await found(world, fang, *troubles)] == [Trouble.BACKUP]
    await settings.put_away(world.desk, fang, "backup", world.clock.now.date().isoformat(), "移动硬盘")
    assert await found(world, fang, *troubles) == []
    world.clock.forward(days=8)
    (old,) = await found(world, await session_of(world, "fang"), *troubles)
    assert (old.trouble, old.args["days"]) == (Trouble.BACKUP_OLD, 8)


@pytest.mark.parametrize(
    ("typed", "detail"),
    [
        (("photo", "2026-11-11", "柜子"), "keep-kind"),
        (("backup", "2026-11-12", "柜子"), "keep-day"),
        (("backup", "2025-11-01", "柜子"), "keep-day"),
        (("backup", "昨天", "柜子"), "keep-day"),
        (("secrets", "2026-11-11", " "), "keep-place"),
        (("secrets", "2026-11-11", "柜" * 61), "keep-place"),
    ],
)
async def test_what_cannot_have_been_put_away_is_refused(
    world: World, fang: Session, typed: tuple[str, str, str], detail: str
) -> None:
    with pytest.raises(Refused) as refused:
        await settings.put_away(world.desk, fang, *typed)
    assert (refused.value.reason, refused.value.detail) == (Reason.BAD_INPUT, detail)
    assert await settings.list_kept(world.desk, fang) == []


async def test_a_message_that_is_tried_in_vain_for_over_an_hour_is_told_by_the_day_alone(
    world: World, fang: Session
) -> None:
    promise = Promise(OutKind.NOTICE, OutChannel.TELEGRAM, Locked(b"p"), b"order")
    row = outgoing(promise, b"words", Lock(world.intake.secrets.peer_lock_key), world.clock.now)
    await world.house.store.write(lambda tx: outbox.enqueue(tx, row))
    world.clock.forward(minutes=59)
    assert await found(world, fang, Trouble.OUTBOX) == []
    world.clock.forward(minutes=61)
    later = world.clock.now + timedelta(minutes=5)
    await world.house.store.write(lambda tx: outbox.retry(tx, row.id, later))
    (one,) = await found(world, await session_of(world, "fang"), Trouble.OUTBOX)
    assert (one.since, dict(one.args)) == (world.clock.now.date(), {})
    world.clock.forward(hours=73)
    assert await found(world, await session_of(world, "fang"), Trouble.OUTBOX) == [], "it is dropped by now"


async def test_the_board_says_of_every_team_what_its_own_desk_says(world: World) -> None:
    for day in range(4):
        for name, place in (("a", FIRST), ("b", FIRST), ("c", SECOND)):
            tip = await tell(world, f"{name}{day}", place)
            if name == "a":
                await moves(world, "zhou", tip, Action.ACCEPT)
        world.clock.forward(days=3)
    world.clock.forward(days=16)
    lines = await overdue.board(world.desk, await read_sheets(world.desk, world.made.round_id))
    for login, line in zip(("zhou", "shen"), lines, strict=False):
        session = await session_of(world, login)
        queue = await read_queue(world.desk, session, line.team.id, ViewName.ALL)
        badges = [row.deadline.badge.value for row in queue.rows if row.deadline]
        shown = line.overdue
        assert shown.running == len(badges)
        assert shown.late == queue.counts[ViewName.LATE] == sum(one.startswith("late") for one in badges)
        assert shown.late3 == badges.count("late3")
        assert shown.soon + shown.today == queue.counts[ViewName.SOON]
        assert shown.late > (shown.late3 > 0), "or nothing was compared"
        late = await overdue.watch_team(world.desk, await session_of(world, "fang"), line.team.id)
        theirs = await read_queue(world.desk, session, line.team.id, ViewName.LATE)
        assert [one.label for one in late.lines] == [row.label for row in theirs.rows]
        assert [one.deadline for one in late.lines] == [row.deadline for row in theirs.rows]


async def test_late_numbers_come_page_by_page_without_gap_or_double(world: World) -> None:
    for n in range(5):
        await tell(world, f"v{n}")
        world.clock.forward(days=n % 2)
    world.clock.forward(days=40)
    first, today, round_id = await team_id(world, 1), world.clock.now.date(), world.made.round_id
    pages, after = [], None
    while page := await world.house.store.read(
        lambda tx, after=after: watching.late_tips(tx, round_id, first, today, after=after, limit=2)
    ):
        pages.append(page)
        after = page[-1].position
    numbers = [one.number for page in pages for one in page]
    assert (sorted(numbers), len(pages)) == ([1, 2, 3, 4, 5], 3)
    assert [one.due_on for page in pages for one in page] == sorted(one.due_on for page in pages for one in page)


async def test_the_recusal_queue_is_on_no_board_and_at_no_address(world: World, fang: Session) -> None:
    await tell_of_us(world, "a")
    world.clock.forward(days=40)
    lines = await overdue.board(world.desk, await read_sheets(world.desk, world.made.round_id))
    assert {line.team.kind for line in lines} == {TeamKind.TEAM, TeamKind.UNROUTED}
    assert sum(line.overdue.running for line in lines) == 0
    recusal = await team_id(world, 1, TeamKind.RECUSAL)
    for asked in (
        overdue.watch_team(world.desk, fang, recusal),
        reminding.remind(world.desk, fang, recusal, "请抓紧"),
        overdue.watch_team(world.desk, fang, TeamId(new_id())),
    ):
        with pytest.raises(Refused) as refused:
            await asked  # type: ignore[misc]  # any of them
        assert refused.value.reason is Reason.UNKNOWN


async def test_a_reminder_is_seen_by_the_team_and_marked_by_who_answers_for_it(world: World, fang: Session) -> None:
    first = await team_id(world, 1)
    note = await reminding.remind(world.desk, fang, first, " 请抓紧办 1-0001 \n")
    world.clock.forward(days=1)
    tang, heyu, shen = [await session_of(world, login) for login in ("tang", "heyu", "shen")]
    for one in (tang, heyu):
        assert [told.body for told in await desk_reminders.unseen(world.desk, one, first)] == ["请抓紧办 1-0001"]
    assert (desk_reminders.may_see(tang, first), desk_reminders.may_see(heyu, first)) == (False, True)
    for session, reason in ((tang, Reason.NOT_ALLOWED), (shen, Reason.UNKNOWN)):
        with pytest.raises(Refused) as refused:
            await desk_reminders.mark_seen(world.desk, session, note)
        assert refused.value.reason is reason
    assert await desk_reminders.mark_seen(world.desk, heyu, note) == first
    assert await desk_reminders.mark_seen(world.desk, await session_of(world, "zhou"), note) == first
    assert await desk_reminders.unseen(world.desk, heyu, first) == []
    (told,) = (await overdue.watch_team(world.desk, await session_of(world, "fang"), first)).reminders
    assert (told.writer, told.seer, told.seen_on) == ("方田", "何雨", world.clock.now.date())
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, fang.office_id, "team", first))
    done = [(one.entry.act, one.entry.member_id) for one in lines if one.entry.act.startswith("remind")]
    assert done == [("remind", fang.member_id), ("reminder-seen", heyu.member_id)]


@pytest.mark.parametrize("words", ["", " \n", "长" * 301])
async def test_a_reminder_needs_words_and_not_too_many(world: World, fang: Session, words: str) -> None:
    with pytest.raises(Refused) as refused:
        await reminding.remind(world.desk, fang, await team_id(world, 1), words)
    assert refused.value.detail == "remind-words"


async def test_the_sentence_for_a_start_names_late_numbers_and_fits(world: World) -> None:
    for n in range(12):
        await tell(world, f"v{n}")
    world.clock.forward(days=40)
    shown = await overdue.watch_team(world.desk, await session_of(world, "fang"), await team_id(world, 1))
    said = reminding.sentence("zh", world.clock.now.date(), shown.lines, more=False)
    assert said.startswith("截至 12 月 21 日，1-0001（受理超 13 天）、1-0002")
    assert "1-0010（受理超 13 天）等已经超期" in said
    assert "1-0011" not in said
    assert len(said) <= reminding.LONGEST
    assert reminding.sentence("zh", world.clock.now.date(), (), more=False) == ""


async def test_the_wall_adds_up_and_counts_what_was_cleared_of_what_was_accepted(world: World) -> None:
    tips = [await tell(world, f"v{n}") for n in range(4)]
    await tell(world, "other", SECOND)
    await tell_of_us(world, "us")
    for tip in tips[:3]:
        await moves(world, "tang", tip, Action.ACCEPT)
    await passes(world, "zhou", tips[3], await team_id(world, 3))
    await moves(world, "tang", tips[0], Action.RESOLVE, reason="put-right")
    await moves(world, "zhou", tips[0], Action.CLEAR, words="现场看过，水渠通了")
    wall = await wall_of(world)
    first, _, third = wall.lines
    assert (first.tally.received, first.tally.accepted, first.tally.resolved, first.tally.cleared) == (3, 3, 1, 1)
    assert first.parts == (0, 2, 0, 1, 0)
    assert third.tally.received == 1
    assert all(sum(line.parts) == line.tally.received for line in wall.lines)
    assert wall.total is not None
    assert (wall.total.tally.received, wall.percent, wall.longest) == (5, 33, 3)
    assert (wall.day, wall.left) == (36, 30)


async def test_before_anything_was_accepted_the_wall_says_no_percent(world: World) -> None:
    assert (await wall_of(world)).percent is None
    world.clock.forward(days=31)
    over = await wall_of(world)
    assert (over.day, over.left) == (66, 0)
    assert len(over.lines) == 3, "what waits to be routed has a line only when it holds something"
