"""A team takes tips from received to their end in real browsers, and the reporter reads along by code."""

import pytest
from playwright.async_api import Browser

from domain.tips import State
from handlers.conversation.events import Chose, Said
from handlers.desk.arriving.fold import fold
from handlers.texts import say
from tests.handlers.desk.side import Told, tell
from tests.journeys.desk_people import PHONE, SCREEN, Colleague, Size
from tests.web.desk.file_side import picture
from tests.web.desk_site import Site

TEAM = "第一巡察组"
SEATS = (("tang", PHONE), ("heyu", PHONE), ("zhou", SCREEN))


async def next_day(site: Site, *people: Colleague) -> None:
    """Members come back in the morning and sign in."""
    site.world.clock.forward(days=1)
    for one in people:
        await one.signs_in()


async def read_by_code(told: Told) -> list[tuple[State | None, str]]:
    return [(one.state, one.text) for one in await told.news()]


def told_of(key: str, own: str = "") -> str:
    """The sentence that a milestone has for the reporter, with what the member wrote behind it."""
    return "\n".join(filter(None, (say("zh", f"desk-tell-{key}", team=TEAM), own)))


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
async def test_two_inspectors_and_a_leader_take_a_tip_from_received_to_cleared(
    site: Site, browser: Browser, size: Size
) -> None:
    told = await tell(site.world)
    tang, heyu, zhou = [await Colleague.comes(site, browser, login, size) for login in ("tang", "heyu", "zhou")]
    await tang.does(told, "认领")
    await tang.does(told, "受理")
    await tang.writes(told, "问反映人", "您还记得公示是哪一个月贴的吗？")
    await tang.sees("暂停 等回话", "等反映人回话，时限暂停")
    await next_day(site, tang, heyu, zhou)
    assert [text for _, text in await read_by_code(told)][-1] == "您还记得公示是哪一个月贴的吗？"
    await told.adds("是去年腊月贴的")
    await heyu.opens(told)
    await heyu.sees("核实中", "是去年腊月贴的")
    await heyu.writes(told, "内部备注", "分户表对过了，多报 5 亩", picture())
    await heyu.sees("内部备注", "保存 photo.jpg")
    await next_day(site, tang, heyu, zhou)
    await tang.does(told, "报批立行立改", words="请石桥村七天内退回多领的补贴，重新公示")
    await tang.sees("已经报批，等组长批")
    await zhou.does(told, "批准立行立改")
    await zhou.sees("立改第 1 号", "周宁 签名批准，签名有效")
    await next_day(site, tang, heyu, zhou)
    await tang.does(told, "记整改结果", words="村里退回 1200 元，重新公示了", photo=picture())
    await tang.does(told, "办结", choose="属实，已经改好", words="多领的已经退回，重新公示了。")
    await tang.opens(told)
    await zhou.does(told, "销号", words="查了退款单", photo=picture())
    await zhou.sees("已销号")
    assert await read_by_code(told) == [
        (State.ACCEPTED, told_of("accept")),
        (None, "您还记得公示是哪一个月贴的吗？"),
        (State.NOTICED, told_of("notice")),
        (State.REPORTED_BACK, told_of("report-back")),
        (State.RESOLVED, told_of("resolve-put-right", "多领的已经退回，重新公示了。")),
        (State.CLEARED, told_of("clear")),
    ]
    assert await heyu.history(told) == [
        "收到", "唐立 认领", "唐立 受理", "唐立 问反映人", "反映人补充", "何雨 写了备注", "唐立 报批立行立改",
        "周宁 批准立行立改", "唐立 记了整改结果", "唐立 办结：属实，已经改好", "周宁 销号",
    ]  # fmt: skip


async def test_a_tip_that_was_declined_by_mistake_is_taken_up_again_and_handed_over(
    site: Site, browser: Browser
) -> None:
    told = await tell(site.world)
    tang, heyu, zhou = [await Colleague.comes(site, browser, login, size) for login, size in SEATS]
    await tang.does(told, "不予受理", choose="日常求助和咨询")
    await next_day(site, tang, heyu, zhou)
    await zhou.does(told, "重新办理", choose="上次弄错了", words="不是求助，是多报面积")
    await zhou.does(told, "交给组里的人", choose="何雨　联络员")
    await next_day(site, tang, heyu, zhou)
    await heyu.does(told, "开始核实")
    await heyu.does(told, "移交", choose="纪委监委", words="材料一份，共三页")
    await heyu.does(told, "记移交回执", words="收字 12 号", photo=picture())
    await heyu.does(told, "办结", choose="已经交给有权办理的单位")
    await zhou.does(told, "销号", words="回执在卷")
    assert await read_by_code(told) == [
        (State.DECLINED, told_of("decline-hotline")),
        (State.REOPENED, told_of("reopen-mistake")),
        (State.HANDED_OVER, told_of("hand-over-to-discipline")),
        (State.RESOLVED, told_of("resolve-handed-on")),
        (State.CLEARED, told_of("clear")),
    ]
    assert await zhou.history(told) == [
        "收到", "唐立 不予受理：日常求助和咨询", "周宁 重新办理：上次弄错了", "周宁 交给 何雨", "何雨 开始核实",
        "何雨 移交：纪委监委", "何雨 记了移交回执", "何雨 办结：已经交给有权办理的单位", "周宁 销号",
    ]  # fmt: skip


async def test_a_reporter_is_answered_withdraws_and_a_matter_is_referred(site: Site, browser: Browser) -> None:
    gone, sent = await tell(site.world, name="first"), await tell(site.world, name="second")
    tang = await Colleague.comes(site, browser, "tang", SCREEN)
    await tang.does(gone, "认领")
    await tang.does(gone, "放回")
    await tang.writes(gone, "回复", "收到了，这几天看")
    await withdraws(site, gone)
    await tang.opens(gone)
    await tang.sees("已撤回", "反映人要求撤回")
    await tang.does(sent, "受理")
    await tang.does(sent, "答复", words="面积按合同算，附了算法。")
    await tang.does(sent, "办结", choose="已经解释清楚")
    other = await tell(site.world, name="third")
    await tang.does(other, "转办", choose="乡镇", words="电话说过了")
    assert await read_by_code(gone) == [(None, "收到了，这几天看")]
    assert [text for _, text in await read_by_code(sent)] == [
        told_of("accept"), told_of("answer", "面积按合同算，附了算法。"), told_of("resolve-explained"),
    ]  # fmt: skip
    assert await read_by_code(other) == [(State.REFERRED, told_of("refer-to-township"))]
    assert await tang.history(gone) == [
        "收到", "唐立 认领", "唐立 放回", "唐立 回复反映人", "反映人要求撤回",
    ]  # fmt: skip


async def withdraws(site: Site, told: Told) -> None:
    """The reporter takes the tip back, by code."""
    asking = site.world.villager("withdraws " + told.code)
    for event in (Chose("progress"), Said(told.code), Chose("withdraw"), Chose("withdraw")):
        await asking.does(event)
    await fold(site.world.desk)
