"""From card to answer over real HTTP: told through the JSON API, read at the right team's desk and nowhere else."""

from tests.journeys.people import Browser
from tests.promises.process import Program
from tests.promises.telling import Kiosk, card, offered, said

TOLD = "种粮补贴公示的时候，会计家写了 11 亩。"
QUESTION = "另外那 5 亩在哪个组？"
ANSWER = "在村东头，挨着机耕路。"
PLACE = "青坪乡"


async def test_a_tip_goes_from_card_to_receipt_is_asked_about_and_answered(program: Program) -> None:
    await program.start("bot", "demo")
    async with Kiosk(program.url) as reporter, Browser(program.url) as member:
        code = await hand_in(program, reporter)
        path = await read_by_the_right_team(member)
        await shut_to_everybody_else(program, path)
        await member.posts(f"{path}/accept")
        assert member.page.status == 200, member.page.text
        await member.posts(f"{path}/write", to="reporter", text=QUESTION)
        assert QUESTION in member.page.text
    async with Kiosk(program.url) as later:
        replies = await later.looks_up(code)
        assert QUESTION in said(replies)
        assert "第二巡察组" in said(replies)
        assert TOLD not in said(replies), "the reporter's own words are never shown again"
        await later.chooses("add")
        await later.says(ANSWER)
        assert "已收到" in said(await later.chooses("submit"))
    async with Browser(program.url) as member:
        await member.enters("shen")
        await member.finds(TOLD)
        assert ANSWER in (await member.opens(path)).text


async def hand_in(program: Program, reporter: Kiosk) -> str:
    """The README's five calls; the receipt code."""
    await reporter.opens(card(program, PLACE))
    await reporter.says(TOLD)
    replies = await reporter.chooses("done")
    assert "skip" in offered(replies), "the card covers several places"
    replies = await reporter.chooses("skip", "anonymous", "recusal:no", "submit")
    receipt = replies[-1]
    assert receipt["kind"] == "receipt"
    assert receipt["team"] == "第二巡察组"
    assert reporter.status == 200
    return str(receipt["code"])


async def read_by_the_right_team(member: Browser) -> str:
    """The leader finds the tip in the queue and opens it; its address."""
    await member.enters("shen")
    path = await member.finds(TOLD)
    assert TOLD in (await member.opens(path)).text
    return path


async def shut_to_everybody_else(program: Program, path: str) -> None:
    """Other teams, recusal and the office meet 404, as on an address that does not exist."""
    for login in ("zhou", "gu", "jiang", "fang", "qiao"):
        async with Browser(program.url) as other:
            await other.enters(login)
            assert (await other.opens(path)).status == 404, login
            assert TOLD not in (await other.opens("/office")).text
    async with Browser(program.url) as stranger:
        page = await stranger.opens(path)
        assert page.path == "/sign-in"
        assert TOLD not in page.text


async def test_an_unknown_code_and_one_without_news_look_the_same(program: Program) -> None:
    await program.start("bot", "serve")
    async with Kiosk(program.url) as reporter, Kiosk(program.url) as mine, Kiosk(program.url) as nobodys:
        code = await hand_in(program, reporter)
        without_news = await mine.looks_up(code)
        unknown = await nobodys.looks_up("1234567890123452")
        assert without_news == unknown
        assert mine.status == nobodys.status == 200
        assert len(mine.token) == len(nobodys.token)
