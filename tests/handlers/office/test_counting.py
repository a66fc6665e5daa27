"""The office's figures follow every move: they equal a recount, and what an oracle makes of the events alone."""

import secrets
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.county import Demo
from domain.clocks import Stage
from domain.figures import Case, Cell, Sheet, cells
from domain.ids import RoundId, TeamId
from domain.rounds import TeamKind
from domain.tips import Action, Channel, Kind, State
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from handlers.office.days.deadlines import set_deadlines
from handlers.people.sessions import Session
from storage.desk import counters
from storage.office import rounds, teams
from storage.store import Tx
from tests.handlers.desk.desk_world import DeskWorld
from tests.handlers.desk.handing import hand
from tests.handlers.desk.side import tell
from tests.handlers.desk.steps import STEPS, Step
from tests.handlers.desk.two_teams import PEOPLE, STARTS, TwoTeams
from tests.handlers.office import figures_oracle
from tests.world import World


def kept(tx: Tx, round_id: RoundId) -> figures_oracle.Figures:
    """The counters as the oracle spells them."""
    found: figures_oracle.Figures = Counter()
    for sheet in Sheet:
        for cell, n in counters.read_sheet(tx, round_id, sheet).items():
            found[_spelt(cell)] = n
    return found


def _spelt(cell: Cell) -> tuple[object, ...]:
    match cell.sheet:
        case Sheet.CHANNEL:
            rest: tuple[object, ...] = (cell.channel,)
        case Sheet.COHORT:
            rest = (cell.day, cell.team_id, cell.channel, cell.measure)
        case Sheet.DONE | Sheet.DUE:
            rest = (cell.day, cell.team_id, cell.measure)
        case Sheet.REPLY:
            rest = (cell.day, cell.until, cell.team_id)
        case Sheet.LATE:
            rest = (cell.day, cell.team_id)
        case Sheet.UNIT:
            rest = (cell.unit_id, cell.team_id, cell.measure)
        case Sheet.UNIT_DAY:
            rest = (cell.day, cell.unit_id)
        case Sheet.UNIT_KIND:
            rest = (cell.unit_id, cell.kind)
        case Sheet.BATCH:
            rest = (cell.batch_id,)
    return (cell.sheet.value, *rest)


def agree(tx: Tx, round_id: RoundId) -> bool:
    """Kept, counted anew, and told by the events: all three are the same."""
    anew = Counter({_spelt(cell): n for cell, n in counters.recount(tx, round_id).items()})
    found = kept(tx, round_id)
    assert found == figures_oracle.told(tx, round_id)
    assert found == anew
    return bool(found)


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    return {}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.sampled_from(STARTS), steps=st.lists(STEPS, min_size=30, max_size=30))
def test_figures_equal_a_recount_from_events_after_any_history(
    county: tuple[Path, Demo], tmp_path: Path, sessions: dict[str, Session], start: date, steps: list[Step]
) -> None:
    with closing(DeskWorld(county, tmp_path / secrets.token_hex(4), PEOPLE, sessions)) as here:
        two_teams = TwoTeams(here, start)
        for step in steps:
            if step.kind != "illegal":
                two_teams.goes_on(step)
            assert here.read(lambda tx: agree(tx, here.round_id))


async def test_figures_follow_new_deadlines(world: World) -> None:
    await tell(world)
    round_ = await world.desk.store.read(lambda tx: rounds.get_round(tx, world.made.round_id))
    _, director = await world.sign_in("fang")
    days = {**round_.days, Stage.ACCEPT: 3}
    await set_deadlines(world.desk, director, round_.id, round_.version, days=days, claim_hours=8)
    assert await world.desk.store.read(lambda tx: agree(tx, round_.id))


async def test_what_the_recusal_queue_holds_is_in_no_figure_and_a_tip_passed_on_to_it_looks_referred(
    world: World,
) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    listed = await world.desk.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    recusal = next(one.id for one in listed if one.kind is TeamKind.RECUSAL)
    before = await _cohort(world)
    await hand(told, zhou, recusal)
    after = await _cohort(world)
    assert [(cell.team_id, cell.measure) for cell in before] == [(zhou.teams[0], "received")]
    assert [(cell.team_id, cell.measure) for cell in after] == [(zhou.teams[0], "referred")]
    assert await world.desk.store.read(lambda tx: agree(tx, world.made.round_id))
    assert recusal not in {cell[2] for cell in await _all(world) if len(cell) > 2}


@pytest.mark.parametrize("accepted", [False, True])
async def test_no_figure_moves_while_the_recusal_queue_works_on_what_it_was_given(world: World, accepted: bool) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    if accepted:
        await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    listed = await world.desk.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    await hand(told, zhou, next(one.id for one in listed if one.kind is TeamKind.RECUSAL))
    given = await _all(world)
    _, jiang = await world.sign_in("jiang")
    moves = [Wish(Action.ASK, 0, words="在哪一年？")] if accepted else [Wish(Action.ACCEPT, 0)]
    for wish in (*moves, Wish(Action.RESOLVE, 0, "put-right", "看过了")):
        world.clock.forward(days=2)
        _, jiang = await world.sign_in("jiang")
        await act(world.desk, jiang, told.id, replace(wish, version=await told.version(jiang)))
        assert await _all(world) == given
    assert await world.desk.store.read(lambda tx: agree(tx, world.made.round_id))


async def test_rounds_without_figures_are_counted_when_the_desk_starts(world: World) -> None:
    await tell(world)
    await fold(world.desk)
    before = await _all(world)
    await world.desk.store.write(lambda tx: tx.exec_driver_sql("DELETE FROM counter"))
    assert await _all(world) == Counter()
    await world.desk.store.write(counters.count_missing)
    assert await _all(world) == before


async def _all(world: World) -> figures_oracle.Figures:
    return await world.desk.store.read(lambda tx: kept(tx, world.made.round_id))


async def _cohort(world: World) -> list[Cell]:
    found = await world.desk.store.read(lambda tx: counters.read_sheet(tx, world.made.round_id, Sheet.COHORT))
    return list(found)


TEAM, DAY = TeamId(b"t" * 16), date(2026, 11, 11)
CASE = Case(
    TEAM, TeamKind.TEAM, TeamKind.TEAM, None, None, None, False, Channel.WEB, Kind.OTHER, False, DAY, State.RECEIVED,
    DAY + timedelta(days=9), Stage.ACCEPT, None, None, None, None,
)  # fmt: skip


def test_a_test_card_and_the_recusal_queue_add_to_no_sheet_of_the_office() -> None:
    told = replace(CASE, team_kind=TeamKind.RECUSAL, first_kind=TeamKind.RECUSAL)
    come_out = replace(CASE, first_kind=TeamKind.RECUSAL)
    for hidden in (replace(CASE, is_test=True), told, come_out):
        assert list(cells(hidden)) == [Cell(Sheet.CHANNEL, channel=Channel.WEB)]


def test_a_tip_referred_after_it_was_accepted_stays_an_accepted_one() -> None:
    referred = replace(CASE, state=State.REFERRED, due_on=None, stage="")
    accepted = replace(referred, accepted_on=DAY)
    measures = [{one.measure for one in cells(case) if one.sheet is Sheet.COHORT} for case in (referred, accepted)]
    assert measures == [{"referred"}, {"passed_on"}]


def test_a_tip_without_a_card_is_of_no_batch_and_one_for_which_nothing_runs_is_not_due() -> None:
    for case, sheet in (
        (replace(CASE, accepted_on=DAY), Sheet.BATCH),
        (replace(CASE, due_on=None, stage=""), Sheet.DUE),
    ):
        assert sheet not in {one.sheet for one in cells(case)}


async def test_what_goes_to_the_recusal_queue_is_no_step_of_any_funnel(world: World) -> None:
    for name, answer in (("a", "recusal:yes"), ("b", "recusal:unknown"), ("c", "recusal:no")):
        villager = world.villager(name)
        await villager.does(Start(world.card("苇庄镇")), Said("路灯不亮"), Chose("done"))
        for choice in ("skip", "anonymous", answer, "submit"):
            told = await villager.does(Chose(choice))
        assert told.state.step == "receipt"
    funnel = await world.desk.store.read(lambda tx: counters.read_funnel(tx, world.made.round_id))
    assert [n for (_, step), n in funnel.items() if step == "submit"] == [1]


async def test_a_tip_that_two_teams_had_is_counted_where_it_was_when_it_went_to_the_recusal_queue(
    world: World,
) -> None:
    told = await tell(world)
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in ("zhou", "shen")]
    listed = await world.desk.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    await hand(told, zhou, shen.teams[0])
    await hand(told, shen, next(one.id for one in listed if one.kind is TeamKind.RECUSAL))
    assert [(cell.team_id, cell.measure) for cell in await _cohort(world)] == [(shen.teams[0], "referred")]
    assert await world.desk.store.read(lambda tx: agree(tx, world.made.round_id))
