"""一岗双责: a tree without circles, proposed from roles, with a gap where somebody was put out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.ids import MemberId
from handlers.office.keys import removing
from handlers.people import duties, profile
from handlers.people.duties import Node
from handlers.people.sessions import Session
from storage.people import audit
from tests.world import World


async def session(world: World, login: str) -> Session:
    return (await world.sign_in(login))[1]


def drawn(nodes: tuple[Node, ...]) -> dict[str, object]:
    """The tree by names."""
    return {node.person.member.name: drawn(node.below) for node in nodes}


async def test_the_proposal_puts_leaders_under_the_director_and_teams_under_their_leader(world: World) -> None:
    fang = await session(world, "fang")
    await duties.set_duties(world.desk, fang, duties.propose(await duties.read_tree(world.desk, fang)))
    tree = await duties.read_tree(world.desk, fang)
    assert drawn(tree.roots) == {
        "方田": {"乔木": {}, "周宁": {"何雨": {}, "唐立": {}}, "沈禾": {"陆青": {}}, "顾平": {"白露": {}}}
    }
    assert tree.loose == ()
    assert duties.propose(await duties.read_tree(world.desk, fang)) == {}


async def test_the_proposal_changes_nothing_that_was_set(world: World) -> None:
    fang, tang, shen = [await session(world, one) for one in ("fang", "tang", "shen")]
    await duties.set_duties(world.desk, fang, {tang.member_id: shen.member_id})
    proposed = duties.propose(await duties.read_tree(world.desk, fang))
    assert tang.member_id not in proposed
    await duties.set_duties(world.desk, fang, proposed)
    assert (await duties.read_tree(world.desk, fang)).superior[tang.member_id] == shen.member_id


async def test_nobody_answers_for_themselves_by_any_way_round(world: World) -> None:
    fang, zhou, tang, heyu = [await session(world, one) for one in ("fang", "zhou", "tang", "heyu")]
    await duties.set_duties(world.desk, fang, {tang.member_id: zhou.member_id, heyu.member_id: tang.member_id})
    for chosen in ({zhou.member_id: heyu.member_id}, {zhou.member_id: zhou.member_id}):
        with pytest.raises(Refused) as caught:
            await duties.set_duties(world.desk, fang, chosen)
        assert caught.value.detail == "duty-circle"
    assert zhou.member_id not in (await duties.read_tree(world.desk, fang)).superior
    with pytest.raises(Refused):
        await duties.set_duties(world.desk, fang, {tang.member_id: MemberId(b"\x05" * 16)})


async def test_somebody_put_out_stays_as_a_gap_until_another_takes_over(world: World) -> None:
    fang, zhou, tang = [await session(world, one) for one in ("fang", "zhou", "tang")]
    await duties.set_duties(world.desk, fang, duties.propose(await duties.read_tree(world.desk, fang)))
    await removing.disable(world.desk, fang, zhou.member_id)
    tree = await duties.read_tree(world.desk, fang)
    gap = next(node for node in tree.roots if node.person.member.name == "周宁")
    assert gap.is_gap
    assert set(drawn(gap.below)) == {"何雨", "唐立"}
    assert not next(node for node in tree.roots if node.person.member.name == "方田").is_gap
    found = await profile.read_profile(world.desk, fang, tang.member_id)
    assert found.superior is not None
    assert found.superior.name == "周宁"
    below = [one.person.member.id for one in gap.below]
    await duties.set_duties(world.desk, fang, dict.fromkeys(below, fang.member_id))
    assert not any(node.is_gap for node in (await duties.read_tree(world.desk, fang)).roots)


async def test_a_superior_is_taken_away_and_each_change_stands_in_the_audit_once(world: World) -> None:
    fang, zhou, tang = [await session(world, one) for one in ("fang", "zhou", "tang")]
    await duties.set_duties(world.desk, fang, {tang.member_id: zhou.member_id})
    await duties.set_duties(world.desk, fang, {tang.member_id: None})
    assert (await duties.read_tree(world.desk, fang)).superior == {}
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, fang.office_id))
    assert [line.entry.act for line in lines].count("duties") == 2


@given(st.dictionaries(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 6))))
def test_a_circle_is_found_exactly_where_somebody_is_above_themselves(drawn_: dict[int, int | None]) -> None:
    superior = {MemberId(bytes([a])): None if b is None else MemberId(bytes([b])) for a, b in drawn_.items()}

    def above(start: MemberId) -> set[MemberId]:
        found: set[MemberId] = set()
        here = superior.get(start)
        while here is not None and here not in found:
            found.add(here)
            here = superior.get(here)
        return found

    assert duties.has_circle(superior) == any(one in above(one) for one in superior)
