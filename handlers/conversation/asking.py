"""Where we stand, said again: the question of each step. Two steps need what is stored and ask for it by an effect."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.receipt_code import group
from domain.rounds import Intake
from handlers.conversation.drafts import has_draft
from handlers.conversation.effects import Effect, LookUp, Prepare
from handlers.conversation.offers import offers
from handlers.conversation.replies import Arg, Line, Moved, Reply, ReplyKind
from handlers.conversation.talk import Card, State, Step

Replies = tuple[Reply, ...]


def stand(state: State, *before: Reply, effects: tuple[Effect, ...] = ()) -> Moved:
    """`before`, then the question of the step with all its choices."""
    match state.step:
        case Step.CHECK:
            return Moved(state, before, (*effects, Prepare(state.code, state.stretched)))
        case Step.FOLLOW:
            return Moved(state, before, (*effects, LookUp(state.code, state.stretched)))
        case _:
            return Moved(state, (*before, *_question(state)), effects)


def answer(state: State, reply: Reply, effects: tuple[Effect, ...] = ()) -> Moved:
    """`reply`, and where we stand: the question again, or only its choices where it is long and was just read."""
    if state.step in (Step.START, Step.RECEIPT, Step.FOLLOW):
        return Moved(state, (replace(reply, choices=offers(state)),), effects)
    return stand(state, reply, effects=effects)


def say(key: str, **args: str | int) -> Reply:
    """A sentence without choices."""
    return Reply(ReplyKind.SAY, key, args)


def tick(state: State) -> Reply:
    """已记下: kept as draft, no more than that."""
    return Reply(ReplyKind.TICK, "tick-kept", choices=offers(state))


def _question(state: State) -> Replies:
    match state.step:
        case Step.START:
            return _greeting(state)
        case Step.RECEIPT:
            return (_receipt(state),)
        case Step.WHERE:
            return (_where(state),)
        case Step.SWITCH:
            return (_switch(state),)
        case _:
            return (Reply(ReplyKind.ASK, f"ask-{state.step}", choices=offers(state)),)


def _greeting(state: State) -> Replies:
    warning = (say("say-telegram", page=state.page),) if state.chat else ()
    if state.card is None:
        return (*warning, Reply(ReplyKind.ASK, "start-nothing", choices=offers(state)))
    return (*warning, _welcome(state, state.card))


def _welcome(state: State, card: Card) -> Reply:
    until = _moment(card.closes_at, card.year)
    match card.intake:
        case Intake.EARLY if card.begins_at:
            begins = _moment(card.begins_at, card.year)
            return Reply(ReplyKind.ASK, "start-early-on", {"team": card.team, "begins": begins}, offers(state))
        case Intake.EARLY:
            return Reply(ReplyKind.ASK, "start-early", {"team": card.team}, offers(state))
        case Intake.CLOSED:
            return Reply(ReplyKind.ASK, "start-closed", {"until": until}, offers(state))
        case Intake.OPEN if card.team_id is None:
            return Reply(ReplyKind.ASK, "start-no-card", {"team": card.team, "until": until}, offers(state))
        case Intake.OPEN:
            words = (Line("start-words", {"words": " ".join(card.words)}),) if card.words else ()
            args: dict[str, Arg] = {"team": card.team, "place": card.place, "until": until, "check": words}
            return Reply(ReplyKind.ASK, "start-card", args, offers(state))
        case never:
            assert_never(never)


def _moment(iso: str, year: int) -> Arg:
    """With its year where that is not the reader's."""
    at = datetime.fromisoformat(iso)
    if at.year == year:
        return at
    return (Line("on-day-at-in", {"year": str(at.year), "day": at.date(), "time": f"{at:%H:%M}"}),)


def _where(state: State) -> Reply:
    if state.options and state.place_text:
        args: dict[str, Arg] = {"name": state.place_text, "n": len(state.options)}
        return Reply(ReplyKind.ASK, "ask-where-which", args, offers(state))
    if state.place_text:
        return Reply(ReplyKind.ASK, "ask-where-not-found", {"name": state.place_text}, offers(state))
    return Reply(ReplyKind.ASK, "ask-where-choose" if state.options else "ask-where-type", choices=offers(state))


def _switch(state: State) -> Reply:
    if not has_draft(state):
        return Reply(ReplyKind.ASK, "ask-code-noted", {"code": group(state.code)}, offers(state))
    new = state.other_card.team if state.other_card else ""
    place = state.other_card.place if state.other_card else ""
    return Reply(ReplyKind.ASK, "ask-switch", {"team": new, "place": place}, offers(state))


def _receipt(state: State) -> Reply:
    phone = (Line("receipt-phone", {"phone": state.team_phone}),) if state.team_phone else ()
    args: dict[str, Arg] = {"team": state.team, "code": group(state.code), "phone": phone}
    by = state.accept_by or ""
    args |= {"on": state.received_on or ""}
    args |= {"by": by if state.accept_certain else (Line("deadlines-about", {"day": by}),)}
    return Reply(ReplyKind.RECEIPT, "receipt", args, offers(state), state.code, state.team, state.received_on)
