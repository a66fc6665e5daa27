"""The check page: own words back, what was answered, other doors, the code that counts from submitting on."""

from collections.abc import Mapping
from dataclasses import replace

from domain.receipt_code import group
from domain.tips import Kind
from handlers.conversation.asking import stand
from handlers.conversation.chunks import chunks
from handlers.conversation.drafts import drop
from handlers.conversation.effects import Count, Submit
from handlers.conversation.events import Prepared
from handlers.conversation.journey import ask_where, forward
from handlers.conversation.offers import offers
from handlers.conversation.replies import Arg, Line, Moved, Reply, ReplyKind
from handlers.conversation.talk import Identity, Involves, Part, State, Step


def prepared(state: State, event: Prepared) -> Moved:
    """Everything on one page; only what is too long for one message goes ahead of it."""
    if state.step is not Step.CHECK:
        return stand(state)
    state = replace(state, code=event.code, stretched=event.stretched, doors=event.doors)
    *before, last = chunks(tuple(_words(n, part) for n, part in enumerate(event.parts, start=1)))
    said = tuple(Reply(ReplyKind.SAY, "check-words", {"words": lines}) for lines in before)
    args: Mapping[str, Arg] = {"words": last, "facts": _facts(state), "code": group(state.code)}
    return Moved(state, (*said, Reply(ReplyKind.ASK, "check", args, offers(state), state.code)))


def choose_check(state: State, choice: str) -> Moved:
    """On the check page."""
    name, _, value = choice.partition(":")
    match name, value:
        case "submit", "":
            # What goes to the recusal queue is in no figure of the office, which it may be about.
            counted = (Count("submit"),) if state.involves is Involves.NO else ()
            return Moved(state, (), (*counted, Submit()))
        case "kind", kind:
            return stand(replace(state, kind=Kind(kind)))
        case "edit", fact:
            return _edit(state, fact)
        case "delete", seq:
            state, effects = drop(state, int(seq))
            return forward(state, effects=effects)
        case _:
            return stand(state)


def choose_kind(state: State, choice: str) -> Moved:
    """The kind asked alone; not knowing leaves it open."""
    name, _, value = choice.partition(":")
    return stand(replace(state, step=Step.CHECK, kind=Kind(value) if name == "kind" else None))


def leave_part(state: State, _: str) -> Moved:
    """The part stays as it was said."""
    return stand(replace(state, step=Step.CHECK, editing=0))


def _edit(state: State, fact: str) -> Moved:
    match fact:
        case "where":
            return ask_where(state)
        case "kind":
            return stand(replace(state, step=Step.KIND))
        case "name":
            return stand(replace(state, step=Step.IDENTITY))
        case "recusal":
            return stand(replace(state, step=Step.RECUSAL))
        case seq:
            return stand(replace(state, step=Step.EDIT, editing=int(seq)))


def _words(n: int, part: Part) -> Line:
    seconds = part.file.seconds if part.file else 0
    return Line(f"part-{part.kind}", {"n": n, "text": part.text, "seconds": seconds})


def _facts(state: State) -> tuple[Line, ...]:
    return (
        Line("fact-where", {"place": _place(state)}) if _place(state) else Line("fact-where-unknown"),
        Line(f"fact-kind-{state.kind}".replace("_", "-")) if state.kind else Line("fact-kind-unknown"),
        _name(state),
        Line(f"fact-recusal-{state.involves or Involves.UNKNOWN}"),
        *(Line(f"door-{door}") for door in state.doors),
    )


def _place(state: State) -> str:
    return state.place.name if state.place else state.place_text


def _name(state: State) -> Line:
    if state.identity is Identity.REAL_NAME:
        return Line("fact-name", {"name": state.name, "phone": state.phone})
    return Line("fact-anonymous")
