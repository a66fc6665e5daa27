"""The reporter's journey, told as examples: from the card to the receipt."""

from dataclasses import replace

import pytest

from domain.rounds import Intake
from handlers.conversation import effects
from handlers.conversation.events import Chose, Edited, Pointed, Resume, Said, Start, TooBig
from handlers.conversation.replies import ReplyKind
from handlers.conversation.talk import PartKind, Step
from tests.handlers.talking import CODE, LIUGOU, NO_CARD, STONE_BRIDGES, TOWN_CARD, VILLAGE_CARD, Talk, at_check


def test_a_simple_tip_by_card_takes_four_acts() -> None:
    talk = Talk().scans("VILLAGE")
    talk.says("会计家多领了补贴。").taps("anonymous", "recusal:no", "submit")
    assert talk.state.step is Step.RECEIPT
    assert [part.text for part in talk.handed_in[0]] == ["会计家多领了补贴。"]


def test_a_scanned_card_tells_team_place_end_and_check_words() -> None:
    talk = Talk().scans("VILLAGE")
    for words in ("第三巡察组", "苇庄镇石桥村", "11 月 27 日 18:00 截止", "不用注册，可以匿名", "青山 木桥 晚稻"):
        assert words in talk.words
    assert talk.offered == ["report", "progress", "phone"]


def test_in_another_companys_app_it_is_said_first_that_the_company_reads_along() -> None:
    talk = Talk().has(Start("VILLAGE", chat=True, page="lx.chenghe.example"))
    assert talk.keys == ["say-telegram", "start-card"]
    assert "Telegram 公司也能看到" in talk.words
    assert "lx.chenghe.example" in talk.words


@pytest.mark.parametrize("intake", [Intake.EARLY, Intake.CLOSED])
def test_a_round_that_takes_nothing_says_so_and_names_other_doors(intake: Intake) -> None:
    talk = Talk(cards={"VILLAGE": replace(VILLAGE_CARD, intake=intake)}).scans("VILLAGE")
    assert talk.offered == ["progress", "phone"]
    assert "12388" in talk.words
    assert talk.says("会计家多领了补贴。").kept == {}
    assert "没有记下" in talk.words
    assert talk.has(Chose("report")).state.step is Step.START


@pytest.mark.parametrize(
    ("year", "words"), [(2026, "12 月 25 日 08:00 开始，到时候再来"), (2025, "2026 年 12 月 25 日 08:00 开始")]
)
def test_a_card_read_early_names_the_day_on_which_to_come_back(year: int, words: str) -> None:
    early = replace(VILLAGE_CARD, intake=Intake.EARLY, begins_at="2026-12-25T08:00:00+08:00", year=year)
    assert words in Talk(cards={"VILLAGE": early}).scans("VILLAGE").words


def test_the_end_of_a_round_names_its_year_where_that_is_another_one() -> None:
    closed = replace(VILLAGE_CARD, intake=Intake.CLOSED)
    assert "这一轮 11 月 27 日 18:00 已经结束" in Talk(cards={"VILLAGE": closed}).scans("VILLAGE").words
    later = replace(closed, year=2027)
    assert "这一轮 2026 年 11 月 27 日 18:00 已经结束" in Talk(cards={"VILLAGE": later}).scans("VILLAGE").words


def test_an_unknown_card_says_so_and_leaves_the_way_without_a_card() -> None:
    talk = Talk().scans("FORGED")
    assert "没有认出这张卡片" in talk.words
    assert talk.taps("report").state.card == NO_CARD
    assert talk.state.step is Step.TELL


def test_without_any_round_nothing_is_pretended_to_be_kept() -> None:
    talk = Talk(cards={}).says("会计家多领了补贴。")
    assert talk.state.step is Step.START
    assert talk.kept == {}
    assert "没有记下" in talk.words


def test_words_before_any_button_are_content() -> None:
    talk = Talk().scans("VILLAGE").says("会计家多领了补贴。")
    assert (talk.state.step, talk.keys) == (Step.TELL, ["tick-kept"])
    assert talk.counted == ["start", "describe"]
    assert talk.kept[1].text == "会计家多领了补贴。"


def test_words_without_a_card_are_content_of_the_open_round() -> None:
    talk = Talk().says("石桥村会计家多领了补贴。")
    assert (talk.state.card, talk.keys) == (NO_CARD, ["tick-kept"])
    assert talk.kept[1].text == "石桥村会计家多领了补贴。"


def test_every_message_gets_a_tick_that_carries_the_next_choices() -> None:
    talk = Talk().scans("VILLAGE").taps("report").says("会计家多领了补贴。")
    assert [reply.kind for reply in talk.said] == [ReplyKind.TICK]
    assert talk.offered == ["anonymous", "real_name", "done", "undo"]
    assert talk.sends(PartKind.AUDIO).offered == ["anonymous", "real_name", "done", "undo"]
    assert Talk().scans("TOWN").says("会计家多领了补贴。").offered == ["done", "undo"]


def test_pictures_sent_together_get_one_tick() -> None:
    talk = Talk().scans("VILLAGE").says("看照片。").sends(album="a")
    assert talk.keys == ["tick-kept"]
    assert talk.sends(album="a").said == []
    assert talk.sends(album="b").keys == ["tick-kept"]
    assert len(talk.kept) == 4


def test_the_last_message_can_be_taken_back() -> None:
    talk = Talk().scans("VILLAGE").says("一", "二").taps("undo")
    assert [part.text for part in talk.kept.values()] == ["一"]
    assert talk.taps("undo").state.step is Step.TELL
    assert talk.kept == {}


def test_done_with_nothing_told_says_so_and_asks_again() -> None:
    talk = Talk().scans("VILLAGE").taps("report").has(Chose("done"))
    assert (talk.keys, talk.state.step) == (["say-nothing-told", "ask-tell"], Step.TELL)
    assert talk.says("说完了吗").has(Chose("done")).state.step is not Step.TELL


def test_a_card_of_several_villages_asks_where_first() -> None:
    talk = Talk().scans("TOWN").says("补贴没有发。").taps("done")
    assert talk.state.step is Step.WHERE
    assert talk.offered[-2:] == ["edit:where", "skip"]
    assert talk.taps(f"unit:{LIUGOU.id.hex()}").state.place == LIUGOU
    assert talk.state.step is Step.IDENTITY


def test_a_place_that_is_not_known_never_blocks() -> None:
    talk = Talk().scans("TOWN").says("补贴没有发。").taps("done", "skip")
    assert (talk.state.step, talk.state.place) == (Step.IDENTITY, None)


def test_an_ambiguous_place_asks_and_never_guesses() -> None:
    talk = Talk().says("补贴没有发。").taps("done").says("石桥村")
    assert "有两个石桥村，您说的是哪一个？" in talk.words
    assert talk.state.place is None
    talk.taps(f"unit:{STONE_BRIDGES[1].id.hex()}")
    assert (talk.state.place, talk.state.place_text) == (STONE_BRIDGES[1], "")


def test_an_unknown_place_goes_to_the_team_as_written() -> None:
    talk = Talk().says("补贴没有发。").taps("done").says("河西那个村")
    assert "河西那个村" in talk.words
    talk.taps("skip", "anonymous", "recusal:no")
    assert talk.state.place_text == "河西那个村"
    assert "在哪里：河西那个村" in talk.words


def test_a_place_that_fits_once_is_taken_and_said() -> None:
    talk = Talk().says("补贴没有发。").taps("done").says("柳沟")
    assert (talk.state.place, talk.state.step) == (LIUGOU, Step.IDENTITY)
    assert "记下了：苇庄镇柳沟村" in talk.words


def test_what_was_written_instead_of_a_place_joins_the_tip() -> None:
    talk = Talk().says("补贴没有发。").taps("done").says("他家还有一辆小车", "柳沟")
    assert [part.text for part in talk.kept.values()] == ["补贴没有发。", "他家还有一辆小车"]
    long = "后来我又想起来，去年冬天的时候也是这样的，村里开了会，会上说的和后来做的完全是两回事。"
    assert talk.has(Chose("cancel"), Chose("skip")).says(long).kept[3].text == long


def test_none_of_these_lets_the_reporter_write() -> None:
    talk = Talk().says("补贴没有发。").taps("done").says("石桥村").taps("edit:where")
    assert (talk.state.step, talk.offered) == (Step.WHERE, ["skip"])


def test_an_edited_message_changes_the_draft() -> None:
    talk = Talk().scans("VILLAGE").has(Said("一", "m1"), Said("二", "m2"), Edited("m1", "三"))
    assert talk.keys == ["tick-kept"]
    assert [part.text for part in talk.kept.values()] == ["三", "二"]
    assert talk.has(Edited("m9", "四")).keys == ["say-edit-lost", "ask-tell"]


def test_a_location_is_not_kept_and_a_refused_file_names_the_page() -> None:
    talk = Talk().has(Start("VILLAGE", chat=True, page="lx.chenghe.example")).says("一")
    assert talk.has(Pointed()).kept.keys() == {1}
    assert "能看出您是谁" in talk.words
    assert talk.has(TooBig("too-large")).kept.keys() == {1}
    assert "lx.chenghe.example" in talk.words


def test_a_second_card_never_switches_an_open_draft_silently() -> None:
    talk = Talk().scans("VILLAGE").says("一").scans("TOWN")
    assert (talk.state.step, talk.offered) == (Step.SWITCH, ["skip", "restart"])
    assert talk.state.card == VILLAGE_CARD
    assert talk.taps("skip").state.step is Step.TELL
    assert talk.kept.keys() == {1}
    assert talk.scans("TOWN").taps("restart").state.card == TOWN_CARD
    assert talk.kept == {}


def test_the_same_card_again_goes_on_where_we_stood() -> None:
    talk = at_check().scans("VILLAGE")
    assert (talk.state.step, talk.kept.keys()) == (Step.CHECK, {1})
    assert talk.has(Start()).state.step is Step.CHECK
    assert talk.scans("FORGED").kept.keys() == {1}


def test_a_card_that_takes_nothing_does_not_touch_an_open_draft() -> None:
    talk = Talk().scans("VILLAGE").says("一")
    talk.cards["TOWN"] = replace(TOWN_CARD, intake=Intake.CLOSED)
    assert talk.scans("TOWN").state.step is Step.TELL
    assert "您没交的话还在" in talk.words


def test_cancel_asks_before_words_are_thrown_away() -> None:
    talk = at_check().has(Chose("cancel"))
    assert talk.offered == ["skip", "cancel", "restart"]
    assert talk.taps("skip").state.step is Step.CHECK
    assert talk.taps("cancel", "cancel").state.step is Step.START
    assert talk.kept == {}
    assert talk.state.code == ""


def test_restart_asks_once_and_begins_anew_under_the_same_card() -> None:
    talk = at_check().has(Chose("restart"), Chose("restart"))
    assert (talk.state.step, talk.state.card, talk.kept) == (Step.TELL, VILLAGE_CARD, {})


def test_cancel_with_nothing_told_leaves_nothing() -> None:
    assert Talk().scans("VILLAGE").taps("report", "cancel").state.step is Step.START


def test_help_large_and_phone_answer_and_ask_again() -> None:
    talk = Talk().scans("VILLAGE").says("一").taps("anonymous")
    assert talk.has(Chose("help")).keys == ["say-help", "ask-recusal"]
    assert talk.has(Chose("phone")).words.startswith("也可以打电话：0000-0000000")
    assert talk.has(Chose("large")).state.large
    assert not talk.has(Chose("large")).state.large


def test_a_choice_that_is_not_offered_is_answered_with_what_is() -> None:
    talk = Talk().scans("VILLAGE").says("一").taps("anonymous").has(Chose("submit"))
    assert talk.offered == ["recusal:no", "recusal:yes", "recusal:unknown"]
    assert talk.handed_in == []


def test_resume_says_again_where_we_stand() -> None:
    talk = at_check().has(Resume())
    assert "1234 5678 9012 3452" in talk.words
    assert isinstance(talk.done[-1], effects.Prepare)
    assert talk.done[-1].code == CODE
