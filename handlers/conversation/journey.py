"""The way from the first word to the check page: which question is still open."""

from dataclasses import replace

from handlers.conversation.asking import stand
from handlers.conversation.drafts import begin, settle
from handlers.conversation.effects import Admit, Count, Effect, FindPlace
from handlers.conversation.offers import takes_tips
from handlers.conversation.replies import Moved, Reply
from handlers.conversation.talk import Identity, Place, State, Step


def start_tip(state: State, effects: tuple[Effect, ...] = ()) -> Moved:
    """我要反映: an empty draft, if the round takes tips; without a card the open round is asked for first."""
    if not takes_tips(state):
        return stand(state, effects=effects)
    state = begin(state)
    if state.card is None:
        return Moved(state, (), (*effects, Admit("")))
    return stand(state, effects=(*effects, Count("start")))


def forward(state: State, *before: Reply, effects: tuple[Effect, ...] = ()) -> Moved:
    """To the first question that has no answer yet, and to the check page when all have one."""
    step = _next(state)
    if step is Step.WHERE:
        return ask_where(state, *before, effects=effects)
    return stand(replace(state, step=step), *before, effects=effects)


def _next(state: State) -> Step:
    if not state.parts:
        return Step.TELL
    if not state.place_done:
        return Step.WHERE
    if state.identity is None:
        return Step.IDENTITY
    if state.identity is Identity.REAL_NAME and not state.name:
        return Step.NAME
    return Step.RECUSAL if state.involves is None else Step.CHECK


def ask_where(state: State, *before: Reply, effects: tuple[Effect, ...] = ()) -> Moved:
    """The places of the card as buttons; without a card the name is typed."""
    state = replace(state, step=Step.WHERE, options=())
    if state.card is None or state.card.team_id is None:
        return stand(state, *before, effects=effects)
    return Moved(state, before, (*effects, FindPlace("")))


def settle_where(state: State, place: Place | None, *before: Reply) -> Moved:
    """The place is known, or will not be; on to the next question."""
    state, effects = settle(state, place)
    return forward(state, *before, effects=effects)
