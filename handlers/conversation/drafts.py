"""What happens to the draft: begun, added to, taken from. Words go out by Keep and are not remembered here."""

from dataclasses import replace

from handlers.conversation.effects import Count, Drop, Effect, Keep
from handlers.conversation.events import Said, Sent
from handlers.conversation.talk import Card, Identity, Part, PartKind, PartRef, Place, State, Step

MOST_CHARACTERS = 204_800
"""Characters of a draft: fifty messages as long as Telegram allows. All of it is shown again on the check page."""

MOST_FILES = 30
MOST_PARTS = 500
SPARE, SPARE_PARTS = 2_000, 50
"""Characters and messages beyond, for names of places that turn out to be more of the tip."""

Kept = tuple[State, tuple[Effect, ...]]
"""The state after a change of the draft, and what stores the change."""


def fresh(state: State, card: Card | None) -> State:
    """Nothing told, nothing open; only what belongs to the chat itself stays."""
    return State(lang=state.lang, large=state.large, chat=state.chat, page=state.page, card=card)


def begin(state: State) -> State:
    """A new, empty draft under the card we know. A receipt code that was shown is forgotten."""
    place = state.card.only_unit if state.card else None
    return replace(fresh(state, state.card), step=Step.TELL, place=place, place_done=place is not None)


def has_draft(state: State) -> bool:
    """Something was told that would be lost."""
    return bool(state.parts or state.place_text or state.name)


def has_code(state: State) -> bool:
    """A receipt was given here, and 我记好了 was not said yet: the number may stand on no paper."""
    return state.received_on is not None


def is_addition(state: State) -> bool:
    """The draft belongs to a tip that was handed in before."""
    return state.step is Step.ADD or (state.step in (Step.CANCEL, Step.SWITCH) and state.back is Step.ADD)


def home(state: State) -> State:
    """Where one stands without a draft: at the receipt, at an open code, or at the start."""
    if not state.code:
        return fresh(state, state.card)
    step = Step.RECEIPT if state.received_on else Step.FOLLOW
    return replace(state, step=step, parts=(), next_seq=1, album="", back=Step.START)


def has_room(state: State, said: Said | Sent, *, instead_of: int = 0, spare: int = 0) -> bool:
    """Whether `said` still fits into the draft, in the place of part `instead_of` when that is not 0."""
    parts = [part for part in state.parts if part.seq != instead_of]
    parts.append(_ref(state.next_seq, said))
    return (
        sum(part.told for part in parts) <= MOST_CHARACTERS + spare
        and sum(part.kind is not PartKind.TEXT for part in parts) <= MOST_FILES
        and len(parts) <= MOST_PARTS + (SPARE_PARTS if spare else 0)
    )


def keep(state: State, said: Said | Sent) -> Kept:
    """One more part at the end of the draft."""
    seq = state.next_seq
    refs = (*state.parts, _ref(seq, said))
    state = replace(state, parts=refs, next_seq=seq + 1, album=_album(said))
    kept = Keep(_part(seq, said))
    return state, ((kept, Count("describe")) if seq == 1 and not is_addition(state) else (kept,))


def keep_again(state: State, seq: int, said: Said | Sent) -> Kept:
    """Part `seq` is replaced by what was said now."""
    new = _ref(seq, said)
    refs = tuple(new if part.seq == seq else part for part in state.parts)
    return replace(state, parts=refs, album=_album(said)), (Keep(_part(seq, said)),)


def drop(state: State, seq: int) -> Kept:
    """Part `seq` is destroyed."""
    return replace(state, parts=tuple(part for part in state.parts if part.seq != seq)), (Drop((seq,)),)


def named(state: State, name: str) -> State:
    """The name is told; the telephone comes next."""
    return replace(state, identity=Identity.REAL_NAME, name=name, step=Step.PHONE)


def anonymous(state: State) -> State:
    """No name; one that was told before is forgotten."""
    return replace(state, identity=Identity.ANONYMOUS, name="", phone="")


def settle(state: State, place: Place | None) -> Kept:
    """The place is answered; None: the reporter does not know, or wrote it in own words."""
    state = replace(state, place=place, place_done=True, options=())
    return _retyped(state, "", shown=place.name) if place else (state, ())


def retype(state: State, text: str, options: tuple[Place, ...]) -> Kept:
    """The place as typed, which fits none or several of the units."""
    return _retyped(replace(state, options=options), text, shown=text)


def _retyped(state: State, text: str, shown: str) -> Kept:
    """What was typed before may be more than a place: unless `shown` holds it, it joins the tip and is not lost."""
    earlier = state.place_text
    state = replace(state, place_text=text)
    return (state, ()) if earlier in shown else keep(state, Said(earlier))


def _part(seq: int, said: Said | Sent) -> Part:
    match said:
        case Said(text=text):
            return Part(seq, PartKind.TEXT, text)
        case Sent(kind=kind, file=file, caption=caption):
            return Part(seq, kind, caption, file)


def _ref(seq: int, said: Said | Sent) -> PartRef:
    part = _part(seq, said)
    return PartRef(seq, part.kind, said.ref, len(part.text))


def _album(said: Said | Sent) -> str:
    return said.album if isinstance(said, Sent) else ""
