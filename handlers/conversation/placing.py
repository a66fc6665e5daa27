"""Where it happened: candidates for what was typed. An ambiguous name asks; it is never guessed."""

from dataclasses import replace

from handlers.conversation.asking import say, stand
from handlers.conversation.drafts import retype
from handlers.conversation.events import Places
from handlers.conversation.journey import settle_where
from handlers.conversation.replies import Moved
from handlers.conversation.talk import State, Step

MOST_SHOWN = 12
"""Places offered as buttons; with more, writing the name out is quicker than reading them."""


def places(state: State, event: Places) -> Moved:
    """The candidates are known: the card's own list, or what fits the text."""
    if state.step is not Step.WHERE:
        return stand(state)
    shown = event.options if len(event.options) <= MOST_SHOWN else ()
    if not event.asked:
        return stand(replace(state, options=shown))
    if len(shown) == 1:
        return settle_where(state, shown[0], say("say-place", name=shown[0].name))
    state, effects = retype(state, event.asked, shown)
    return stand(state, effects=effects)


def choose_where(state: State, choice: str) -> Moved:
    """A place, 不知道, or none of these."""
    if choice == "edit:where":
        return stand(replace(state, options=()))
    chosen = (place for place in state.options if choice == f"unit:{place.id.hex()}")
    return settle_where(state, next(chosen, None))
