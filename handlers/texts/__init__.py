"""Every sentence by key and language. The words are data: *.ftl (Fluent), words.toml, doors.toml in this folder."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt

from domain.errors import Refused
from handlers.conversation.replies import Arg, Button, Choice, Line, Reply, Spoken
from handlers.conversation.talk import Door

LANGUAGES = ("zh", "en")
"""The languages there are, the first one standing in for words that another lacks."""

OFFICE_LANG = "zh"
"""The office's language: a round's own texts, the names of its pseudo-teams, and what is told without being asked."""

ALWAYS = 0
"""For `dated`: a year that no reader lives in."""

_LONGEST_ARGUMENT = 1000
"""Characters; Fluent refuses arguments over 2,500, for fear of texts that expand themselves."""

_LONGEST_LABEL = 40

_HERE = Path(__file__).parent


def say(lang: str, key: str, **args: Arg) -> str:
    """The sentence `key` in `lang`; dates and lines among `args` are put into words first.

    Raises KeyError when no language has the key, or when the sentence wants an argument that is not given.
    """
    known = lang if lang in LANGUAGES else LANGUAGES[0]
    return _format(known, key, args) if args else _fixed(known, key)


@cache
def _fixed(lang: str, key: str) -> str:
    """A sentence without arguments is made once: a page of a long list asks for hundreds."""
    return _format(lang, key, {})


def _format(lang: str, key: str, args: Mapping[str, Arg]) -> str:
    bundle = _bundle(lang)
    if not bundle.has_message(key):
        bundle = _bundle(LANGUAGES[0])
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    plain = {name: _plain(lang, value) for name, value in args.items()}
    long = {_stand_in(name): str(value) for name, value in plain.items() if len(str(value)) > _LONGEST_ARGUMENT}
    shown = {name: _stand_in(name) if _stand_in(name) in long else value for name, value in plain.items()}
    text, errors = bundle.format_pattern(pattern, shown)
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    return _put_in(str(text), long)


def dated(lang: str, at: date, year: int) -> str:
    """A day, or a moment, in words: with its year, unless that is `year`, which the reader takes for granted."""
    if at.year == year:
        return str(_plain(lang, at))
    if isinstance(at, datetime):
        return say(lang, "on-day-at-in", year=str(at.year), day=at.date(), time=f"{at:%H:%M}")
    return say(lang, "on-day-in", year=str(at.year), day=at)


def render(reply: Reply, lang: str) -> Spoken:
    """The reply and the labels of its choices in words."""
    buttons = tuple(Button(c.id, say(lang, c.key, **c.args)) for c in reply.choices)
    text = say(lang, reply.key, **reply.args).strip()
    return Spoken(reply.kind, text, buttons, reply.code, reply.team, reply.received_on)


def refusal(lang: str, refused: Refused) -> str:
    """The sentence for a refusal: that of its detail where there is one, else that of its reason."""
    try:
        return say(lang, f"desk-refused-{refused.detail}")
    except KeyError:
        return say(lang, f"error-{refused.reason}")


def command(text: str) -> str | None:
    """The choice id of a word that works anywhere (取消, 重来, /help …), or None: then it is content."""
    return _commands().get(text.strip().removeprefix("/").lower())


def picked(text: str, choices: Iterable[Choice], lang: str) -> str | None:
    """The id of the choice whose label, or the beginning of it that fits no other, somebody typed; or None."""
    if not 0 < len(text) <= _LONGEST_LABEL:
        return None
    labels = {choice.id: say(lang, choice.key, **choice.args).casefold() for choice in choices}
    typed = text.casefold()
    exact = [choice for choice, label in labels.items() if label == typed]
    begun = [choice for choice, label in labels.items() if label.startswith(typed) and len(typed) > 1]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def doors(text: str) -> tuple[Door, ...]:
    """Other offices that fit what is told: all words of one of a door's phrases stand in `text`."""
    told = text.lower()
    return tuple(door for door, phrases in _doors().items() if any(all(w in told for w in p) for p in phrases))


def _stand_in(name: str) -> str:
    """Stands for a long argument while Fluent formats; of characters that `clean` lets nobody type."""
    return f"\ufdd0{name}\ufdd1"


def _put_in(text: str, long: Mapping[str, str]) -> str:
    for stand_in, value in long.items():
        text = text.replace(stand_in, value)
    return text


def _plain(lang: str, value: Arg) -> str | int:
    match value:
        case datetime():
            day = _plain(lang, value.date())
            return say(lang, "on-day-at", day=day, time=f"{value:%H:%M}")
        case date():
            return say(lang, "on-day", day=value.day, month=value.month)
        case tuple():
            return "\n".join(_line(lang, line).rstrip() for line in value)
        case int():
            return FluentInt(value, useGrouping=False)  # 1012 in a sentence as in the table beside it
        case _:
            return value


def _line(lang: str, line: Line) -> str:
    return say(lang, line.key, **line.args)


@cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([{"zh": "zh-CN"}.get(lang, lang)], use_isolating=False)
    for path in sorted((_HERE / lang).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle


@cache
def _commands() -> Mapping[str, str]:
    data = tomllib.loads((_HERE / "words.toml").read_text("utf-8"))
    return {word: choice for choice, words in data.items() for word in words}


@cache
def _doors() -> Mapping[Door, tuple[tuple[str, ...], ...]]:
    data = tomllib.loads((_HERE / "doors.toml").read_text("utf-8"))
    return {Door(name): tuple(tuple(phrase.split()) for phrase in phrases) for name, phrases in data.items()}
