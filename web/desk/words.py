"""A tip's thread and history as lines of a page: who speaks, on which day, in which words."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from domain.tips import Action, Lane
from handlers.conversation.talk import Involves, Part
from handlers.desk.history import Deed
from handlers.desk.reading import Said
from handlers.desk.thread import OpenTip
from handlers.desk.writing import Note
from handlers.letters import Letter, TeamLetter
from handlers.texts import say
from storage.boxes import BoxKind


@dataclass(frozen=True, slots=True)
class Line:
    """`side`: them, us, in (between colleagues), broken. `day` is set where a new day begins."""

    side: str
    by: str
    day: date | None
    parts: tuple[Part, ...] = ()
    text: str = ""


def thread_lines(lang: str, tip: OpenTip) -> list[Line]:
    """The thread, oldest first; a letter of several messages keeps them apart."""
    lines: list[Line] = []
    last: date | None = None
    for said in tip.thread:
        made = _line(lang, tip, said, said.on if said.on != last else None)
        lines.append(made)
        last = said.on or last
    return lines


def deed_words(lang: str, deed: Deed) -> str:
    """One line of the history."""
    if not deed.name:
        return say(lang, f"desk-event-{deed.act}")
    named = not deed.reason or deed.act in {Action.ASSIGN, Action.TRANSFER}
    reason = deed.reason if named else say(lang, f"desk-reason-{deed.reason}")
    return say(lang, f"desk-deed-{deed.act.replace('_', '-')}", name=deed.name, reason=reason)


def _line(lang: str, tip: OpenTip, said: Said, day: date | None) -> Line:
    match said.value:
        case None:
            key = "desk-forged" if said.kind is BoxKind.OUT else "desk-bad-box"
            return Line("broken", "", day, text=say(lang, key))
        case Letter(parts=parts):
            key = "desk-reporter" if said.value is tip.letter else "desk-added"
            return Line("them", say(lang, key), day, parts)
        case TeamLetter(team=team, text=text):
            asked = said.act in {Action.ASK, Action.REPLY}
            by = say(lang, "desk-asked-by", name=said.by) if asked else say(lang, "desk-told-by", team=team)
            return Line("us", by, day, text=text)
        case Note(by=by, text=text):
            return Line("in", say(lang, "desk-note-by", name=by), day, text=text)
        case _:
            assert_never(said.value)


def flags_of(tip: OpenTip) -> list[str]:
    """What a handler must know before reading: each has a sentence of its own."""
    letter = tip.letter
    found = {
        "late": tip.standing.tip.late,
        "review": tip.standing.tip.lane is Lane.REVIEW,
        "mismatch": letter is not None and letter.code_mismatch,
        "involves-yes": letter is not None and letter.involves is Involves.YES,
        "involves-unknown": letter is not None and letter.involves is Involves.UNKNOWN,
    }
    return [name for name, is_so in found.items() if is_so]
