"""The trail as the office reads it: who opened which number when, its own deeds, and nothing of the recusal team."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.errors import Refused
from domain.ids import MemberId, TeamId
from domain.rounds import TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import open_tip
from handlers.office import rounds as office_rounds
from handlers.office.rounds import wording
from handlers.people import reading_log, trail
from handlers.people.reading_log import Choice, Deed, Older, Reading
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import teams
from storage.store import Tx
from tests.handlers.desk.handing import hand
from tests.handlers.desk.side import WORDS, tell
from tests.world import World


async def session(world: World, login: str) -> Session:
    return (await world.sign_in(login))[1]


async def openings(world: World, choice: Choice | None = None, by: str = "fang") -> tuple[Reading, ...]:
    """As the office sees them after the next full hour."""
    found = await reading_log.read_openings(later(world), await session(world, by), choice or Choice())
    return found.lines


def later(world: World) -> DeskServices:
    return replace(world.desk, clock=lambda: world.clock() + timedelta(hours=1))


async def deeds(world: World, choice: Choice | None = None) -> tuple[Deed, ...]:
    found = await reading_log.read_deeds(world.desk, await session(world, "fang"), choice or Choice())
    return found.lines


async def team_id(world: World, kind: TeamKind, ordinal: int = 1) -> TeamId:
    listed = await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    return next(one.id for one in listed if (one.kind, one.ordinal) == (kind, ordinal))


async def test_an_opening_shows_who_which_number_and_the_hour_and_no_word(world: World) -> None:
    told = await tell(world)
    world.clock.forward(minutes=7, seconds=31)
    await told.opened(await session(world, "zhou"))
    (line,) = await openings(world)
    assert (line.name, line.number) == ("周宁", 1)
    assert line.team is not None
    assert line.team.name == "第一巡察组"
    assert line.at == world.clock().replace(minute=0, second=0, microsecond=0)
    assert line.at.utcoffset() == world.clock().utcoffset()
    assert WORDS[:4] not in repr(line)
    assert await openings(world, by="qiao") == (line,)


async def test_no_line_comes_before_the_full_hour(world: World) -> None:
    told = await tell(world)
    world.clock.forward(minutes=20)
    await told.opened(await session(world, "zhou"))
    fang = await session(world, "fang")
    world.clock.forward(minutes=39)
    assert (await reading_log.read_openings(world.desk, fang, Choice())).lines == ()
    world.clock.forward(minutes=1)
    assert len((await reading_log.read_openings(world.desk, fang, Choice())).lines) == 1


async def test_lines_are_found_by_member_and_by_day(world: World) -> None:
    told = await tell(world)
    zhou, tang = await session(world, "zhou"), await session(world, "tang")
    await told.opened(zhou)
    first = world.clock().date()
    world.clock.forward(days=2)
    await told.opened(await session(world, "tang"))
    assert [line.name for line in await openings(world)] == ["唐立", "周宁"]
    assert [line.name for line in await openings(world, Choice(member_id=zhou.member_id))] == ["周宁"]
    for choice, names in (
        (Choice(last=first), ["周宁"]),
        (Choice(first=first + timedelta(days=1)), ["唐立"]),
        (Choice(first=first, last=first + timedelta(days=2)), ["唐立", "周宁"]),
        (Choice(first=first + timedelta(days=1), last=first + timedelta(days=1)), []),
        (Choice(member_id=tang.member_id, last=first), []),
        (Choice(last=date(2020, 1, 1)), []),
    ):
        assert [line.name for line in await openings(world, choice)] == names
    fang = await session(world, "fang")
    with pytest.raises(Refused):
        await reading_log.read_openings(later(world), fang, Choice(member_id=MemberId(b"\x01" * 16)))


async def test_nothing_on_the_page_changes_with_the_order_or_the_minute_of_two_openings(world: World) -> None:
    first, second = await tell(world, name="first"), await tell(world, name="second")
    zhou = await session(world, "zhou")
    await first.opened(zhou)
    world.clock.forward(minutes=5)
    await second.opened(zhou)
    world.clock.forward(minutes=60)
    zhou = await session(world, "zhou")
    await second.opened(zhou)
    world.clock.forward(minutes=1)
    await first.opened(zhou)
    lines = await openings(world)
    assert [line.number for line in lines] == [1, 2, 1, 2]
    assert [replace(line, at=lines[0].at) for line in lines[2:]] == list(lines[:2])
    assert lines[0].at - lines[2].at == timedelta(hours=1)


async def test_pages_follow_one_another_without_a_gap(world: World) -> None:
    told = await tell(world)
    zhou, fang = await session(world, "zhou"), await session(world, "fang")
    for _ in range(reading_log.PAGE + 3):
        world.clock.forward(minutes=1)
        await told.opened(zhou)
        zhou = await session(world, "zhou")
    first = await reading_log.read_openings(later(world), fang, Choice())
    assert len(first.lines) == reading_log.PAGE
    rest = await reading_log.read_openings(later(world), fang, Choice(older=first.older))
    assert rest.older is None
    both = [line.at for line in (*first.lines, *rest.lines)]
    assert len(both) == reading_log.PAGE + 3
    assert both == sorted(both, reverse=True)


async def test_no_bound_within_an_hour_tells_the_minute_of_an_opening(world: World) -> None:
    told, fang = await tell(world), await session(world, "fang")
    world.clock.forward(minutes=23)
    begins = world.clock().replace(minute=0, second=0, microsecond=0)
    await told.opened(await session(world, "zhou"))
    for minute in (1, 22, 23, 24, 59):
        older = Older(begins + timedelta(minutes=minute), 0)
        assert (await reading_log.read_openings(later(world), fang, Choice(older=older))).lines == (), minute
    older = Older(begins + timedelta(hours=1), 0)
    assert len((await reading_log.read_openings(later(world), fang, Choice(older=older))).lines) == 1


async def test_where_the_next_page_begins_follows_from_what_was_shown(world: World) -> None:
    """Nobody else's lines are counted in it, and nothing finer than the hour of an opening, or the minute of a deed."""
    told, zhou, fang = await tell(world), await session(world, "zhou"), await session(world, "fang")
    opened = trail.Deed(zhou.office_id, zhou.member_id, "open", "tip", told.id)
    deed = trail.Deed(fang.office_id, fang.member_id, "deadlines", "round", world.made.round_id)

    def note(tx: Tx) -> None:
        for n in range(3 * reading_log.PAGE):
            world.clock.forward(seconds=0.2, minutes=60 * (n % 120 == 0))
            trail.note(tx, world.desk, opened)
            trail.note(tx, world.desk, deed)

    await world.house.store.write(note)
    for read, span in ((reading_log.read_openings, 60), (reading_log.read_deeds, 1)):
        shown: list[datetime] = []
        older, pages = None, 0
        while pages == 0 or (older and pages < 9):
            page = await read(later(world), fang, Choice(older=older))
            shown += [line.at for line in page.lines]
            older, pages = page.older, pages + 1
            if older:
                assert older == Older(shown[-1] + timedelta(minutes=span), shown.count(shown[-1]))
        assert shown == sorted(shown, reverse=True)
        assert len(shown) >= 3 * reading_log.PAGE, "no line is left out"
        assert pages == -(-len(shown) // reading_log.PAGE)


async def test_what_the_reporter_gave_to_the_recusal_team_is_nowhere(world: World) -> None:
    villager = world.villager("about the team")
    await villager.does(Start(world.card("苇庄镇")), Said(WORDS), Chose("done"))
    for choice in ("skip", "anonymous", "recusal:yes", "submit"):
        await villager.does(Chose(choice))
    tip_id = (await fold(world.desk))[0].tip_id
    await open_tip(world.desk, await session(world, "jiang"), tip_id)
    assert await openings(world) == ()


async def test_a_letter_passed_to_the_recusal_team_looks_like_one_passed_to_any_other(world: World) -> None:
    away, kept = await tell(world, name="away"), await tell(world, name="kept")
    zhou, jiang, shen = [await session(world, one) for one in ("zhou", "jiang", "shen")]
    for told in (away, kept):
        await told.opened(zhou)
    before = await openings(world)
    assert sorted(line.number or 0 for line in before if line.name == "周宁")[-2:] == [1, 2]
    await hand(away, zhou, await team_id(world, TeamKind.RECUSAL))
    await hand(kept, zhou, await team_id(world, TeamKind.TEAM, 2))
    await away.opened(jiang)
    lines = await openings(world)
    assert {(line.name, line.team, line.number) for line in lines} == {("周宁", None, None)}
    assert len(lines) == len([line for line in before if line.name == "周宁"]) + 2, "no line is lost by it"
    await kept.opened(shen)
    assert {line.name for line in await openings(world)} == {"周宁", "沈禾"}


async def test_one_who_holds_the_recusal_queue_has_no_lines_even_in_a_team(world: World) -> None:
    await (await tell(world)).opened(await session(world, "zhou"))
    assert [
        line.name for line in await openings(world, Choice(member_id=(await session(world, "jiang")).member_id))
    ] == []
    assert {line.name for line in await openings(world)}.isdisjoint({"江河", "田野"})


async def test_the_offices_own_deeds_are_named_and_those_of_teams_are_not_among_them(world: World) -> None:
    told = await tell(world)
    zhou, qiao = await session(world, "zhou"), await session(world, "qiao")
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    round_id = world.made.round_id
    version = (await office_rounds.get_round(world.desk, qiao, round_id)).version
    await wording.set_texts(world.desk, qiao, round_id, version, notice="公告", scope="范围")
    found = await deeds(world)
    newest = found[0]
    assert (newest.name, newest.act, newest.kind) == ("乔木", "texts", "round")
    assert newest.round is not None
    assert newest.round.id == round_id
    assert {"import", "open", "make-cards", "invite"} <= {line.act for line in found}
    assert not {line.kind for line in found} & {"tip", "file", "lock", "recused", "canned"}
    assert "苇原县 苇庄镇 入户" in {line.of for line in found if line.act == "make-cards"}
    assert {line.name for line in found} <= {"", "方田", "乔木"}
    assert [line.name for line in await deeds(world, Choice(member_id=qiao.member_id))][:1] == ["乔木"]


async def test_a_deed_about_something_that_is_gone_is_still_told(world: World) -> None:
    fang = await session(world, "fang")
    gone = trail.Deed(fang.office_id, fang.member_id, "remove-team", "team", b"\x09" * 16)
    await world.house.store.write(lambda tx: trail.note(tx, world.desk, gone))
    assert [(line.act, line.of) for line in await deeds(world)][:1] == [("remove-team", "")]
