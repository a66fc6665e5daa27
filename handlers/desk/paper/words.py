"""The words of a paper in one language, each sentence made once: a ledger says the same few thousands of times."""

from collections.abc import Callable
from functools import cache

from domain.rounds import Round
from domain.tips import Action, State
from handlers.conversation.replies import Arg
from handlers.services import DeskServices
from handlers.texts import say

Speak = Callable[..., str]
"""`(key, **args) -> sentence`."""

LED_BY = {
    State.DECLINED: Action.DECLINE,
    State.REFERRED: Action.REFER,
    State.HANDED_OVER: Action.HAND_OVER,
    State.RESOLVED: Action.RESOLVE,
    State.CLEARED: Action.RESOLVE,
}
"""The move whose reason says more about a state."""


def speaker(lang: str) -> Speak:
    """`say` in `lang`, that remembers."""

    @cache
    def speak(key: str, **args: Arg) -> str:
        return say(lang, key, **args)

    return speak


def label(speak: Speak, kind: str, code: str) -> str:
    """The desk's word for a code: `state`, `kind`, `channel`, `identity`, `reason`."""
    return speak(f"desk-{kind}-{code.replace('_', '-')}")


def progress(speak: Speak, state: State, reason: str) -> str:
    """办理情况: the state, and how it came out where that is known."""
    words = label(speak, "state", state)
    return speak("paper-progress", state=words, reason=label(speak, "reason", reason)) if reason else words


def round_name(speak: Speak, round_: Round) -> str:
    return speak("office-round", ordinal=round_.ordinal)


def made_by(services: DeskServices, name: str, speak: Speak) -> str:
    """Who took the paper out, to the minute."""
    return speak("paper-mark", name=name, minute=f"{services.clock():%Y-%m-%d %H:%M}")


def today_in_words(services: DeskServices, speak: Speak) -> str:
    day = services.clock().date()
    return speak("paper-day", year=str(day.year), day=day)
