"""From the name to the check page, told as examples: consequences first, own words back, nothing lost."""

import pytest

from domain.tips import Kind
from handlers.conversation import events
from handlers.conversation.events import Chose
from handlers.conversation.replies import ReplyKind
from handlers.conversation.talk import Identity, Involves, PartKind, Step
from tests.handlers.talking import CODE, Talk, at_check


def test_the_consequences_stand_inside_the_question_for_a_name() -> None:
    talk = Talk().scans("VILLAGE").says("补贴没有发。").taps("done")
    assert "15 个工作日内告诉您受不受理" in talk.words
    assert "我们不问、也不记您是谁" in talk.words
    assert talk.offered == ["anonymous", "real_name"]


def test_a_real_name_asks_for_name_and_phone_and_nothing_else() -> None:
    talk = Talk().scans("VILLAGE").says("补贴没有发。").taps("real_name").says("孟青山")
    assert talk.says("没有").keys == ["say-phone-digits", "ask-phone"]
    talk.says("0000-0000000")
    assert (talk.state.step, talk.state.identity) == (Step.RECUSAL, Identity.REAL_NAME)
    assert (talk.state.name, talk.state.phone) == ("孟青山", "0000-0000000")
    assert "名字：孟青山 0000-0000000" in talk.taps("recusal:no").words


def test_a_name_can_be_taken_back_and_a_phone_left_out() -> None:
    talk = Talk().scans("VILLAGE").says("补贴没有发。").taps("real_name").says("孟青山").taps("skip", "recusal:no")
    talk.taps("edit:name", "real_name", "anonymous")
    assert (talk.state.step, talk.state.name, talk.state.identity) == (Step.CHECK, "", Identity.ANONYMOUS)


@pytest.mark.parametrize("answer", [Involves.YES, Involves.UNKNOWN])
def test_a_tip_about_the_inspection_says_on_the_button_where_it_goes(answer: Involves) -> None:
    talk = Talk().scans("VILLAGE").says("补贴没有发。").taps("anonymous", f"recusal:{answer}")
    assert talk.said[-1].choices[0].key == "choice-submit-recusal"
    assert at_check().said[-1].choices[0].key == "choice-submit"


def test_text_at_a_question_is_more_of_the_tip() -> None:
    talk = Talk().scans("VILLAGE").says("补贴没有发。").taps("anonymous").says("还有低保。")
    assert talk.keys == ["tick-kept", "ask-recusal"]
    assert talk.kept[2].text == "还有低保。"


def test_the_check_page_shows_own_words_and_the_code_beside_submit() -> None:
    talk = at_check()
    (page,) = talk.said
    assert (page.kind, page.code, page.choices[0].id) == (ReplyKind.ASK, CODE, "submit")
    for words in ("会计家多领了补贴。", "1234 5678 9012 3452", "提交后才有效", "苇庄镇石桥村", "匿名"):
        assert words in talk.words
    kinds = [choice for choice in talk.offered if choice.startswith("kind:")]
    assert len(kinds) == len(Kind)
    assert {"edit:1", "delete:1", "edit:where", "edit:kind", "edit:name", "edit:recusal", "cancel"} <= {*talk.offered}


def test_other_doors_are_named_and_the_tip_may_still_be_handed_in() -> None:
    talk = at_check()
    talk.has(events.Prepared(CODE, "ab" * 32, tuple(talk.kept.values()), tuple(events.Door)))
    for door in ("110", "12345", "12388", "信访局"):
        assert door in talk.words
    assert "submit" in talk.offered


def test_long_words_are_shown_in_several_messages_with_submit_in_the_last() -> None:
    talk = Talk().scans("VILLAGE").says(*["很长的话" * 1000] * 3, *["短话"] * 60).taps("anonymous", "recusal:no")
    assert len(talk.said) > 3
    assert "submit" in talk.offered
    assert len(talk.offered) <= 100
    assert talk.words.count("短话") == 60
    assert talk.words.count("很长的话") == 3000
    assert all(len(str(reply.args)) < 5000 for reply in talk.said)
    assert len(talk.has(Chose("delete:2")).kept) == 62


def test_a_kind_is_one_tap_on_the_check_page() -> None:
    assert at_check().taps("kind:projects").state.kind is Kind.PROJECTS
    talk = at_check().taps("edit:kind")
    assert talk.offered[-1] == "skip"
    assert talk.taps("kind:land_housing").state.kind is Kind.LAND_HOUSING
    assert talk.taps("edit:kind", "skip").state.kind is None


def test_a_part_can_be_said_again() -> None:
    talk = at_check().taps("edit:1").says("会计家多领了种粮补贴。")
    assert [part.text for part in talk.kept.values()] == ["会计家多领了种粮补贴。"]
    assert "种粮补贴" in talk.words
    assert talk.taps("edit:1", "skip").state.step is Step.CHECK
    assert talk.taps("edit:1").sends(PartKind.AUDIO).kept[1].kind is PartKind.AUDIO


def test_deleting_the_last_part_asks_to_tell_again() -> None:
    talk = at_check().taps("delete:1")
    assert (talk.state.step, talk.kept) == (Step.TELL, {})
    assert talk.says("换一件事。").taps("done").state.step is Step.CHECK


def test_text_on_the_check_page_becomes_another_part() -> None:
    talk = at_check().says("还有低保。")
    assert "2. 还有低保。" in talk.words
    assert "submit" in talk.offered


@pytest.mark.parametrize("text", [CODE, f"我的编号是{CODE}。", "１２３４ 5678-9012 3452"])
def test_a_message_with_the_drafts_own_code_is_refused_with_the_reason(text: str) -> None:
    talk = at_check().says(text)
    assert "有您的编号，没有记下" in talk.words
    assert talk.sends(caption=text).kept.keys() == {1}
    assert talk.taps("edit:1").says(text).kept[1].text == "会计家多领了补贴。"


def test_another_card_number_is_content() -> None:
    assert at_check().says("他的卡号 6222 0000 0000 0000").kept.keys() == {1, 2}
