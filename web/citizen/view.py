"""From where a conversation stands to what its page shows. This file knows no request and stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from domain.receipt_code import group
from handlers.conversation.replies import Button, ReplyKind, Spoken
from handlers.conversation.talk import Door, Involves, Part, PartKind, State, Step
from handlers.intake.converse import Answer
from handlers.texts import say

_TEMPLATES: Mapping[Step, str] = {
    Step.TELL: "tell",
    Step.ADD: "tell",
    Step.EDIT: "tell",
    Step.WHERE: "ask",
    Step.NAME: "ask",
    Step.PHONE: "ask",
    Step.CODE: "code",
    Step.CHECK: "check",
    Step.RECEIPT: "receipt",
    Step.FOLLOW: "follow",
}
_STEPS: Mapping[Step, int] = {
    Step.TELL: 1, Step.WHERE: 2, Step.IDENTITY: 2, Step.NAME: 2, Step.PHONE: 2, Step.RECUSAL: 2,
    Step.CHECK: 3, Step.KIND: 3, Step.EDIT: 3,
}  # fmt: skip
_ICONS: Mapping[PartKind, str] = {
    PartKind.AUDIO: "play",
    PartKind.IMAGE: "camera",
    PartKind.VIDEO: "film",
    PartKind.DOCUMENT: "file",
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the draft: its words, or for a file the icon and what it is."""

    seq: int
    n: int
    text: str
    icon: str
    label: str
    audio: bool


def template(step: Step) -> str:
    """The template of a step; steps that only ask for a tap share one."""
    return f"citizen/{_TEMPLATES.get(step, 'pick')}.html"


def offered(answer: Answer) -> tuple[Button, ...]:
    """All choices of the state: the last reply that has any carries them."""
    return next((spoken.choices for spoken in reversed(answer.spoken) if spoken.choices), ())


def question(answer: Answer) -> str:
    """What is asked now, in words."""
    asked = [spoken.text for spoken in answer.spoken if spoken.kind is not ReplyKind.TICK]
    return asked[-1] if asked else ""


def hints(done: tuple[Spoken, ...], now: tuple[Spoken, ...]) -> tuple[str, ...]:
    """What an act was answered with that the page does not say anyway: a number too short, a file we do not take."""
    shown = {one.text for one in now}
    return tuple(one.text for one in done if one.kind is ReplyKind.SAY and one.text not in shown)


def bubbles(parts: tuple[Part, ...], lang: str) -> list[Bubble]:
    """The draft as bubbles, numbered from 1."""
    return [_bubble(n, part, lang) for n, part in enumerate(parts, start=1)]


def _bubble(n: int, part: Part, lang: str) -> Bubble:
    label = "" if part.kind is PartKind.TEXT else _label(part, lang)
    return Bubble(part.seq, n, part.text, _ICONS.get(part.kind, ""), label, part.kind is PartKind.AUDIO)


def _label(part: Part, lang: str) -> str:
    seconds = part.file.seconds if part.file else 0
    if part.kind is PartKind.AUDIO and seconds:
        return say(lang, "chat-part-audio-long", seconds=seconds)
    return say(lang, f"chat-part-{part.kind}")


def values(answer: Answer, lang: str) -> dict[str, object]:
    """What every page of a conversation may use."""
    state = answer.state
    buttons = offered(answer)
    return {
        "step": state.step,
        "at": _STEPS.get(state.step, 0),
        "question": question(answer),
        "buttons": buttons,
        "label": {button.id: button.label for button in buttons},
        "bubbles": bubbles(answer.parts, lang),
        "editing": next((part.text for part in answer.parts if part.seq == state.editing), ""),
        "news": [(news, _day(lang, news.on)) for news in answer.news],
        "code": group(state.code).split(" ") if state.code else [],
        "state": state,
        "phone": state.team_phone,
        **(_facts(state, lang) if state.step is Step.CHECK else {}),
        **(_receipt(state, lang) if state.step is Step.RECEIPT else {}),
    }


def _facts(state: State, lang: str) -> dict[str, object]:
    """The check page: what was answered, in words; other offices that are nearer."""
    return {
        "where": state.place.name if state.place else state.place_text or say(lang, "check-nowhere"),
        "kind": say(lang, f"choice-kind-{state.kind}".replace("_", "-")) if state.kind else say(lang, "check-no-kind"),
        "name": "\n".join(filter(None, (state.name, state.phone))) or say(lang, "check-anonymous"),
        "involves": say(lang, f"check-involves-{_involves(state.involves)}"),
        "doors": [_door(door, lang) for door in state.doors],
    }


def _door(door: Door, lang: str) -> tuple[str, str, str]:
    """The sentence of another office, cut at its number, which becomes a link: before, number, after."""
    before, number, after = say(lang, f"door-{door}").partition(door.value)
    return before, number, after


def _involves(answer: Involves | None) -> str:
    match answer:
        case Involves.NO | Involves.YES | Involves.UNKNOWN:
            return answer.value
        case None:
            return Involves.UNKNOWN.value
        case never:
            assert_never(never)


def _receipt(state: State, lang: str) -> dict[str, object]:
    by = _day(lang, state.accept_by)
    return {
        "on": _day(lang, state.received_on),
        "by": by if state.accept_certain else say(lang, "deadlines-about", day=by),
        "by_iso": state.accept_by.isoformat() if state.accept_by else "",
    }


def _day(lang: str, day: date | None) -> str:
    return say(lang, "on-day", day=day.day, month=day.month) if day else ""


def moment(lang: str, iso: str, year: int) -> str:
    """Begin or end of a round as a villager reads it: day, weekday, hour, and the year where that is not `year`."""
    at = datetime.fromisoformat(iso)
    when = say(lang, "landing-moment", month=at.month, day=at.day, weekday=at.weekday(), time=f"{at:%H:%M}")
    return when if at.year == year else say(lang, "landing-moment-in", year=str(at.year), when=when)
