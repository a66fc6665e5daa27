"""What an import may do while villagers write: nothing that takes a place, a team or a reader from anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.ids import RoundId
from domain.rounds import RoundState
from handlers.office.plan.overlaps import overlaps
from handlers.office.rounds import opening
from storage.office import rounds
from storage.store import Tx
from tests.handlers.office.import_side import bring, everything, inspected, look, plan, refused, sixth, tree
from tests.handlers.office.side import plan_of
from tests.reports.plan_edits import Edit, add, put
from tests.world import World


async def test_the_open_rounds_own_workbook_again_changes_nothing(world: World) -> None:
    before = await everything(world)
    done = await bring(world, await sixth(world))
    assert done.changes.is_empty
    assert await everything(world) == before


async def test_an_open_round_takes_new_units_assignments_members_and_texts(world: World) -> None:
    edits = (
        add("单位", "WY04", "沙坪乡", "乡镇", "WY"), add("单位", "WY0401", "沙坪村", "村", "WY04"),
        add("分工", "WY04", 2), add("成员", "newhand", "新来", "组员", 2), put("轮次", "H2", "另一个范围"),
    )  # fmt: skip
    done = await bring(world, await sixth(world, *edits))
    assert [login for login, _ in done.invites] == ["newhand"]
    assert (await inspected(world, world.made.round_id))["苇原县/沙坪乡"] == "第二巡察组"
    round_ = await world.house.store.read(lambda tx: rounds.get_round(tx, world.made.round_id))
    assert round_.state is RoundState.OPEN
    assert "苇原县/沙坪乡/沙坪村" in await tree(world)


async def test_a_place_that_nobody_has_may_be_given_in_an_open_round(world: World) -> None:
    await bring(world, await sixth(world, add("分工", "QS", 1)))
    assert (await inspected(world, world.made.round_id))["青石岭县"] == "第一巡察组"


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        ([put("轮次", "E2", "2027-09-30 18:00")], "轮次!E2 受理截止 round-open"),
        ([put("轮次", "F2", 20)], "轮次!F2 受理工作日数 round-open"),
        ([put("轮次", "I2", "说明理由")], "轮次!I2 异地交叉 round-open"),
        ([put("巡察组", "B2", "一组")], "巡察组!B2 名称 round-open"),
        ([put("巡察组", "D4", None)], "巡察组!D4 来自单位编码 round-open"),
        (
            [add("巡察组", 4, "四组"), add("单位", "X", "新县", "县"), add("分工", "X", 4)],
            "巡察组!A5 序号 round-open-new",
        ),
        ([put("单位", "B5", "柳湾村")], "单位!B5 名称 round-open"),
        ([put("单位", "D5", "WY02")], "单位!D5 上级编码 round-open"),
        ([put("单位", "E5", "柳沟")], "单位!E5 别名 round-open"),
        ([put("分工", "B2", 3), put("分工", "B4", 1)], "分工!B2 组序号 round-open-taken"),
        ([add("分工", "WY0101", 3)], "分工!B6 组序号 round-open-taken"),
        ([put("分工", "C2", "理由")], "分工!C2 理由 round-open"),
        ([lambda book: book["分工"].delete_rows(5)], "分工 round-open-dropped"),
        ([add("成员", "plant", "暗桩", "回避")], "成员!C15 职务 recusal-open"),
    ],
)
async def test_an_open_round_refuses_everything_else_by_its_row(world: World, edits: list[Edit], problem: str) -> None:
    assert problem in await refused(world, await sixth(world, *edits))


async def test_an_import_does_not_tell_the_office_who_holds_the_recusal_queue_of_an_open_round(world: World) -> None:
    """Whether the file names holders or others who are known, it answers the same and seats nobody."""
    named = await sixth(world, put("成员", "A14", "tang"), put("成员", "B14", "唐立"), drop_row("成员", 6))
    for wanted in (await sixth(world), named):
        changes = await look(world, wanted)
        assert changes.people.seats == ()
        assert not [name for tally in changes.tallies for name in tally.left if "回避" in name]


def drop_row(sheet: str, row: int) -> Edit:
    return lambda book: book[sheet].delete_rows(row)


async def test_a_unit_is_not_moved_from_under_another_rounds_open_ears(world: World) -> None:
    """In the sixth round, which is open, the first team has the township it leaves, and the second where it goes."""
    await bring(world, plan())
    assert await refused(world, plan(put("单位", "D5", "WY02"))) == ["单位!D5 上级编码 moves-open"]
    await opening.close_round(world.desk, (await world.sign_in("fang"))[1], world.made.round_id)
    await bring(world, plan(put("单位", "D5", "WY02")))


async def test_two_rounds_do_not_inspect_one_place_in_the_same_days(world: World) -> None:
    """The county's own round has WY01, WY02, WY03 and WY91; what lies below or above is the same place."""
    mine = (await sixth(world)).round
    window = [
        put("轮次", "D2", f"{mine.opens_at:%Y-%m-%d %H:%M}"),
        put("轮次", "E2", f"{mine.closes_at:%Y-%m-%d %H:%M}"),
    ]
    every = [
        "分工!A2 单位编码 overlaps",
        "分工!A3 单位编码 overlaps",
        "分工!A4 单位编码 overlaps",
        "分工!A5 单位编码 overlaps",
    ]
    assert await refused(world, plan(*window)) == every
    elsewhere = [put("单位", "A15", "SG"), put("单位", "B15", "松岗县"), put("单位", "C15", "县")]
    free = [add("单位", f"SG0{n}", f"松岗{n}乡", "乡镇", "SG") for n in range(1, 5)]
    given = [put("分工", f"A{row}", f"SG0{row - 1}") for row in range(2, 6)]
    village, county = put("分工", "A2", "WY0102"), put("分工", "A5", "WY")
    found = await refused(world, plan(*window, *elsewhere, *free, *given, village))
    assert found == ["分工!A2 单位编码 overlaps"]
    found = await refused(world, plan(*window, *elsewhere, *free, *given, county))
    assert found == ["分工!A5 单位编码 overlaps"]
    await bring(world, plan(*window, *elsewhere, *free, *given))


async def test_a_round_may_begin_in_the_minute_in_which_another_ends(world: World) -> None:
    closes = (await sixth(world)).round.closes_at
    await bring(world, plan(put("轮次", "D2", f"{closes:%Y-%m-%d %H:%M}")))


async def test_overlaps_are_those_of_stored_rounds_too(world: World) -> None:
    made = await bring(world, plan_of(world))
    paths = await tree(world)
    ids = [paths[path].id for path in ("苇原县/苇庄镇", "苇原县/青坪乡/石桥村", "苇原县", "青石岭县")]

    def found(tx: Tx, days: int) -> list[tuple[str, RoundId]]:
        round_ = rounds.get_round(tx, made.round_id)
        earlier = replace(round_, opens_at=round_.opens_at - timedelta(days=days))
        return [(unit.path, other.id) for unit, other in overlaps(tx, earlier, ids)]

    assert await world.house.store.read(lambda tx: found(tx, 0)) == []
    assert await world.house.store.read(lambda tx: found(tx, 60)) == [
        ("苇原县/苇庄镇", world.made.round_id),
        ("苇原县/青坪乡/石桥村", world.made.round_id),
        ("苇原县", world.made.round_id),
    ]
