"""What the reporter said and what the team told the reporter, as it goes on paper. Internal notes never do."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from domain.ids import AttachmentId
from domain.tips import Action
from handlers.conversation.talk import Part
from handlers.desk.locking.standing import Standing
from handlers.desk.paper.words import Speak, label, round_name
from handlers.desk.tip.attachments import files_of
from handlers.desk.tip.thread import OpenTip
from handlers.desk.writing.messages import Note
from handlers.letters import Letter, TeamLetter
from storage.intake import tips
from storage.intake.tips import TipEvent
from storage.store import Tx

_PASSED_ON = frozenset({Action.HAND_OVER, Action.REFER})


@dataclass(frozen=True, slots=True)
class Passage:
    """One message. `is_first`: it is what the reporter told; everything else came of it."""

    who: str
    on: date | None
    text: str
    is_first: bool = False


def passages_of(tip: OpenTip, speak: Speak) -> tuple[Passage, ...]:
    """The letters of both sides in order; where a file came with one, its number in the tip stands in the text."""
    numbers = {file_id: place for place, file_id in enumerate(files_of(tip.thread), start=1)}
    found: list[Passage] = []
    for said in tip.thread:
        match said.value:
            case Letter() as letter:
                who = speak("desk-reporter" if letter is tip.letter else "desk-added")
                text = "\n".join(_part(part, numbers, speak) for part in letter.parts)
                found.append(Passage(who, said.on, text, is_first=letter is tip.letter))
            case TeamLetter() as told:
                found.append(Passage(speak("desk-told-by", team=told.team), said.on, told.text))
            case Note() | None:
                pass
            case _:
                assert_never(said.value)
    return tuple(found)


def facts_of(tip: OpenTip, speak: Speak, *, with_name: bool) -> tuple[tuple[str, str], ...]:
    """Label and value of what is known. `with_name`: whether a reporter who gave a name and telephone is named."""
    known, letter = tip.standing.tip, tip.letter
    return tuple(
        (words, value)
        for words, value in (
            (speak("paper-number"), tip.label),
            (speak("paper-team"), f"{round_name(speak, tip.standing.round)} {tip.standing.team.name}"),
            (speak("paper-received"), known.received_on.isoformat()),
            (speak("desk-fact-channel"), label(speak, "channel", known.channel)),
            (speak("paper-unit"), tip.unit or speak("desk-no-unit")),
            (speak("desk-fact-place-said"), letter.place_text if letter else ""),
            (speak("desk-fact-kind"), label(speak, "kind", known.kind)),
            *(_reporter(letter, speak, with_name) if letter else ()),
        )
        if value
    )


def passed_on(tx: Tx, standing: Standing) -> TipEvent | None:
    """The last hand-over or referral: its reason names the organ."""
    events = tips.list_events(tx, standing.tip.round_id, standing.tip.id)
    return next((one for one in reversed(events) if one.act in _PASSED_ON), None)


def _reporter(letter: Letter, speak: Speak, with_name: bool) -> tuple[tuple[str, str], ...]:
    identity = label(speak, "identity", letter.identity)
    if letter.name and not with_name:
        identity = speak("paper-name-kept", identity=identity)
    named = ((speak("desk-fact-name"), letter.name), (speak("desk-fact-phone"), letter.phone)) if with_name else ()
    return ((speak("desk-fact-identity"), identity), *named)


def _part(part: Part, numbers: dict[AttachmentId, int], speak: Speak) -> str:
    if part.file is None:
        return part.text
    attached = f"[{speak('paper-attachment', n=numbers[AttachmentId(bytes.fromhex(part.file.id))])}]"
    return f"{part.text}\n{attached}" if part.text else attached
