"""The board of deadlines, reminders and the wall: what the office watches, and what it is not told."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId, new_id
from domain.rounds import TeamKind
from domain.tips import Action
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.team import reminders as desk_reminders
from handlers.office.figures import sheets as figures
from handlers.office.figures.sheets import read_sheets
from handlers.office.watch import overdue, reminding
from handlers.office.watch.wall import Wall, make_wall
from handlers.people.sessions import Session
from storage.people import audit
from tests.handlers.office.watch_side import FIRST, SECOND, moves, passes, session_of, team_id, tell, tell_of_us
from tests.world import World


@pytest.fixture
async def fang(world: World) -> Session:
    """The director."""
    return await session_of(world, "fang")


async def watched(world: World, team_id: TeamId) -> overdue.TeamWatch:
    """As the director sees the team, its round counted now."""
    team = await overdue.team_of(world.desk, await session_of(world, "fang"), team_id)
    return await overdue.watch_team(world.desk, await read_sheets(world.desk, team.round_id), team)


async def wall_of(world: World) -> Wall:
    return make_wall(await read_sheets(world.desk, world.made.round_id))


async def test_the_board_says_of_every_team_what_its_own_desk_says(world: World) -> None:
    for day in range(4):
        for name, place in (("a", FIRST), ("b", FIRST), ("c", SECOND)):
            tip = await tell(world, f"{name}{day}", place)
            if name == "a":
                await moves(world, "zhou", tip, Action.ACCEPT)
        world.clock.forward(days=3)
    world.clock.forward(days=16)
    sheets = await read_sheets(world.desk, world.made.round_id)
    lines = await overdue.board(world.desk, sheets)
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
        late = await overdue.watch_team(world.desk, sheets, line.team)
        theirs = await read_queue(world.desk, session, line.team.id, ViewName.LATE)
        assert [one.label for one in late.lines] == [row.label for row in theirs.rows]
        assert [one.deadline for one in late.lines] == [row.deadline for row in theirs.rows]


async def test_as_many_late_numbers_as_are_listed_are_all_and_one_more_is_said_to_be_cut_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        await tell(world, name)
    world.clock.forward(days=40)
    found = []
    for listed in (3, 2):
        for module in (figures, overdue):
            monkeypatch.setattr(module, "LATE_LISTED", listed)
        shown = await watched(world, await team_id(world, 1))
        found.append((len(shown.lines), shown.is_cut))
    assert found == [(3, False), (2, True)]


async def test_the_recusal_queue_is_on_no_board_and_at_no_address(world: World, fang: Session) -> None:
    await tell_of_us(world, "a")
    world.clock.forward(days=40)
    lines = await overdue.board(world.desk, await read_sheets(world.desk, world.made.round_id))
    assert {line.team.kind for line in lines} == {TeamKind.TEAM, TeamKind.UNROUTED}
    assert sum(line.overdue.running for line in lines) == 0
    recusal = await team_id(world, 1, TeamKind.RECUSAL)
    for asked in (
        overdue.team_of(world.desk, fang, recusal),
        reminding.remind(world.desk, fang, recusal, "请抓紧"),
        overdue.team_of(world.desk, fang, TeamId(new_id())),
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
        assert [told.reminder.body for told in await desk_reminders.unseen(world.desk, one)] == ["请抓紧办 1-0001"]
    may = [[told.may_see for told in await desk_reminders.unseen(world.desk, one)] for one in (tang, heyu)]
    assert may == [[False], [True]]
    for session, reason in ((tang, Reason.NOT_ALLOWED), (shen, Reason.UNKNOWN)):
        with pytest.raises(Refused) as refused:
            await desk_reminders.mark_seen(world.desk, session, note)
        assert refused.value.reason is reason
    assert await desk_reminders.mark_seen(world.desk, heyu, note) == first
    assert await desk_reminders.mark_seen(world.desk, await session_of(world, "zhou"), note) == first
    assert await desk_reminders.unseen(world.desk, heyu) == []
    (told,) = (await watched(world, first)).reminders
    assert (told.writer, told.seer, told.seen_on) == ("方田", "何雨", world.clock.now.date())
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, fang.office_id, "team", first))
    done = [(one.entry.act, one.entry.member_id) for one in lines if one.entry.act.startswith("remind")]
    assert done == [("remind", fang.member_id), ("reminder-seen", heyu.member_id)]
    await reminding.remind(world.desk, await session_of(world, "fang"), first, "再请抓紧")
    board = await overdue.board(world.desk, await read_sheets(world.desk, world.made.round_id))
    last = {line.team.id: line.reminder.body for line in board if line.reminder}
    assert last == {first: "再请抓紧"}, "the board says the latest"


@pytest.mark.parametrize("words", ["", " \n", "长" * 301])
async def test_a_reminder_needs_words_and_not_too_many(world: World, fang: Session, words: str) -> None:
    with pytest.raises(Refused) as refused:
        await reminding.remind(world.desk, fang, await team_id(world, 1), words)
    assert refused.value.detail == "remind-words"


async def test_the_sentence_for_a_start_names_late_numbers_and_fits(world: World) -> None:
    for n in range(12):
        await tell(world, f"v{n}")
    world.clock.forward(days=40)
    shown = await watched(world, await team_id(world, 1))
    said = reminding.sentence("zh", world.clock.now.date(), shown.lines)
    assert said.startswith("截至 12 月 21 日，1-0001（受理超 13 天）、1-0002")
    assert "1-0010（受理超 13 天）等已经超期" in said
    assert "1-0011" not in said
    assert len(said) <= reminding.LONGEST
    assert reminding.sentence("zh", world.clock.now.date(), ()) == ""


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
