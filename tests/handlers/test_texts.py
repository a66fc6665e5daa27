"""Every sentence is there in every language, and the reporter's sentences keep to the house's wording."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

from domain.errors import Reason
from domain.ids import UnitId
from handlers import texts
from handlers.conversation.offers import offers
from handlers.conversation.replies import Choice, Line, Reply, ReplyKind
from handlers.conversation.talk import Door, Place, State, Step

FOLDER = Path(texts.__file__).parent
FILES = sorted({path.name for path in FOLDER.glob("*/*.ftl")})
READ_BY_REPORTERS = ("talk.ftl", "citizen.ftl", "errors.ftl")
UNWELCOME = ("举报", "线索", "系统", "服务器", "失败", "成功", "请勿", "尽快", "！", "!", "你")
STOPS = r"[。，、？：；\n“”（）　→]"


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's visitor
        self.names.add(node.id.name)


class _Sayings(Visitor):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_Pattern(self, node: ast.Pattern) -> None:  # noqa: N802 - Fluent's visitor
        plain = (part.value if isinstance(part, ast.TextElement) else "" for part in node.elements)
        self.texts.append("".join(plain))
        self.generic_visit(node)


def _messages(lang: str, name: str) -> dict[str, ast.Message]:
    body = parse((FOLDER / lang / name).read_text("utf-8")).body
    assert not [entry for entry in body if isinstance(entry, ast.Junk)]
    return {entry.id.name: entry for entry in body if isinstance(entry, ast.Message)}


def _variables(lang: str, name: str) -> dict[str, set[str]]:
    found = {}
    for key, message in _messages(lang, name).items():
        visitor = _Variables()
        visitor.visit(message)
        found[key] = visitor.names
    return found


def _sayings(name: str) -> list[str]:
    visitor = _Sayings()
    for message in _messages("zh", name).values():
        visitor.visit(message)
    return visitor.texts


@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_same_sentences_with_the_same_variables(name: str) -> None:
    assert _variables("zh", name) == _variables("en", name)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_no_sentence_is_written_twice(lang: str) -> None:
    keys = [
        key for path in (FOLDER / lang).glob("*.ftl") for key in re.findall(r"(?m)^([a-z][\w-]*) =", path.read_text())
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("name", READ_BY_REPORTERS)
def test_no_word_frightens_or_commands_the_reporter(name: str) -> None:
    assert [text for text in _sayings(name) for word in UNWELCOME if word in text] == []


def test_no_more_than_twenty_characters_stand_between_stops() -> None:
    pieces = (piece.replace(" ", "") for text in _sayings("talk.ftl") for piece in re.split(STOPS, text))
    assert [piece for piece in pieces if len(piece) > 20] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_refusal_has_its_sentence(lang: str) -> None:
    for reason in (*Reason, "cannot-store"):
        assert texts.say(lang, f"error-{reason}")


def test_a_sentence_that_is_not_there_or_lacks_a_variable_is_a_fault() -> None:
    with pytest.raises(KeyError):
        texts.say("zh", "no-such-sentence")
    with pytest.raises(KeyError):
        texts.say("zh", "say-place")


def test_an_unknown_language_is_answered_in_chinese() -> None:
    assert texts.say("xx", "choice-report") == "我要反映"


def test_dates_are_said_with_month_and_day() -> None:
    day = Line("part-text", {"n": 1, "text": "一"})
    assert texts.say("zh", "say-place", name=date(2026, 11, 5)) == "记下了：11 月 5 日。"
    assert texts.say("en", "say-place", name=date(2026, 11, 5)) == "Noted: 5 November."
    assert texts.say("zh", "say-place", name=datetime(2026, 11, 5, 9, 5)) == "记下了：11 月 5 日 09:05。"  # noqa: DTZ001
    assert texts.say("zh", "check-words", words=(day, day)) == "1. 一\n1. 一"


def test_long_words_are_said_whole() -> None:
    long = "很长的话。" * 2000
    assert texts.say("zh", "check-words", words=long) == long
    assert texts.say("zh", "check-words", words="{ $words }") == "{ $words }"


def test_a_reply_is_rendered_with_the_labels_of_its_choices() -> None:
    reply = Reply(ReplyKind.ASK, "ask-phone", {}, (Choice("unit:ab", "choice-unit", {"name": "石桥村"}),))
    spoken = texts.render(reply, "zh")
    assert (spoken.text, spoken.choices[0].id, spoken.choices[0].label) == ("请写您的电话。", "unit:ab", "石桥村")


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("取消", "cancel"),
        (" 重来 ", "restart"),
        ("进度", "progress"),
        ("/HELP", "help"),
        ("大字", "large"),
        ("取消低保", None),
        ("", None),
        ("/", None),
    ],
)
def test_words_that_work_anywhere_are_whole_messages(typed: str, choice: str | None) -> None:
    assert texts.command(typed) == choice


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ("还有，自来水三天两头停。", (Door.HOTLINE,)),
        ("村里停电半个月了，法院判决也不执行", (Door.HOTLINE, Door.PETITION)),
        ("现在有人在我家门口打人，快来", (Door.POLICE,)),
        ("村支书受贿，还打人。", (Door.DISCIPLINE,)),
        ("今年春天修机耕路，牌子上写 3 米宽，有两段只有 2 米多。", ()),
        ("会计家的地也领了两份种粮补贴。", ()),
        ("去年他打过人，没有人管。", ()),
    ],
)
def test_other_doors_are_named_only_for_what_is_clearly_theirs(told: str, fits: tuple[Door, ...]) -> None:
    assert set(texts.doors(told)) == set(fits)


def test_a_typed_label_is_the_choice_and_so_is_a_beginning_that_fits_no_other() -> None:
    state = State(step=Step.IDENTITY)
    assert texts.picked("匿名，不留名字", offers(state), "zh") == "anonymous"
    assert texts.picked("匿名", offers(state), "zh") == "anonymous"
    assert texts.picked("名", offers(state), "zh") is None
    assert texts.picked("不留名字，还有一件事", offers(state), "zh") is None
    assert texts.picked("", offers(state), "zh") is None


def test_a_beginning_that_fits_several_labels_is_content() -> None:
    places = (Place(UnitId(b"1" * 16), "苇庄镇石桥村"), Place(UnitId(b"2" * 16), "苇庄镇柳沟村"))
    state = State(step=Step.WHERE, options=places, place_text="苇庄")
    assert texts.picked("苇庄镇", offers(state), "zh") is None
    assert texts.picked("苇庄镇柳", offers(state), "zh") == f"unit:{places[1].id.hex()}"
