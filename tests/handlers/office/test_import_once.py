"""One look names what is wrong in the file and what does not fit what stands, together, and no mere consequence."""

import pytest

from tests.handlers.office.import_side import bring, plan, refused, sixth, with_mistakes
from tests.reports.plan_edits import Edit, add, put
from tests.world import World

STRANGER = put("成员", "B3", "别人")  # qiao has another name here


async def test_a_mistake_of_the_file_and_a_clash_with_what_stands_are_named_together(world: World) -> None:
    found = await refused(world, with_mistakes(STRANGER, put("单位", "C4", "屯"), put("分工", "A3", "WY77")))
    assert found == ["单位!C4 层级 not-a-choice", "分工!A3 单位编码 unknown-unit", "成员!A3 账号 other-person"]


async def test_without_a_round_that_can_be_read_people_and_units_are_still_laid_against_what_stands(
    world: World,
) -> None:
    beside = add("单位", "NEW", "石桥村", "村", "WY02"), put("单位", "A9", "WY0104"), put("单位", "A7", "WY0199")
    found = await refused(world, with_mistakes(STRANGER, *beside, put("轮次", "A2", "x")))
    assert found[0] == "轮次!A2 届 not-a-number"
    assert "单位!A9 编码 code-of-another" in found
    assert found[-1] == "成员!A3 账号 other-person"


@pytest.mark.parametrize(
    ("edit", "only"),
    [
        (put("分工", "B3", "x"), "分工!B3 组序号 not-a-number"),
        (put("分工", "A3", "WY77"), "分工!A3 单位编码 unknown-unit"),
        (put("分工", "A3", None), "分工!A3 单位编码 required"),
        (put("单位", "C3", "屯"), "单位!C3 层级 not-a-choice"),
        (put("单位", "A3", None), "单位!A3 编码 required"),
        (put("巡察组", "A2", "x"), "巡察组!A2 序号 not-a-number"),
    ],
)
async def test_in_an_open_round_what_a_mistake_hides_is_not_called_dropped_or_changed(
    world: World, edit: Edit, only: str
) -> None:
    assert await refused(world, await sixth(world, edit)) == [only]


async def test_a_row_with_a_mistake_does_not_make_its_neighbours_clash_with_what_it_would_change(world: World) -> None:
    turned = put("单位", "B5", "杏树坪村"), put("单位", "B6", "柳沟村")  # two villages change names
    await bring(world, plan())
    assert await refused(world, with_mistakes(*turned, put("单位", "C6", "屯"))) == ["单位!C6 层级 not-a-choice"]
