"""The reporter's conversation, a pure machine: (state, event) -> what to say and do. It knows no channel, no clock."""

from typing import assert_never

from handlers.conversation.arriving import admitted, not_admitted, start
from handlers.conversation.asking import stand
from handlers.conversation.checking import prepared
from handlers.conversation.choosing import chose
from handlers.conversation.events import (
    Added,
    Admitted,
    Chose,
    Edited,
    Event,
    LookedUp,
    NotAdmitted,
    Places,
    Pointed,
    Prepared,
    Resume,
    Said,
    Sent,
    Start,
    Submitted,
    Subscribed,
    TooBig,
    Wiped,
    Withdrawn,
)
from handlers.conversation.following import added, looked_up, submitted, subscribed, wiped, withdrawn
from handlers.conversation.placing import places
from handlers.conversation.replies import Moved
from handlers.conversation.talk import State
from handlers.conversation.telling import edited, pointed, said, sent, too_big


def advance(state: State, event: Event) -> Moved:  # noqa: PLR0911, PLR0912 - one line per event is the clearest table
    """What one event does: the new state, what to say, what to have done. Total: no state and event raise."""
    match event:
        case Start():
            return start(state, event)
        case Said():
            return said(state, event)
        case Sent():
            return sent(state, event)
        case Edited():
            return edited(state, event)
        case Chose():
            return chose(state, event.id)
        case Pointed():
            return pointed(state)
        case TooBig():
            return too_big(state, event)
        case Resume():
            return stand(state)
        case Admitted():
            return admitted(state, event)
        case NotAdmitted():
            return not_admitted(state, event)
        case Places():
            return places(state, event)
        case Prepared():
            return prepared(state, event)
        case Submitted():
            return submitted(state, event)
        case LookedUp():
            return looked_up(state, event)
        case Added():
            return added(state)
        case Withdrawn():
            return withdrawn(state)
        case Subscribed():
            return subscribed(state)
        case Wiped():
            return wiped(state)
        case _:
            assert_never(event)
