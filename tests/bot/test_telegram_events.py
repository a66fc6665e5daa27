"""Update -> event: private chats of people speak; everything else is passed over."""

from typing import Any

import pytest
from telegram import Bot

from bot.telegram.events import GroupLink, Incoming, Upload, read_update
from bot.telegram.line import make_bot
from domain.errors import Reason
from handlers.conversation.events import Chose, Edited, Pointed, Said, Start, TooBig
from tests.doubles import updates
from tests.doubles.bot_api import TOKEN

CHAT = 71


@pytest.fixture
def bot() -> Bot:
    return make_bot(TOKEN, "http://127.0.0.1:1")


def read(bot: Bot, **content: Any) -> Incoming | GroupLink | None:
    return read_update({"update_id": 5, **content}, bot, Start(lang="zh", chat=True, page="lx.example"))


def did(bot: Bot, **content: Any) -> object:
    incoming = read(bot, message=updates.message(CHAT, 9, **content))
    return incoming.did if isinstance(incoming, Incoming) else incoming


def test_text_is_said_under_its_message_number(bot: Bot) -> None:
    incoming = read(bot, message=updates.message(CHAT, 9, text="村里的补贴没发"))
    assert incoming == Incoming("5", CHAT, Said("村里的补贴没发", "9"), 9)


@pytest.mark.parametrize(("text", "code"), [("/start", ""), ("/start k3y_-A", "k3y_-A"), ("/start@lx_bot k3y", "k3y")])
def test_start_carries_the_code_and_our_settings_not_the_phones_language(bot: Bot, text: str, code: str) -> None:
    assert did(bot, text=text) == Start(code, "zh", chat=True, page="lx.example")


@pytest.mark.parametrize("name", ["progress", "cancel", "help", "large"])
def test_commands_are_choices(bot: Bot, name: str) -> None:
    assert did(bot, text=f"/{name}") == Chose(name)
    assert did(bot, text=f"/{name}@lx_bot") == Chose(name)


def test_an_unknown_command_is_content(bot: Bot) -> None:
    assert did(bot, text="/补贴 没有发") == Said("/补贴 没有发", "9")


def test_the_largest_size_of_a_picture_is_taken_with_album_and_caption(bot: Bot) -> None:
    sent = did(bot, photo=updates.photo("p1", 77_000), media_group_id="a1", caption="地头")
    assert sent == Upload("p1", "", 77_000, 0, "地头", "a1")


def test_voice_keeps_its_seconds_and_a_file_its_name(bot: Bot) -> None:
    assert did(bot, voice=updates.voice("v1", 900, 12)) == Upload("v1", "", 900, 12, "", "")
    sent = did(bot, document=updates.document("d1", 800, "../../x.pdf", "application/pdf"))
    assert sent == Upload("d1", "../../x.pdf", 800, 0, "", "")


@pytest.mark.parametrize("kind", ["video", "video_note", "audio", "animation"])
def test_every_kind_of_recording_is_taken(bot: Bot, kind: str) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "duration": 3, "width": 10, "height": 10, "length": 10}
    sent = did(bot, **{kind: file})
    assert isinstance(sent, Upload)
    assert (sent.file_id, sent.seconds) == ("f", 3)


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "00000000000", "first_name": "甲"}},
        {"location": {"latitude": 1.0, "longitude": 2.0}, "venue": {
            "location": {"latitude": 1.0, "longitude": 2.0}, "title": "村部", "address": "x"}},
    ],
)  # fmt: skip
def test_a_place_or_contact_is_pointed_at_and_nothing_of_it_is_kept(bot: Bot, content: dict[str, Any]) -> None:
    assert did(bot, **content) == Pointed()


def test_a_sticker_is_answered_politely(bot: Bot) -> None:
    sticker = {"file_id": "s", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False,
               "is_video": False, "type": "regular"}  # fmt: skip
    assert did(bot, sticker=sticker) == TooBig(Reason.BAD_FILE)


def test_a_service_message_needs_no_answer(bot: Bot) -> None:
    assert did(bot, delete_chat_photo=True) is None


def test_an_edited_message_names_the_message_and_its_new_words(bot: Bot) -> None:
    incoming = read(bot, edited_message=updates.message(CHAT, 9, text="改过的话", edit_date=1764000100))
    assert isinstance(incoming, Incoming)
    assert incoming.did == Edited("9", "改过的话")


def test_a_live_location_that_moves_says_nothing_again(bot: Bot) -> None:
    moved = updates.message(CHAT, 9, location={"latitude": 1.0, "longitude": 2.0}, edit_date=1764000100)
    assert read(bot, edited_message=moved) is None


def test_a_button_is_its_choice_up_to_the_bar(bot: Bot) -> None:
    tap = updates.tap(CHAT, 3, "unit:00ff|17", updates.message(CHAT, 8, text="?"))
    assert read(bot, callback_query=tap) == Incoming("5", CHAT, Chose("unit:00ff"), callback="3")


def test_groups_say_nothing_but_the_token_that_links_them(bot: Bot) -> None:
    assert read(bot, message=updates.group_message(-100, 4, text="大家好")) is None
    assert read(bot, message=updates.group_message(-100, 4, text="/start")) is None
    assert read(bot, message=updates.group_message(-100, 4, photo=updates.photo("p", 5))) is None
    linked = read(bot, message=updates.group_message(-100, 4, text="/start@lx_bot t0ken"))
    assert linked == GroupLink(-100, "t0ken")


def test_a_button_pressed_in_a_group_is_passed_over(bot: Bot) -> None:
    tap = updates.tap(CHAT, 3, "submit", updates.group_message(-100, 8, text="?"))
    assert read(bot, callback_query=tap) is None


def test_other_bots_and_channels_are_passed_over(bot: Bot) -> None:
    message = updates.message(CHAT, 4, text="spam")
    message["from"]["is_bot"] = True
    assert read(bot, message=message) is None
    assert read(bot, channel_post=updates.channel_post(-200, 4, "news")) is None


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"poll_answer": {"poll_id": "1"}},
        {"message": None},
        {"message": {"text": "x"}},
        {"message": "text"},
        {"message": {"message_id": "9", "date": "soon", "chat": 5}},
        {"message": updates.message(10**4000, 9, text="x")},
        {"message": updates.message(CHAT, 10**4000, text="x")},
        {"message": updates.message(CHAT, 9, text=17)},
        {"message": updates.message(CHAT, 9, photo=[{}])},
        {"message": updates.message(CHAT, 9, text="x") | {"date": 10**30}},
        {"callback_query": {"id": "1"}},
        {"unheard_of": {"a": 1}},
    ],
)
def test_what_has_no_shape_of_ours_is_passed_over(bot: Bot, content: dict[str, Any]) -> None:
    assert read(bot, **content) is None


@pytest.mark.parametrize("number", [-1, 10**4000, "x", None])
def test_an_update_without_a_sane_number_is_passed_over(bot: Bot, number: object) -> None:
    assert read_update({"update_id": number, "message": updates.message(CHAT, 9, text="x")}, bot, Start()) is None
