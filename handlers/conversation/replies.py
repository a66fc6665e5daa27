"""What the conversation answers: sentences by key, choices by id. Words live in texts/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from handlers.conversation.effects import Effect
from handlers.conversation.talk import State


class ReplyKind(StrEnum):
    SAY = "say"
    ASK = "ask"
    TICK = "tick"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Line:
    """A line within a sentence, itself by key: one part of the draft, one message of the team."""

    key: str
    args: Mapping[str, str | int | date] = field(default_factory=dict)


Arg = str | int | date | tuple[Line, ...]
"""What a sentence may be given. Dates and lines are put into the reader's words by texts/."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `key` is its label in the texts."""

    id: str
    key: str
    args: Mapping[str, str | int | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a sentence by key, and the choices beside it (the last reply of a step carries all of them)."""

    kind: ReplyKind
    key: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    code: str = ""
    team: str = ""
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The outcome of one event: the new state, what to say, what to do. Effects with an answer come last, alone."""

    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A choice in the reporter's words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply in the reporter's words, as every channel and the JSON API show it."""

    kind: ReplyKind
    text: str
    choices: tuple[Button, ...] = ()
    code: str = ""
    team: str = ""
    received_on: date | None = None
