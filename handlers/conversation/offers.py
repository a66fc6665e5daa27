"""The choices each step offers, computed from the state alone, so that every answer can carry all of them."""

from collections.abc import Callable
from typing import Final

from domain.rounds import Intake
from domain.tips import Kind
from handlers.conversation.drafts import has_draft, is_addition
from handlers.conversation.replies import Choice
from handlers.conversation.talk import Involves, Place, State, Step

MOST_BUTTONS: Final = 30
"""Parts that get their own buttons on the check page; Telegram takes 100 buttons in all."""

Offered = tuple[Choice, ...]


def offers(state: State) -> Offered:
    """All choices of the step, the likeliest first."""
    return _OFFERS[state.step](state)


def _choice(id: str, key: str = "", **args: str | int) -> Choice:
    return Choice(id, key or "choice-" + id.replace(":", "-").replace("_", "-"), args)


_SKIP_PLACE: Final = _choice("skip", "choice-unknown")
_KINDS: Final = tuple(_choice(f"kind:{kind}") for kind in Kind)


def takes_tips(state: State) -> bool:
    """A tip may begin: the card's round is open, or there is no card and the round must first be asked for."""
    return state.card is None or state.card.intake is Intake.OPEN


def _chat(state: State, key: str) -> Offered:
    return (_choice("wipe", key),) if state.chat else ()


def _notify(state: State) -> Offered:
    return (_choice("notify"),) if state.chat and not state.notify else ()


def _start(state: State) -> Offered:
    report = (_choice("report"),) if takes_tips(state) else ()
    return (*report, _choice("progress"), _choice("phone"), *_chat(state, "choice-wipe"))


def _tell(state: State) -> Offered:
    if not state.parts:
        return (_choice("cancel"),)
    direct = state.place_done and state.identity is None
    ways = (_choice("anonymous"), _choice("real_name")) if direct else ()
    return (*ways, _choice("done"), _choice("undo"))


def _where(state: State) -> Offered:
    units = tuple(_unit(place) for place in state.options)
    none_of_them = (_choice("edit:where", "choice-none-of-them"),) if units else ()
    return (*units, *none_of_them, _SKIP_PLACE)


def _unit(place: Place) -> Choice:
    return _choice(f"unit:{place.id.hex()}", "choice-unit", name=place.name)


def _identity(_: State) -> Offered:
    return _choice("anonymous"), _choice("real_name")


def _name(_: State) -> Offered:
    return (_choice("anonymous", "choice-rather-anonymous"),)


def _phone(_: State) -> Offered:
    return (_choice("skip", "choice-no-phone"),)


def _recusal(_: State) -> Offered:
    return tuple(_choice(f"recusal:{answer}") for answer in Involves)


def _check(state: State) -> Offered:
    team = state.card.team if state.card else ""
    key = "choice-submit" if state.involves is Involves.NO else "choice-submit-recusal"
    numbered = list(enumerate(state.parts, start=1))[-MOST_BUTTONS:]
    edits = tuple(_choice(f"edit:{part.seq}", "choice-edit-part", n=n) for n, part in numbered)
    deletes = tuple(_choice(f"delete:{part.seq}", "choice-delete-part", n=n) for n, part in numbered)
    facts = tuple(_choice(f"edit:{fact}") for fact in ("where", "kind", "name", "recusal"))
    return (_choice("submit", key, team=team), *edits, *deletes, *facts, *_KINDS, _choice("cancel"))


def _edit(_: State) -> Offered:
    return (_choice("skip", "choice-leave-part"),)


def _kind(_: State) -> Offered:
    return (*_KINDS, _choice("skip", "choice-unknown"))


def _cancel(state: State) -> Offered:
    again = (_choice("restart", "choice-drop-restart"),) if takes_tips(state) and not is_addition(state) else ()
    return (_choice("skip", "choice-go-on"), _choice("cancel", "choice-drop"), *again)


def _switch(state: State) -> Offered:
    if not has_draft(state):
        return _choice("skip", "choice-not-noted"), _choice("restart", "choice-noted-new")
    return _choice("skip", "choice-old-draft"), _choice("restart", "choice-new-card")


def _receipt(state: State) -> Offered:
    wipe = _chat(state, "choice-noted-wipe")
    return (_choice("noted"), _choice("add"), *_notify(state), *wipe, _choice("progress"), _choice("report"))


def _code(_: State) -> Offered:
    return _choice("cancel", "choice-back"), _choice("phone")


def _follow(state: State) -> Offered:
    withdraw = (_choice("withdraw"),) if state.can_withdraw else ()
    return (_choice("add"), *withdraw, *_notify(state), _choice("noted"), *_chat(state, "choice-noted-wipe"))


def _add(state: State) -> Offered:
    told = (_choice("submit", "choice-add-submit"), _choice("undo")) if state.parts else ()
    return (*told, _choice("cancel"))


def _withdraw(_: State) -> Offered:
    return _choice("skip", "choice-not-withdraw"), _choice("withdraw", "choice-withdraw-now")


_OFFERS: Final[dict[Step, Callable[[State], Offered]]] = {
    Step.START: _start,
    Step.TELL: _tell,
    Step.WHERE: _where,
    Step.IDENTITY: _identity,
    Step.NAME: _name,
    Step.PHONE: _phone,
    Step.RECUSAL: _recusal,
    Step.CHECK: _check,
    Step.EDIT: _edit,
    Step.KIND: _kind,
    Step.CANCEL: _cancel,
    Step.SWITCH: _switch,
    Step.RECEIPT: _receipt,
    Step.CODE: _code,
    Step.FOLLOW: _follow,
    Step.ADD: _add,
    Step.WITHDRAW: _withdraw,
}
