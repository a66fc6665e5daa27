"""转给别的组: the new team reads all of it, the old one nothing from then on."""

import asyncio

import pytest

from domain.errors import Reason, Refused
from domain.figures import Sheet
from domain.ids import TeamId
from domain.rounds import Team, TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.locks import lock_differs
from handlers.desk.moves.acting import Wish, act, checked_letter
from handlers.desk.moves.notes import note
from handlers.desk.moves.transferring import targets, transfer
from handlers.office.figures.measure import chosen, tally
from handlers.office.figures.sheets import read_sheets
from handlers.texts import say
from storage.desk import clocks, transfers
from storage.intake import boxes, tips
from storage.office import teams
from storage.people import audit
from tests.handlers.desk.handing import OURS, THEIRS, hand, refusal
from tests.handlers.desk.side import WORDS, Told, opened_with_everything, tell, words_of
from tests.world import World


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def team_of(world: World, login: str) -> Team:
    _, session = await world.sign_in(login)
    return await world.house.store.read(lambda tx: teams.get_team(tx, session.teams[0]))


async def test_the_new_team_reads_everything_and_the_old_one_nothing(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in (OURS, "tang", THEIRS)]
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="在哪一年？"))
    await hand(told, zhou, shen.teams[0], "账在镇农服中心")
    for old in (zhou, tang):
        assert (await refusal(told, old))[0] is Reason.UNKNOWN
        assert await opened_with_everything(told, old) == []
    opened = await told.opened(shen)
    shown = words_of(opened)
    there = await team_of(world, THEIRS)
    moved = say("zh", "desk-tell-transfer", team=there.name)
    assert all(words in shown for words in (WORDS, "已经受理", "在哪一年", "账在镇农服中心", moved))
    assert opened.header is not None
    assert opened.came_from == (await team_of(world, OURS)).name
    assert [line.text for line in await told.news()][-1] == moved
    assert not await lock_differs(world.desk, shen, opened.standing)


async def test_both_teams_letters_reach_the_reporter_and_the_next_readers(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    await act(world.desk, zhou, told.id, Wish(Action.REPLY, await told.version(zhou), words="我们看了"))
    await hand(told, zhou, shen.teams[0])
    await act(world.desk, shen, told.id, Wish(Action.REPLY, await told.version(shen), words="我们接着办"))
    await told.adds("还有一件")
    assert [one.text for one in await told.news()][::2] == ["我们看了", "我们接着办"]
    shown = words_of(await told.opened(shen))
    assert all(words in shown for words in ("我们看了", "我们接着办", "还有一件"))
    assert await opened_with_everything(told, zhou) == []


async def test_there_and_back_again(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    first = (await told.opened(zhou)).standing.work.number
    await hand(told, zhou, shen.teams[0])
    await act(world.desk, shen, told.id, Wish(Action.REPLY, await told.version(shen), words="不归我们"))
    await hand(told, shen, zhou.teams[0])
    await told.adds("还有一件")
    opened = await told.opened(zhou)
    assert all(words in words_of(opened) for words in (WORDS, "不归我们", "还有一件"))
    assert opened.standing.work.number > first, "numbers are never used again"
    assert opened.standing.passed == (zhou.teams[0], shen.teams[0], zhou.teams[0])
    assert (await refusal(told, shen))[0] is Reason.UNKNOWN
    assert await opened_with_everything(told, shen) == []
    assert len(await told.news()) == 3


async def test_what_the_old_team_had_on_it_begins_anew(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    await act(world.desk, zhou, told.id, Wish(Action.CLAIM, await told.version(zhou)))
    world.clock.forward(days=9)
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    version = await told.version(zhou)
    await hand(told, zhou, shen.teams[0])
    row = (await told.opened(shen)).standing.work
    assert (row.version, row.assignee_id, row.claim_until) == (version + 1, None, None)
    kept = await world.house.store.read(lambda tx: clocks.list_clocks(tx, row.round_id, told.id))
    assert [one.started_on for one in kept] == [world.clock().date()]
    assert row.next_due_on == kept[0].due_on
    event = (await world.house.store.read(lambda tx: tips.list_events(tx, row.round_id, told.id)))[-1]
    assert (event.act, event.actor_id, event.reason) == (Action.TRANSFER, zhou.member_id, shen.teams[0].hex())
    about = await world.house.store.read(lambda tx: audit.lines_about(tx, zhou.office_id, "tip", told.id))
    assert [line.entry.act for line in about if line.entry.member_id == zhou.member_id].count("transfer") == 1


async def test_it_counts_once_and_for_the_team_that_has_it(told: Told) -> None:
    world, round_id = told.world, told.world.made.round_id
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    ours, theirs = zhou.teams[0], shen.teams[0]

    async def received() -> list[int]:
        found = (await read_sheets(world.desk, round_id))[Sheet.COHORT]
        return [tally(chosen(found, teams=[team])).received for team in (ours, theirs)]

    assert await received() == [1, 0]
    await hand(told, zhou, shen.teams[0])
    assert await received() == [0, 1]


async def test_only_heads_pass_a_tip_on_and_only_to_a_team_of_the_round(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in (OURS, "tang", THEIRS)]
    version = await told.version(zhou)
    listed = await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    unrouted = next(one.id for one in listed if one.kind is TeamKind.UNROUTED)
    offered = await targets(world.desk, zhou, told.id)
    assert [one.kind for one in offered] == [TeamKind.TEAM, TeamKind.TEAM, TeamKind.RECUSAL]
    assert zhou.teams[0] not in {one.id for one in offered}
    for by, to, detail in (
        (tang, shen.teams[0], "heads-only"), (zhou, zhou.teams[0], "target"), (zhou, unrouted, "target"),
        (zhou, TeamId(b"\x07" * 16), "target"), (zhou, TeamId(b""), "target"),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            await transfer(world.desk, by, told.id, version, to)
        assert caught.value.detail == detail
    with pytest.raises(Refused) as caught:
        await targets(world.desk, shen, told.id)
    assert caught.value.reason is Reason.UNKNOWN
    await act(world.desk, zhou, told.id, Wish(Action.DECLINE, version, "hotline"))
    with pytest.raises(Refused) as caught:
        await hand(told, zhou, shen.teams[0])
    assert caught.value.reason is Reason.WRONG_STATE


async def test_a_liaison_routes_what_had_no_place(world: World) -> None:
    villager = world.villager("without a card")
    await villager.does(Start(""), Said(WORDS))
    for choice in ("done", "skip", "anonymous", "recusal:no", "submit"):
        await villager.does(Chose(choice))
    answer = villager.answer
    assert answer is not None
    assert answer.state.step == "receipt", answer
    told = Told(world, villager, answer.state.code, (await fold(world.desk))[0].tip_id)
    (_, heyu), (_, shen), (_, bai) = [await world.sign_in(login) for login in ("heyu", THEIRS, "bai")]
    assert WORDS in words_of(await told.opened(heyu))
    assert WORDS in words_of(await told.opened(bai))
    assert await kind_of(world, (await told.opened(heyu)).standing.team.id) is TeamKind.UNROUTED
    await hand(told, heyu, shen.teams[0])
    assert WORDS in words_of(await told.opened(shen))
    assert (await refusal(told, bai))[0] is Reason.UNKNOWN, "another liaison, who could open it before"
    await told.adds("还有一件")
    assert len(await told.news()) == 1


async def kind_of(world: World, team_id: TeamId) -> TeamKind:
    return (await world.house.store.read(lambda tx: teams.get_team(tx, team_id))).kind


async def test_of_two_who_pass_it_on_at_once_one_is_told_so(told: Told) -> None:
    world = told.world
    (_, zhou), (_, heyu), (_, shen), (_, gu) = [await world.sign_in(one) for one in (OURS, "heyu", THEIRS, "gu")]
    version = await told.version(zhou)
    done = await asyncio.gather(
        transfer(world.desk, zhou, told.id, version, shen.teams[0]),
        transfer(world.desk, heyu, told.id, version, gu.teams[0]),
        return_exceptions=True,
    )
    lost = [one for one in done if isinstance(one, Refused)]
    assert [one.reason for one in lost] == [Reason.STALE]
    steps = await world.house.store.read(lambda tx: transfers.list_transfers(tx, world.made.round_id, told.id))
    assert len(steps) == 1
    round_id = world.made.round_id
    assert len(await world.house.store.read(lambda tx: boxes.list_holders(tx, round_id, told.id))) == 1


async def test_a_form_drawn_before_the_tip_was_passed_on_comes_too_late(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen), (_, gu) = [await world.sign_in(one) for one in (OURS, "tang", THEIRS, "gu")]
    version = await told.version(zhou)
    await hand(told, zhou, shen.teams[0])
    for by, reason in ((zhou, Reason.STALE), (tang, Reason.STALE), (gu, Reason.UNKNOWN)):
        with pytest.raises(Refused) as caught:
            await act(world.desk, by, told.id, Wish(Action.ACCEPT, version))
        assert caught.value.reason is reason, by.login
        with pytest.raises(Refused) as caught:
            await note(world.desk, by, told.id, "量过了")
        assert caught.value.reason is reason, by.login
    with pytest.raises(Refused) as caught:
        await transfer(world.desk, zhou, told.id, version, gu.teams[0])
    assert caught.value.reason is Reason.STALE


async def test_a_letter_that_was_closed_meanwhile_is_no_forged_one(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    standing = (await told.opened(zhou)).standing
    await hand(told, zhou, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await checked_letter(world.desk, standing)
    assert caught.value.reason is Reason.STALE
