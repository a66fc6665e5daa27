"""A draft has an end, said kindly: what was told stays, and what does not fit is not kept in silence."""

from handlers.conversation.drafts import MOST_FILES, MOST_PARTS
from handlers.conversation.events import Chose, Edited, Said
from handlers.conversation.talk import PartKind, Step
from tests.handlers.talking import CODE, Talk, at_receipt

LONG = "长" * 4096


def full() -> Talk:
    """A talk with as many characters as a draft may have."""
    return Talk().scans("VILLAGE").says(*[LONG] * 50)


def test_fifty_messages_as_long_as_telegram_allows_are_taken_and_handed_in() -> None:
    talk = full().taps("done", "anonymous", "recusal:no", "submit")
    assert [len(part.text) for part in talk.handed_in[0]] == [4096] * 50


def test_one_character_more_is_refused_with_what_to_do_and_nothing_is_lost() -> None:
    talk = full().says("多")
    assert talk.keys == ["say-full-words", "ask-tell"]
    assert "补充" in talk.words
    assert len(talk.kept) == 50
    assert talk.taps("undo").says("少").keys == ["tick-kept"]


def test_a_message_that_is_too_long_alone_begins_nothing() -> None:
    talk = Talk().scans("VILLAGE").says(LONG * 51)
    assert (talk.state.step, talk.kept) == (Step.START, {})
    assert "没有记下" in talk.words
    talk = at_receipt().says(LONG * 51)
    assert (talk.keys, talk.state.code, talk.kept) == (["say-full-words", "ask-add"], CODE, {})


def test_an_edit_or_a_repetition_counts_instead_of_what_it_replaces() -> None:
    talk = Talk().scans("VILLAGE").has(Said("一", "m1")).says(*[LONG] * 49)
    assert talk.has(Edited("m1", LONG)).keys == ["tick-kept"]
    assert talk.has(Edited("m1", LONG + "多")).keys == ["say-full-words", "ask-tell"]
    assert talk.kept[1].text == LONG
    talk.taps("done", "anonymous", "recusal:no").has(Chose("edit:1"))
    assert talk.says(LONG + "多").keys == ["say-full-words", "ask-edit"]
    assert talk.says("短").state.step is Step.CHECK
    assert talk.kept[1].text == "短"


def test_the_files_have_an_end_and_an_album_does_not_pass_it_in_silence() -> None:
    talk = Talk().scans("VILLAGE")
    for _ in range(MOST_FILES):
        talk.sends(album="a")
    assert talk.sends(PartKind.AUDIO, album="a").keys == ["say-full-files", "ask-tell"]
    assert str(MOST_FILES) in talk.words
    assert len(talk.kept) == MOST_FILES
    assert talk.says("字还可以写。").keys == ["tick-kept"]


def test_the_messages_have_an_end_however_short() -> None:
    talk = Talk().scans("VILLAGE").says(*["短"] * MOST_PARTS)
    assert talk.says("短").keys == ["say-full-words", "ask-tell"]


def test_a_full_draft_still_answers_where_but_cannot_grow_by_it_without_end() -> None:
    talk = Talk().says(*[LONG] * 50).taps("done").says("柳沟")
    assert (talk.state.step, len(talk.kept)) == (Step.IDENTITY, 50)
    talk.taps("anonymous", "recusal:no", "edit:where")
    for n in range(600):
        talk.says(f"{n}" + "某" * 36)
    assert sum(len(part.text) for part in talk.kept.values()) < 50 * 4096 + 2100
    assert "say-full-words" in talk.keys
    assert talk.has(Chose("skip"), Chose("submit")).state.step is Step.RECEIPT


def test_an_addition_has_the_same_end_and_begins_at_nothing() -> None:
    talk = full().taps("done", "anonymous", "recusal:no", "submit").taps("add").says(*[LONG] * 50)
    assert talk.says("多").keys == ["say-full-words", "ask-add"]
    assert talk.taps("submit").taps("add").says("再说").keys == ["tick-kept"]
