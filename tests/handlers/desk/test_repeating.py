"""重复件: links between tips of one team by number; no circles, no chains, and a way back."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.tips import Action
from handlers.desk.locking.standing import Standing, stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.repeating import repeat, take_back
from handlers.desk.tip.relations import relations_of
from handlers.people.sessions import Session
from storage.intake import tips
from tests.handlers.desk.side import tell
from tests.world import World


@pytest.fixture
async def zhou(world: World) -> Session:
    return (await world.sign_in("zhou"))[1]


@pytest.fixture
async def four(world: World, zhou: Session) -> list[TipId]:  # noqa: ARG001 - the clock of the session comes first
    """Tips 1-0001 to 1-0004."""
    return [(await tell(world, name=f"reporter {n}")).id for n in range(4)]


async def row(world: World, session: Session, tip_id: TipId) -> Standing:
    return await stand(world.desk, session, tip_id)


async def links(world: World, session: Session, tip_id: TipId, number: str) -> None:
    await repeat(world.desk, session, tip_id, (await row(world, session, tip_id)).work.version, number)


async def repeats(world: World, session: Session, tip_id: TipId) -> list[str]:
    standing = await row(world, session, tip_id)
    found = await world.desk.store.read(lambda tx: relations_of(tx, session, standing))
    return [one.label for one in found.repeats]


async def test_a_tip_is_found_by_its_number_however_it_is_written(
    world: World, zhou: Session, four: list[TipId]
) -> None:
    for n, typed in enumerate(("1-0001", "1", "0001", " 1-1 ", "１－０００１", "1 组-0001"), start=2):
        await links(world, zhou, four[1], typed)
        standing = await row(world, zhou, four[1])
        assert (standing.work.repeat_of, standing.work.version) == (four[0], n)
    assert await repeats(world, zhou, four[0]) == ["1-0002"]
    events = await world.desk.store.read(lambda tx: tips.list_events(tx, world.made.round_id, four[1]))
    assert {(one.act, one.reason) for one in events} == {(Action.REPEAT, "")}


async def test_a_number_that_is_none_or_of_another_team_is_refused(
    world: World, zhou: Session, four: list[TipId]
) -> None:
    for typed in ("", "0", "5", "2-0001", "R-0001", "-1", "一", "9" * 30, "1-0001; 2", "x" * 10_000):
        with pytest.raises(Refused) as refused:
            await links(world, zhou, four[1], typed)
        assert (refused.value.reason, refused.value.detail) == (Reason.BAD_INPUT, "repeat-number"), typed
    assert (await row(world, zhou, four[1])).work.version == 1


async def test_a_tip_repeats_neither_itself_nor_what_repeats_it(world: World, zhou: Session, four: list[TipId]) -> None:
    with pytest.raises(Refused) as itself:
        await links(world, zhou, four[0], "1")
    assert itself.value.detail == "repeat-itself"
    await links(world, zhou, four[1], "1")
    with pytest.raises(Refused) as circle:
        await links(world, zhou, four[0], "2")
    assert circle.value.detail == "repeat-circle"


async def test_chains_lead_to_the_first_at_once_from_both_ends(world: World, zhou: Session, four: list[TipId]) -> None:
    await links(world, zhou, four[1], "1")
    await links(world, zhou, four[2], "2")  # meant: its first
    assert (await row(world, zhou, four[2])).work.repeat_of == four[0]
    await links(world, zhou, four[0], "4")  # those that repeat it follow
    assert await repeats(world, zhou, four[3]) == ["1-0001", "1-0002", "1-0003"]
    assert await repeats(world, zhou, four[0]) == []
    versions = [(await row(world, zhou, one)).work.version for one in four]
    assert versions == [2, 2, 2, 1]


async def test_a_link_can_be_taken_back_once(world: World, zhou: Session, four: list[TipId]) -> None:
    await links(world, zhou, four[1], "1")
    await take_back(world.desk, zhou, four[1], 2)
    assert (await row(world, zhou, four[1])).work.repeat_of is None
    assert await repeats(world, zhou, four[0]) == []
    with pytest.raises(Refused) as refused:
        await take_back(world.desk, zhou, four[1], 3)
    assert refused.value.detail == "not-a-repeat"
    events = await world.desk.store.read(lambda tx: tips.list_events(tx, world.made.round_id, four[1]))
    assert [one.reason for one in events] == ["", "taken-back"]


async def test_a_stale_form_or_an_ended_tip_is_not_linked(world: World, zhou: Session, four: list[TipId]) -> None:
    await act(world.desk, zhou, four[1], Wish(Action.CLAIM, 1))
    with pytest.raises(Refused) as stale:
        await repeat(world.desk, zhou, four[1], 1, "1")
    assert stale.value.reason is Reason.STALE
    await act(world.desk, zhou, four[1], Wish(Action.DECLINE, 2, reason="repeat"))
    with pytest.raises(Refused) as ended:
        await repeat(world.desk, zhou, four[1], 3, "1")
    assert ended.value.reason is Reason.WRONG_STATE


async def test_another_teams_tip_is_unknown(world: World, four: list[TipId]) -> None:
    _, shen = await world.sign_in("shen")
    with pytest.raises(Refused) as refused:
        await repeat(world.desk, shen, four[0], 1, "2")
    assert refused.value.reason is Reason.UNKNOWN
