"""A ledger hides what was told unless somebody says why; the audit knows either way, and no key of mine: no words."""

import pytest

from bench.tips import fill
from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rules import Outcome
from domain.tips import Action, State
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.recusing import recuse
from handlers.desk.moves.acting import Wish, act
from handlers.desk.paper.ledger import GIST, Purpose, make_ledger
from handlers.desk.paper.words import LED_BY
from handlers.office.ledger_template import drop_template, put_template
from handlers.people.sessions import Session
from handlers.texts import LANGUAGES, say
from storage.people import audit
from tests.handlers.desk.ledger_side import everything, rows_of
from tests.handlers.desk.side import WORDS, tell
from tests.reports.ledger_side import drawn
from tests.world import World

NAME, PHONE = "周大山", "0000-0000000"


async def tell_by_name(world: World, words: str = "路灯不亮") -> None:
    villager = world.villager("by name " + words)
    await villager.does(Start(world.card("苇庄镇")))
    for event in (Said(words), Chose("done"), Chose("skip"), Chose("real_name"), Said(NAME), Said(PHONE)):
        await villager.does(event)
    await villager.does(Chose("recusal:no"))
    assert (await villager.does(Chose("submit"))).state.step == "receipt"
    await fold(world.desk)


async def exports(world: World, session: Session) -> list[tuple[str, bytes]]:
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, session.office_id))
    return [(one.entry.act, one.entry.object_id) for one in lines if one.entry.act.startswith("export")]


async def test_a_masked_ledger_holds_neither_words_nor_names_and_an_unmasked_one_all_of_them(world: World) -> None:
    await tell(world)
    await tell_by_name(world)
    _, zhou = await world.sign_in("zhou")
    masked = await make_ledger(world.desk, zhou, zhou.teams[0])
    assert not any(secret in everything(masked) for secret in (WORDS, "路灯", NAME, PHONE))
    assert [row["反映方式"] for row in rows_of(masked)] == ["匿名", "实名"]
    assert {row["主要内容"] for row in rows_of(masked)} == {"（已隐去）"}
    named = rows_of(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.REPORT))
    assert (named[0]["主要内容"], named[0]["反映人"]) == (WORDS, None)
    assert (named[1]["主要内容"], named[1]["反映人"], named[1]["电话"]) == ("路灯不亮", NAME, PHONE)


async def test_an_unmasked_ledger_says_who_took_it_out_and_the_audit_says_why(world: World) -> None:
    await tell(world)
    _, zhou = await world.sign_in("zhou")
    team = zhou.teams[0]
    assert zhou.name not in everything(await make_ledger(world.desk, zhou, team))
    for purpose in Purpose:
        made = everything(await make_ledger(world.desk, zhou, team, purpose=purpose))
        assert f"{zhou.name} 2026-11-11 12:00 导出，用途：{say('zh', f'paper-purpose-{purpose}')}" in made
    assert await exports(world, zhou) == [("export", team), *((f"export-{one}", team) for one in Purpose)]


async def test_no_reason_no_content(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    for purpose in ("", "curiosity", "report "):
        with pytest.raises(Refused) as refused:
            await make_ledger(world.desk, zhou, zhou.teams[0], purpose=purpose)
        assert (refused.value.reason, refused.value.detail) == (Reason.BAD_INPUT, "reason")
    assert await exports(world, zhou) == []


async def test_another_teams_ledger_is_one_that_does_not_exist(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    for team_id in (zhou.teams[0], TeamId(b"\x01" * 16)):
        with pytest.raises(Refused) as refused:
            await make_ledger(world.desk, shen, team_id)
        assert refused.value.reason is Reason.UNKNOWN


async def test_a_recused_member_takes_out_a_ledger_without_that_tips_words(world: World) -> None:
    told, (_, zhou), (_, tang) = await tell(world), await world.sign_in("zhou"), await world.sign_in("tang")
    await recuse(world.desk, zhou, told.id, tang.member_id)
    _, tang = await world.sign_in("tang")
    row = rows_of(await make_ledger(world.desk, tang, tang.teams[0], purpose=Purpose.CHECK))[0]
    assert (row["编号"], row["主要内容"], row["反映方式"]) == ("1-0001", "（打不开）", None)
    assert rows_of(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.CHECK))[0]["主要内容"] == WORDS


async def test_a_row_tells_how_far_the_matter_is_and_how_it_came_out(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    for action, reason in ((Action.ACCEPT, ""), (Action.VERIFY, ""), (Action.RESOLVE, Outcome.PARTLY)):
        wish = Wish(action, await told.version(zhou), reason=reason, words="看过账")
        await act(world.desk, zhou, told.id, wish)
    row = rows_of(await make_ledger(world.desk, zhou, zhou.teams[0]))[0]
    assert row["办理情况"] == f"已办结：{say('zh', 'desk-reason-partly')}"
    assert str(row["办结日期"]).startswith("2026-11-11")
    assert (row["销号日期"], row["承办人"]) == (None, zhou.name)


async def test_additions_do_not_take_the_place_of_what_was_told_first(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    await told.adds("后来又补了一句")
    assert rows_of(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.CHECK))[0]["主要内容"] == WORDS


async def test_long_words_are_cut_and_a_formula_stays_text(world: World) -> None:
    await tell(world, words="=" + "长" * 500)
    _, zhou = await world.sign_in("zhou")
    shown = str(rows_of(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.CHECK))[0]["主要内容"])
    assert shown.startswith("'=长")
    assert len(shown) == GIST + 1


async def test_the_offices_own_layout_is_used_until_it_is_dropped(world: World) -> None:
    await tell(world)
    _, qiao = await world.sign_in("qiao")
    _, zhou = await world.sign_in("zhou")
    await put_template(world.desk, qiao, drawn(("本县台账",), ("{编号}", "{主要内容}", "{反映人}")))
    assert everything(await make_ledger(world.desk, zhou, zhou.teams[0])) == "本县台账\n1-0001\n（已隐去）\n（已隐去）"
    own = everything(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.ARCHIVE))
    assert WORDS in own
    assert zhou.name in own
    await drop_template(world.desk, qiao)
    assert "信访件台账" in everything(await make_ledger(world.desk, zhou, zhou.teams[0]))


async def test_hundreds_of_tips_are_all_there_in_order(world: World) -> None:
    await fill(world.house, 1, 620)
    _, zhou = await world.sign_in("zhou")
    rows = rows_of(await make_ledger(world.desk, zhou, zhou.teams[0], purpose=Purpose.CHECK))
    assert [row["序号"] for row in rows] == list(range(1, 621))
    assert [row["编号"] for row in rows] == [f"1-{n:04d}" for n in range(1, 621)]
    assert all(len(str(row["主要内容"])) > 20 for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_purpose_and_every_state_with_a_reason_has_its_words(lang: str) -> None:
    assert all(say(lang, f"paper-purpose-{one}") for one in Purpose)
    assert all(say(lang, f"desk-state-{one.replace('_', '-')}") for one in State)
    assert {Action.DECLINE, Action.REFER, Action.HAND_OVER, Action.RESOLVE} == set(LED_BY.values())
