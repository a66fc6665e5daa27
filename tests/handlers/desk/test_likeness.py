"""像 3-0012: two who tell one matter in words of their own are brought together, two matters of one kind are not."""

from datetime import date

import pytest

from domain.ids import TipId
from handlers.desk.finding.building import start
from handlers.desk.finding.index import Entry
from handlers.desk.finding.likeness import ALIKE, Hint, closest, likeness, similar
from handlers.desk.finding.marks import marks_of
from handlers.desk.finding.matching import folded
from handlers.desk.locking import recusing
from handlers.people.sessions import Session
from tests.handlers.desk.side import Told, tell
from tests.world import World

SAME = (
    (
        "种粮补贴公示的时候，会计家写了 11 亩，他家土地证上只有 6 亩多。另外那 5 亩是搬走的老孟家的，证还在老孟手里。",
        "石桥村会计多报地。他家最多 6 亩多地，领种粮补贴按 11 亩领的，多的是孟家的地，孟家早就不在村里住了。",
    ),
    (
        "集体鱼塘租金三年没有公开，合同也看不到。问过两次，说在会计那里，会计说在镇里。",
        "村里鱼塘包出去三年了，租金多少从来不公开，找会计要合同看，他说合同在镇里。",
    ),
    (
        "今年春天修机耕路，牌子上写 3 米宽，有两段只有 2 米多，车过不去。",
        "春天刚修的那条机耕路不够宽，说好 3 米，我拿尺子量有两段才 2 米多一点，收割机过不去",
    ),
    (
        "去年医保费在村里收了两次，9 月收过一次，12 月又说没交要补交，两次都没有票。",
        "医保收重了。９ 月份交过钱，１２ 月村里又让补交一次，都没给开票。",
    ),
    (
        "征地补偿按 1.8 亩算，我们自己量是 2.4 亩，要求重量一次，一直没人来。",
        "我家地被征了，补偿只给算 1.8 亩，实际 2.4 亩，叫他们重量也没人来量。",
    ),
    (
        "去年夏天淹了地，说每户有救灾款，名单贴出来有我家，钱没有发下来。问镇里，说早就拨到村里了。",
        "去年夏天村里淹了，救灾款到现在没有发。名单贴了，有我们家，镇里说钱拨到村里了，一分没见到。",
    ),
    (
        "支书给儿子办酒摆了 30 桌，收了全村的礼，礼金 200 元起。",
        "书记家儿子结婚大办，30 桌酒席，家家都要随礼，最少 200 元。",
    ),
    (
        "危房改造款说 2 万元，只到了 1 万元，经办人说再等等，等了半年。",
        "我家危房改造应该给 2 万，到手才 1 万，问经办的人总说等一等，半年过去了。",
    ),
)
OTHER = (
    (SAME[0][0], "种粮补贴我家 8 亩地只给算了 5 亩，组长说名额不够，别人家都按证上的数给的。"),
    (SAME[1][0], "承包费每年都交，从来没有贴出来过，村里收了多少、用在哪里，谁也不知道。"),
    (SAME[1][0], "村里的砖厂租给外面的人，租金不知道交到哪里，合同没有给村民看过，问村主任，说在镇里。"),
    (SAME[2][0], "村口到学校的水泥路修了不到两年就裂了，下雨天车过不去，听说水泥只铺了 10 厘米。"),
    (SAME[3][0], "我母亲住院的医保报销单交到村里半年了，没有下文，问了两次说在镇里。"),
    (SAME[4][0], "修高速征了我家 3.2 亩地，补偿款到现在没有给，说要等镇里统一发。"),
    (SAME[5][0], "去年的种粮补贴没有发下来，名单上有我家，问镇里，镇里说已经拨到村里了。"),
    (SAME[6][0], "村主任母亲过寿请客收礼，镇里干部也来吃了，就在去年腊月。"),
    (SAME[7][0], "我家房子是 D 级危房，申报了两年没有批，隔壁新房子倒批了。"),
    ("水管断了一个月没人修，水费照收。", "路灯坏了半年没人修，找村里说没有钱。"),
    ("路坏了。", "路坏了。"),
)


def score(a: str, b: str) -> int:
    return likeness(marks_of(folded(a)), marks_of(folded(b)))


@pytest.mark.parametrize("pair", SAME)
def test_one_matter_in_two_mens_words_is_alike(pair: tuple[str, str]) -> None:
    assert score(*pair) >= ALIKE
    assert score(*pair) == score(*pair[::-1])


@pytest.mark.parametrize("pair", OTHER)
def test_another_matter_of_the_same_kind_is_not(pair: tuple[str, str]) -> None:
    assert score(*pair) < ALIKE


async def hints(world: World, session: Session, tip_id: TipId) -> list[Hint]:
    """What the tip's page would show once everything has been read."""
    await start(world.desk, session, world.desk.finder.index(session.token_hash, session.teams[0]))
    return await similar(world.desk, session, tip_id)


async def pair(world: World, place: str = "苇庄镇", other: str = "苇庄镇") -> tuple[Told, Told]:
    return await tell(world, place, SAME[0][0], "first"), await tell(world, other, SAME[0][1], "second")


async def test_the_likest_tips_of_my_team_are_named(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    one, two = await pair(world)
    await tell(world, words=OTHER[0][1], name="third")
    for asked, other in ((one, "1-0002"), (two, "1-0001")):
        found = await hints(world, zhou, asked.id)
        assert [hint.label for hint in found] == [other]
        assert ALIKE <= found[0].score <= 100


async def test_nothing_is_said_before_the_tip_was_read_and_nobody_waits(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    one, _ = await pair(world)
    assert await similar(world.desk, zhou, one.id) == []
    index = world.desk.finder.index(zhou.token_hash, zhou.teams[0])
    assert index.reading is not None, "but it is read now"
    await index.reading
    assert len(await similar(world.desk, zhou, one.id)) == 1


async def test_at_most_three_are_named(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    told = [await tell(world, words=SAME[0][0], name=f"{n}") for n in range(5)]
    assert [hint.score for hint in await hints(world, zhou, told[0].id)] == [100] * 3


async def test_another_team_is_never_named(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    one, _ = await pair(world, other="青坪乡")
    assert await hints(world, zhou, one.id) == []


async def test_a_tip_that_i_may_not_open_any_more_is_not_named(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    one, two = await pair(world)
    assert len(await hints(world, tang, one.id)) == 1
    await recusing.recuse(world.desk, zhou, two.id, tang.member_id)
    assert await similar(world.desk, tang, one.id) == []


def test_another_place_is_another_matter() -> None:
    """A village and the town it belongs to may be one place, two villages may not; an unknown place may be any."""
    places = {b"a": "苇庄镇石桥村", b"b": "苇庄镇柳沟村", b"c": "苇庄镇", b"d": "", b"e": "青坪乡石桥村"}
    entries = {TipId(one): entry_at(TipId(one), unit) for one, unit in places.items()}
    marks = dict.fromkeys(entries, marks_of(folded(SAME[0][0])))
    assert {hint.tip_id for hint in closest(TipId(b"a"), entries, marks)} == {b"c", b"d"}


def entry_at(tip_id: TipId, unit: str) -> Entry:
    return Entry(tip_id, 1, 1, "1-0001", unit, date(2026, 11, 11), "", "", 0)
