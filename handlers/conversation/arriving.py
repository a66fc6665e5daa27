"""A chat begins, a card is scanned, perhaps a second one. An open draft is never switched or lost silently."""

from dataclasses import replace

from domain.rounds import Intake
from handlers.conversation.asking import answer, say, stand, tick
from handlers.conversation.drafts import fresh, has_code, has_draft
from handlers.conversation.effects import Admit, Count, Drop, Effect
from handlers.conversation.events import Admitted, NotAdmitted, Start
from handlers.conversation.journey import start_tip
from handlers.conversation.replies import Moved, Reply
from handlers.conversation.talk import Card, State, Step


def start(state: State, event: Start) -> Moved:
    """A card was read, or the chat was opened again; then the card we know is looked at anew."""
    state = replace(state, lang=event.lang or state.lang, chat=event.chat or state.chat, page=event.page or state.page)
    if not event.code and (has_draft(state) or has_code(state)):
        return stand(state)
    known = state.card.code if state.card else ""
    return Moved(state, (), (Admit(event.code or known),))


def admitted(state: State, event: Admitted) -> Moved:
    """The card, or the round without one, is known."""
    if _waiting(state):
        return _go_on(replace(state, card=event.card))
    same = state.card is not None and state.card.code == event.card.code
    if has_draft(state) or has_code(state):
        return stand(unswitched(state)) if same else _second_card(state, event.card)
    return stand(fresh(state, event.card))


def not_admitted(state: State, event: NotAdmitted) -> Moved:
    """A code nobody knows, or no round: said plainly, with the way that is still open."""
    sentence = say("say-no-round" if event.key == "no-round" else "say-unknown-card")
    if (has_draft(state) and not _waiting(state)) or has_code(state) or state.step is Step.FOLLOW:
        return answer(state, sentence)
    moved = answer(fresh(state, None), sentence, _drop_all(state))
    return replace(moved, replies=(*_not_kept(state), *moved.replies))


def choose_switch(state: State, choice: str) -> Moved:
    """The old draft or the receipt not noted yet, or the new card; on the same card, a new tip."""
    if choice == "skip" or state.other_card is None:
        return stand(unswitched(state))
    if not has_draft(state):
        again = state.card is not None and state.card.code == state.other_card.code
        return start_tip(state) if again else stand(fresh(state, state.other_card), say("say-forgotten"))
    return stand(fresh(state, state.other_card), say("say-dropped"), effects=(Drop(),))


def _waiting(state: State) -> bool:
    """我要反映 or first words came before any card was known; the answer to `Admit("")` is due."""
    return state.step is Step.TELL and state.card is None


def _go_on(state: State) -> Moved:
    if state.card is None or state.card.intake is not Intake.OPEN:
        return stand(fresh(state, state.card), *_not_kept(state), effects=_drop_all(state))
    if not state.parts:
        return start_tip(state)
    return Moved(state, (tick(state),), (Count("start"),))


def _second_card(state: State, card: Card) -> Moved:
    if card.intake is not Intake.OPEN:
        return stand(state, say("say-card-shut" if has_draft(state) else "say-other-card-shut", team=card.team))
    return ask_switch(state, card)


def ask_switch(state: State, card: Card) -> Moved:
    """A draft, or a receipt code that was not noted, stands in the way of `card`: asked, never dropped silently."""
    return stand(replace(state, step=Step.SWITCH, back=unswitched(state).step, other_card=card))


def unswitched(state: State) -> State:
    """As before CANCEL or SWITCH asked."""
    asked = state.step in (Step.CANCEL, Step.SWITCH)
    return replace(state, step=state.back if asked else state.step, other_card=None)


def _not_kept(state: State) -> tuple[Reply, ...]:
    return (say("say-not-kept"),) if state.parts else ()


def _drop_all(state: State) -> tuple[Effect, ...]:
    return (Drop(),) if state.parts else ()
