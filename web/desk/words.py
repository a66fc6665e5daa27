"""A tip's thread and history as lines of a page: who speaks, on which day, in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from domain.rules import RULES
from domain.tips import Action, Lane, State
from handlers.conversation.talk import File, Involves, Part
from handlers.desk.tip.history import Deed
from handlers.desk.tip.reading import Said
from handlers.desk.tip.thread import OpenTip
from handlers.desk.writing.messages import Note
from handlers.letters import Letter, TeamLetter
from handlers.texts import say
from storage.intake.boxes import BoxKind

_IN_THE_PAGE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/webm"})
"""Pictures that are drawn anew and films that every player knows. Voices are all played; the rest is only saved."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Words or a file of a message. `kind`: text, image, audio, video, or document for what is only saved."""

    kind: str
    text: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`side`: them, us, in (between colleagues), log, broken. `day` is set where a new day begins.

    `signed` says whose approval a note carries; `is_bad` that its signature is not theirs.
    """

    side: str
    by: str
    on: date | None
    shown: tuple[Shown, ...] = ()
    day: date | None = None
    signed: str = ""
    is_bad: bool = False


def thread_lines(
    lang: str, tip: OpenTip, thread: Sequence[Said], silent: Sequence[tuple[int, Deed]] = ()
) -> list[Line]:
    """`thread`, oldest first, with the moves that wrote nothing between; a letter of several messages keeps them apart.

    `silent`: see `history.wordless`.
    """
    lines, last = [], None
    for line in _in_order(lang, tip, thread, silent):
        lines.append(replace(line, day=line.on) if line.on not in {None, last} else line)
        last = line.on or last
    return lines


def deed_words(lang: str, deed: Deed) -> str:
    """One line of the history."""
    if not deed.name:
        return say(lang, f"desk-event-{deed.act}")
    named = not deed.reason or deed.act in {Action.ASSIGN, Action.TRANSFER}
    reason = deed.reason if named else say(lang, f"desk-reason-{deed.reason}")
    return say(lang, f"desk-deed-{deed.act.replace('_', '-')}", name=deed.name, reason=reason)


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


def _in_order(lang: str, tip: OpenTip, thread: Sequence[Said], silent: Sequence[tuple[int, Deed]]) -> Iterator[Line]:
    rest = list(silent)
    for n, said in enumerate(thread):
        while n and rest and rest[0][0] < said.seq and not _goes_with(said, thread[n - 1]):
            yield _log(lang, rest.pop(0)[1])
        yield from _lines(lang, tip, said)
    yield from (_log(lang, deed) for _, deed in rest)
    if thread and tip.standing.work.state is State.AWAITING_REPORTER and thread[-1] in tip.thread[-1:]:
        yield Line("log", "", None, (Shown("text", say(lang, "tip-waiting")),))


def _goes_with(said: Said, before: Said) -> bool:
    """Whether `said` is the note that was written in one move with the message `before` it."""
    return isinstance(said.value, Note) and said.value.act == before.act != "" and said.seq == before.seq + 1


def _log(lang: str, deed: Deed) -> Line:
    return Line("log", "", deed.on, (Shown("text", deed_words(lang, deed)),))


def _lines(lang: str, tip: OpenTip, said: Said) -> Iterator[Line]:
    match said.value:
        case None:
            words = say(lang, "desk-forged" if said.kind is BoxKind.OUT else "desk-bad-box")
            yield Line("broken", "", said.on, (Shown("text", words),))
        case Letter(parts=parts):
            by = say(lang, "desk-reporter" if said.value is tip.letter else "desk-added")
            yield from (Line("them", by, said.on, _parts(part)) for part in parts)
        case TeamLetter(team=team, text=text):
            yield Line("us", _told_by(lang, said, team), said.on, (Shown("text", text),))
        case Note():
            yield _note(lang, said, said.value)
        case _:
            assert_never(said.value)


def _told_by(lang: str, said: Said, team: str) -> str:
    if not said.by:
        return say(lang, "desk-told-by", team=team)
    words = say(lang, f"desk-do-{said.act.replace('_', '-')}")
    key = "tip-wrote" if said.act in {Action.ASK, Action.REPLY} else "tip-told"
    return say(lang, key, name=said.by, act=words)


def _note(lang: str, said: Said, note: Note) -> Line:
    by = say(lang, "desk-note-by", name=note.by)
    if note.act:
        by = say(lang, "tip-note-with", name=note.by, act=say(lang, f"desk-do-{note.act.replace('_', '-')}"))
    shown = (Shown("text", note.text),) if note.text else ()
    line = Line("in", by, said.on, (*shown, *(_file(one) for one in note.files)))
    if not said.signed:
        return replace(line, signed=say(lang, "desk-unsigned", name=note.by), is_bad=True)
    approves = note.act in set(Action) and RULES[Action(note.act)].not_handler
    return replace(line, signed=say(lang, "desk-approved-by", name=note.by)) if approves else line


def _parts(part: Part) -> tuple[Shown, ...]:
    words = (Shown("text", part.text),) if part.text else ()
    return (*words, _file(part.file)) if part.file else words


def _file(file: File) -> Shown:
    kind = file.mime.partition("/")[0]
    return Shown(kind if kind == "audio" or file.mime in _IN_THE_PAGE else "document", "", file)
