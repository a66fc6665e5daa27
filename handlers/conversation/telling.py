"""What is said and sent is content, wherever it arrives: unknown input is never an error and never lost."""

from dataclasses import replace

from domain.receipt_code import CODE_DIGITS, mentions, normalise
from handlers.conversation.asking import answer, say, stand, tick
from handlers.conversation.drafts import (
    MOST_FILES,
    SPARE,
    Kept,
    begin,
    has_code,
    has_draft,
    has_room,
    keep,
    keep_again,
    named,
)
from handlers.conversation.effects import Admit, Count, FindPlace, LookUp
from handlers.conversation.events import Edited, Said, Sent, TooBig
from handlers.conversation.journey import forward
from handlers.conversation.offers import takes_tips
from handlers.conversation.replies import Line, Moved, Reply, ReplyKind
from handlers.conversation.talk import PartKind, State, Step

LONGEST_ANSWER = 40
"""Characters of a place, a name or a telephone. What is longer is no answer to that question but more of the tip."""

FEWEST_DIGITS = 5
"""Digits of a telephone number, short numbers of a village exchange included."""

_CODE_WELCOME = (Step.START, Step.CODE, Step.RECEIPT, Step.FOLLOW)


def said(state: State, event: Said) -> Moved:
    """A text: a receipt code where one may be given, the answer to a question that takes text, or more of the tip."""
    text = event.text.strip()
    code = normalise(text)
    if not text:
        return stand(state)
    if code and state.step in _CODE_WELCOME:
        return Moved(state, (), (LookUp(code),))
    if mentions(text, state.code):
        return answer(state, say("say-own-code"))
    return _answered(state, " ".join(text.split())) or _told(state, replace(event, text=text))


def sent(state: State, event: Sent) -> Moved:
    """A file: always more of the tip. Pictures sent together get one tick."""
    if mentions(event.caption, state.code):
        return answer(state, say("say-own-code"))
    if state.step is Step.CODE:
        return stand(state, say("say-type-code"))
    together = bool(event.album) and event.album == state.album
    moved = _told(state, event)
    taken = moved.state.next_seq > state.next_seq
    return replace(moved, replies=()) if together and state.parts and taken else moved


def edited(state: State, event: Edited) -> Moved:
    """A message was changed in the channel itself: the draft follows, what was handed in does not."""
    if mentions(event.text, state.code):
        return answer(state, say("say-own-code"))
    texts = (part.seq for part in state.parts if part.ref == event.ref and part.kind is PartKind.TEXT)
    seq = next(texts, 0) if event.ref and event.text.strip() else 0
    if seq:
        return _again(state, seq, Said(event.text.strip(), event.ref))
    return answer(state, say("say-edit-late" if state.code and not state.parts else "say-edit-lost"))


def pointed(state: State) -> Moved:
    """A location or a contact: it tells who somebody is, so nothing of it is kept."""
    return answer(state, say("say-pointed"))


def too_big(state: State, event: TooBig) -> Moved:
    """A file we do not take; in another company's chat the web page is named, which takes more."""
    elsewhere = (Line("say-file-page", {"page": state.page}),) if state.page else ()
    return answer(state, Reply(ReplyKind.SAY, "say-file-refused", {"reason": event.reason, "elsewhere": elsewhere}))


def _answered(state: State, text: str) -> Moved | None:
    """What `text` answers, on one line; None when the step has no such question."""
    match state.step:
        case Step.CODE:
            digits = sum(mark.isdecimal() for mark in text)
            return stand(state, say("say-bad-code" if digits else "say-type-code", n=CODE_DIGITS))
        case Step.WHERE if len(text) <= LONGEST_ANSWER and has_room(state, Said(text), spare=SPARE):
            return Moved(state, (), (FindPlace(text),))
        case Step.NAME if len(text) <= LONGEST_ANSWER:
            return stand(named(state, text))
        case Step.PHONE if len(text) <= LONGEST_ANSWER:
            return _phone(state, text)
        case _:
            return None


def _phone(state: State, text: str) -> Moved:
    if sum(mark.isdecimal() for mark in text) < FEWEST_DIGITS:
        return stand(state, say("say-phone-digits"))
    return forward(replace(state, phone=text))


def _told(state: State, event: Said | Sent) -> Moved:
    match state.step:
        case Step.START:
            return _first(state, event)
        case Step.RECEIPT | Step.FOLLOW | Step.WITHDRAW:
            return _more(replace(state, step=Step.ADD, parts=(), next_seq=1, album=""), event)
        case Step.SWITCH if has_code(state) and not has_draft(state):
            return _more(replace(state, step=Step.ADD, other_card=None, parts=(), next_seq=1, album=""), event)
        case Step.EDIT:
            return _again(state, state.editing, event)
        case _:
            return _more(state, event)


def _more(state: State, event: Said | Sent) -> Moved:
    return _kept(keep(state, event)) if has_room(state, event) else _full(state, event)


def _again(state: State, seq: int, event: Said | Sent) -> Moved:
    if not has_room(state, event, instead_of=seq):
        return _full(state, event)
    state, effects = keep_again(state, seq, event)
    return _kept((replace(state, step=Step.CHECK, editing=0) if state.step is Step.EDIT else state, effects))


def _full(state: State, event: Said | Sent) -> Moved:
    """The draft is as long as it may be; what was told stays, and the way on is an addition."""
    key = "say-full-files" if isinstance(event, Sent) else "say-full-words"
    return answer(state, say(key, files=MOST_FILES))


def _first(state: State, event: Said | Sent) -> Moved:
    """The first words before any button: they begin the draft, if the round takes tips."""
    if not takes_tips(state):
        return stand(state, say("say-not-kept"))
    if not has_room(state, event):
        return _full(state, event)
    state, effects = keep(begin(state), event)
    if state.card is None:
        return Moved(state, (), (*effects, Admit("")))
    return Moved(state, (tick(state),), (Count("start"), *effects))


def _kept(kept: Kept) -> Moved:
    state, effects = kept
    if state.step in (Step.TELL, Step.ADD):
        return Moved(state, (tick(state),), effects)
    return stand(state, replace(tick(state), choices=()), effects=effects)
