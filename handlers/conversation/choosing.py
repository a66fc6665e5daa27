"""Choices: the words that work anywhere, then what the step offers. Anything else is answered with what is offered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.conversation.arriving import choose_switch, unswitched
from handlers.conversation.asking import answer, say, stand
from handlers.conversation.checking import choose_check, choose_kind, leave_part
from handlers.conversation.drafts import anonymous, drop, fresh, has_code, has_draft, home, is_addition
from handlers.conversation.effects import Drop, Wipe
from handlers.conversation.following import choose_add, choose_receipt, choose_withdraw
from handlers.conversation.journey import forward, start_tip
from handlers.conversation.offers import offers, takes_tips
from handlers.conversation.placing import choose_where
from handlers.conversation.replies import Moved
from handlers.conversation.talk import DRAFTING, Identity, Involves, State, Step


def chose(state: State, choice: str) -> Moved:
    """A choice id, offered now or not."""
    match choice:
        case "help":
            return answer(state, say("say-help"))
        case "large":
            larger = replace(state, large=not state.large)
            return answer(larger, say("say-large" if larger.large else "say-not-large"))
        case "phone":
            number = state.card.phone if state.card else ""
            return answer(state, say("say-phone", phone=number) if number else say("say-no-phone"))
        case "cancel":
            return _cancel(state)
        case "restart":
            return _restart(state)
        case "progress":
            return _progress(state)
        case _ if choice in {offer.id for offer in offers(state)} or _also(state, choice):
            return _offered(state, choice)
        case _:
            return stand(state)


def _also(state: State, choice: str) -> bool:
    """Taken though not among the buttons: 撤回 until submit, 说完了 at any time, parts beyond the buttons' number.

    说完了 of an addition is its 交给组里: a page shows it before anything is told.
    """
    name, _, seq = choice.partition(":")
    if name in ("edit", "delete"):
        return state.step is Step.CHECK and seq in {str(part.seq) for part in state.parts}
    if choice == "undo":
        return bool(state.parts) and state.step not in (Step.EDIT, Step.CANCEL, Step.SWITCH)
    return (choice == "done" and state.step is Step.TELL) or (choice in ("done", "submit") and state.step is Step.ADD)


def _offered(state: State, choice: str) -> Moved:
    return _undo(state) if choice == "undo" else _STEPS[state.step](state, choice)


def _start(state: State, choice: str) -> Moved:
    return Moved(state, (), (Wipe(),)) if choice == "wipe" else start_tip(state)


def _tell(state: State, choice: str) -> Moved:
    if choice != "done":
        return _identity(state, choice)
    return forward(state) if state.parts else stand(state, say("say-nothing-told"))


def _identity(state: State, choice: str) -> Moved:
    if choice == "anonymous":
        return forward(anonymous(state))
    return stand(replace(state, identity=Identity.REAL_NAME, step=Step.NAME))


def _no_phone(state: State, _: str) -> Moved:
    return forward(replace(state, phone=""))


def _recusal(state: State, choice: str) -> Moved:
    return forward(replace(state, involves=Involves(choice.removeprefix("recusal:"))))


def _go_on(state: State, _: str) -> Moved:
    return stand(replace(state, step=state.back))


def _nothing(state: State, _: str) -> Moved:
    return stand(state)  # all that CODE offers works anywhere


def _undo(state: State) -> Moved:
    state, effects = drop(state, state.parts[-1].seq)
    if not state.parts and state.step is not Step.ADD:
        return forward(state, say("say-undone"), effects=effects)
    return stand(state, say("say-undone"), effects=effects)


def _cancel(state: State) -> Moved:
    """取消: a draft is thrown away only when asked twice."""
    if state.step is Step.CANCEL:
        return answer(_without_draft(state), say("say-dropped"), (Drop(),))
    if has_draft(state):
        return stand(_at_cancel(state))
    if state.step is Step.SWITCH:
        return stand(unswitched(state))
    if state.step in (Step.RECEIPT, Step.START):
        return stand(state)
    at_code = state.step in (Step.ADD, Step.WITHDRAW) or has_code(state)
    after = home(state) if at_code else fresh(state, state.card)
    return answer(after, say("say-cancelled"))


def _restart(state: State) -> Moved:
    """重来: a new draft under the same card; an open one is thrown away only when asked twice."""
    if state.step is Step.SWITCH:
        return choose_switch(state, "restart")
    if state.step is Step.CANCEL and not is_addition(state):
        return start_tip(state, (Drop(),)) if takes_tips(state) else _cancel(state)
    if has_draft(state):
        return stand(_at_cancel(state))
    return stand(state) if state.code and state.step not in DRAFTING else start_tip(state)


def _progress(state: State) -> Moved:
    """进度: the open code's news, or asks for a code. An unsent draft is not left behind for it."""
    if has_draft(state):
        return stand(_at_cancel(state), say("say-draft-first"))
    if has_code(state):
        return choose_receipt(unswitched(state), "progress")
    return stand(replace(fresh(state, state.card), step=Step.CODE))


def _at_cancel(state: State) -> State:
    asked = state.step in (Step.CANCEL, Step.SWITCH)
    return replace(state, step=Step.CANCEL, back=state.back if asked else state.step, other_card=None)


def _without_draft(state: State) -> State:
    return home(state) if is_addition(state) else fresh(state, state.card)


_STEPS: Final[dict[Step, Callable[[State, str], Moved]]] = {
    Step.START: _start,
    Step.TELL: _tell,
    Step.WHERE: choose_where,
    Step.IDENTITY: _identity,
    Step.NAME: _identity,
    Step.PHONE: _no_phone,
    Step.RECUSAL: _recusal,
    Step.CHECK: choose_check,
    Step.EDIT: leave_part,
    Step.KIND: choose_kind,
    Step.CANCEL: _go_on,
    Step.SWITCH: choose_switch,
    Step.RECEIPT: choose_receipt,
    Step.CODE: _nothing,
    Step.FOLLOW: choose_receipt,
    Step.ADD: choose_add,
    Step.WITHDRAW: choose_withdraw,
}
