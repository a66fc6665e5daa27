"""After submitting, told as examples: the receipt, looking up, adding, withdrawing."""

from dataclasses import replace
from datetime import date

import pytest

from domain.rounds import Intake
from domain.tips import State as TipState
from handlers.conversation import effects
from handlers.conversation.events import Chose, Edited, Resume, Start, Submitted
from handlers.conversation.replies import ReplyKind
from handlers.conversation.talk import News, State, Step
from tests.handlers.talking import CODE, TOWN_CARD, Talk, at_check, at_receipt

OTHER_CODE = "9876543210987658"
QUESTION = News(date(2026, 11, 20), "第三巡察组", "您还记得是哪一年吗？")
RECEIVED = News(date(2026, 11, 18), "第三巡察组", "我们收到了。", TipState.RECEIVED)
ACCEPTED = News(date(2026, 11, 24), "第三巡察组", "我们受理了。", TipState.ACCEPTED)


def in_chat(talk: Talk) -> Talk:
    """The same talk in an app that can notify and delete."""
    talk.state = replace(talk.state, chat=True, page="lx.chenghe.example")
    return talk


def test_the_receipt_comes_at_once_with_code_team_date_and_what_happens_next() -> None:
    talk = at_receipt()
    (receipt,) = talk.said
    assert (receipt.kind, receipt.code, receipt.team) == (ReplyKind.RECEIPT, CODE, "第三巡察组")
    assert receipt.received_on == date(2026, 11, 18)
    for words in ("第三巡察组已收到", "1234 5678 9012 3452", "11 月 25 日前看完", "0000-0000000", "查进度", "撤回"):
        assert words in talk.words
    assert talk.offered == ["noted", "add", "progress", "report"]


def test_only_a_chat_app_offers_to_notify_and_to_wipe() -> None:
    assert in_chat(at_receipt()).has(Resume()).offered == ["noted", "add", "notify", "wipe", "progress", "report"]


def test_what_comes_after_the_end_is_taken_and_said_to_be_late() -> None:
    talk = at_check()
    talk.late = True
    assert talk.taps("submit").keys == ["say-late", "receipt"]


def test_after_submitting_no_word_of_the_draft_is_left() -> None:
    state = at_receipt().state
    assert (state.parts, state.place, state.identity, state.involves) == ((), None, None, None)


def test_submitting_twice_shows_the_receipt_again_and_hands_in_once() -> None:
    talk = at_receipt().has(Chose("submit"))
    assert talk.keys == ["receipt"]
    assert len(talk.handed_in) == 1


def test_the_same_card_scanned_again_shows_the_receipt_until_it_is_noted() -> None:
    talk = at_receipt().scans("VILLAGE")
    assert talk.keys == ["receipt"]
    assert talk.has(Start()).keys == ["receipt"]


def test_another_card_never_drops_a_code_that_was_not_noted() -> None:
    for talk in (at_receipt(), at_receipt().taps("progress"), at_receipt().taps("add")):
        before = talk.state.step
        assert talk.scans("TOWN").offered == ["skip", "restart"]
        assert "1234 5678 9012 3452" in talk.words
        assert talk.scans("FORGED").state.code == CODE
        assert talk.has(Chose("cancel")).state.step is before
        assert talk.scans("TOWN").taps("skip").state.step is before
        talk.scans("TOWN").taps("restart")
        assert (talk.state.step, talk.state.card, talk.state.code) == (Step.START, TOWN_CARD, "")
        assert not any(isinstance(effect, effects.Drop) for effect in talk.done)


def test_words_said_instead_of_an_answer_join_the_tip_of_the_code() -> None:
    talk = at_receipt().scans("TOWN").says("还有一件。")
    assert (talk.state.step, talk.state.code, talk.kept[1].text) == (Step.ADD, CODE, "还有一件。")
    assert talk.taps("cancel", "cancel").state.step is Step.RECEIPT


def test_progress_asked_instead_of_an_answer_is_that_of_the_code() -> None:
    talk = at_receipt().scans("TOWN").has(Chose("progress"))
    assert (talk.state.step, talk.state.code) == (Step.FOLLOW, CODE)
    assert talk.has(Chose("cancel")).state.step is Step.RECEIPT


def test_a_card_that_takes_nothing_leaves_the_receipt() -> None:
    talk = at_receipt()
    talk.cards["TOWN"] = replace(TOWN_CARD, intake=Intake.CLOSED)
    assert talk.scans("TOWN").keys == ["say-other-card-shut", "receipt"]


def test_a_new_tip_asks_whether_the_code_was_noted() -> None:
    talk = at_receipt().taps("report")
    assert (talk.state.step, talk.offered) == (Step.SWITCH, ["skip", "restart"])
    assert talk.taps("skip").keys == ["receipt"]
    assert talk.taps("report", "restart").state.step is Step.TELL
    assert talk.state.code == ""


def test_noted_forgets_the_code() -> None:
    talk = at_receipt().taps("noted")
    assert (talk.state.step, talk.state.code, talk.state.stretched) == (Step.START, "", "")
    assert "report" in talk.offered


def test_a_new_tip_never_reuses_the_code_of_the_last() -> None:
    talk = at_receipt().taps("report", "restart").says("另一件事。")
    assert talk.state.code == ""


def test_looking_up_reads_a_code_however_it_is_spaced() -> None:
    for typed in (CODE, "1234 5678 9012 3452", "１２３４-５６７８-９０１２-３４５２"):
        talk = Talk(news=(QUESTION,)).scans("VILLAGE").taps("progress").says(typed)
        assert (talk.state.step, talk.state.code) == (Step.FOLLOW, CODE)
        assert "您还记得是哪一年吗？" in talk.words


def test_a_mistyped_code_is_asked_for_again_kindly() -> None:
    talk = Talk().scans("VILLAGE").taps("progress").says("1234567890123453")
    assert talk.keys == ["say-bad-code", "ask-code"]
    assert talk.says("我的补贴呢").keys == ["say-type-code", "ask-code"]
    assert talk.sends().keys == ["say-type-code", "ask-code"]
    assert talk.taps("cancel").state.step is Step.START


def test_an_unknown_code_and_one_without_news_are_answered_alike() -> None:
    one = Talk().scans("VILLAGE").taps("progress").says(CODE)
    other = Talk().scans("VILLAGE").taps("progress").says(OTHER_CODE)
    assert one.words == other.words
    assert one.words == "没有查到新消息。请看看编号抄得对不对，过几天再来。"
    assert one.offered == other.offered == ["add", "withdraw", "noted"]


def test_news_is_told_oldest_first_with_its_team_and_day() -> None:
    talk = Talk(news=(QUESTION, RECEIVED)).says(CODE)
    assert talk.words.index("我们收到了。") < talk.words.index("您还记得是哪一年吗？")
    assert "11 月 18 日　第三巡察组" in talk.words


def test_withdrawing_is_offered_until_the_team_has_decided() -> None:
    assert "withdraw" in Talk(news=(RECEIVED, QUESTION)).says(CODE).offered
    assert "withdraw" not in Talk(news=(RECEIVED, ACCEPTED)).says(CODE).offered


def test_withdrawing_asks_first_and_is_said_alike_for_every_code() -> None:
    talk = Talk().says(CODE).taps("withdraw")
    assert talk.offered == ["skip", "withdraw"]
    assert talk.taps("skip").state.step is Step.FOLLOW
    talk.taps("withdraw", "withdraw")
    assert talk.keys == ["say-withdrawn"]
    assert "withdraw" not in talk.offered
    assert sum(isinstance(effect, effects.Withdraw) for effect in talk.done) == 1


def test_text_at_the_receipt_or_an_open_code_begins_an_addition() -> None:
    for talk in (at_receipt(), Talk().says(CODE), Talk().says(CODE).taps("withdraw")):
        talk.says("还有一件事。")
        assert (talk.state.step, talk.keys) == (Step.ADD, ["tick-kept"])
        assert talk.offered == ["submit", "undo", "cancel"]


def test_an_addition_takes_several_messages_and_goes_back_to_where_it_began() -> None:
    talk = at_receipt().taps("add").says("一", "二").taps("undo").sends().taps("submit")
    assert len(talk.handed_in[1]) == 2
    assert (talk.keys, talk.state.step, talk.state.parts) == (["say-added"], Step.RECEIPT, ())
    assert Talk().says(CODE).says("三").has(Chose("done")).state.step is Step.FOLLOW
    assert talk.counted.count("describe") == 1


@pytest.mark.parametrize("button", ["done", "submit"])
def test_an_addition_with_nothing_told_is_not_handed_in_and_says_so(button: str) -> None:
    talk = Talk().says(CODE).taps("add").has(Chose(button))
    assert (talk.keys, talk.state.step, talk.handed_in) == (["say-nothing-told", "ask-add"], Step.ADD, [])


def test_an_unsent_addition_is_thrown_away_only_when_asked_twice() -> None:
    talk = Talk().says(CODE).says("三").taps("cancel")
    assert talk.offered == ["skip", "cancel"]
    assert talk.taps("skip").state.step is Step.ADD
    talk.taps("cancel", "cancel")
    assert (talk.state.step, talk.kept, talk.state.code) == (Step.FOLLOW, {}, CODE)
    assert talk.taps("add", "cancel").state.step is Step.FOLLOW


def test_taking_back_waits_until_the_question_of_throwing_away_is_answered() -> None:
    talk = Talk().says(CODE).says("三").taps("cancel").has(Chose("undo"))
    assert (talk.state.step, talk.kept.keys()) == (Step.CANCEL, {1})


def test_only_the_check_page_can_become_a_receipt() -> None:
    talk = Talk().scans("VILLAGE").says("一")
    talk.has(Submitted("第三巡察组", "", date(2026, 11, 18), date(2026, 11, 25), late=False))
    assert (talk.state.step, talk.kept.keys()) == (Step.TELL, {1})


def test_an_addition_that_holds_the_open_code_is_refused() -> None:
    assert Talk().says(CODE).says(f"编号 {CODE} 的事").keys == ["say-own-code"]


def test_an_edit_after_submitting_points_to_adding() -> None:
    talk = at_receipt().has(Edited("m1", "改一改"))
    assert talk.keys == ["say-edit-late"]
    assert "add" in talk.offered


def test_progress_never_leaves_an_open_draft_behind() -> None:
    talk = at_check().has(Chose("progress"))
    assert talk.keys == ["say-draft-first", "ask-cancel"]
    assert talk.taps("skip").state.step is Step.CHECK
    assert talk.kept.keys() == {1}


def test_progress_on_the_receipt_opens_its_own_code() -> None:
    talk = at_receipt().taps("progress")
    assert (talk.state.step, talk.state.code) == (Step.FOLLOW, CODE)


def test_asking_to_be_told_is_offered_once_and_ends_with_the_code() -> None:
    talk = in_chat(Talk()).says(CODE).taps("notify")
    assert (talk.keys, talk.state.notify) == (["say-subscribed"], True)
    assert "notify" not in talk.offered
    assert not talk.says(OTHER_CODE).state.notify


def test_wiping_forgets_the_code_too() -> None:
    talk = in_chat(at_receipt()).has(Resume()).taps("wipe")
    assert (talk.state.step, talk.state.code) == (Step.START, "")
    assert "48 小时" in talk.words


def test_words_that_work_anywhere_do_not_lose_the_receipt() -> None:
    for word in ("help", "large", "phone", "cancel", "restart"):
        assert at_receipt().has(Chose(word)).state.code == CODE


def test_an_open_code_is_looked_up_again_when_the_chat_is_resumed() -> None:
    talk = Talk().says(CODE)
    talk.news = (QUESTION,)
    assert "您还记得是哪一年吗？" in talk.has(Resume()).words
    assert talk.state == replace(State(), step=Step.FOLLOW, code=CODE, stretched="ab" * 32)
