"""Any event at any step: the conversation answers, loses nothing, and lets content out only by Keep."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.rounds import Intake
from domain.tips import State as TipState
from handlers.conversation import advance, effects, events
from handlers.conversation.events import Event
from handlers.conversation.offers import offers
from handlers.conversation.talk import Card, Door, News, Part, PartKind, PartRef, State, Step
from handlers.texts import LANGUAGES, render
from handlers.wire import decode_state, encode_state
from tests.handlers.talking import CARDS, CODE, PHOTO, PLACES, TOWN, TOWN_CARD, VILLAGE_CARD, Talk, at_check

CANARY = "石榴树下"
OTHER_CODE = "9876543210987658"
WORDS = st.sampled_from(
    [
        CANARY,
        f"{CANARY}的事" * 20,
        "石桥村",
        "柳沟",
        f"{CANARY}村",
        "0000-0000000",
        "",
        "  ",
        CODE,
        OTHER_CODE,
        "1234",
        "{ $n }",
    ]
)
CHOICES = st.sampled_from(
    [
        "report",
        "progress",
        "phone",
        "done",
        "undo",
        "skip",
        "anonymous",
        "real_name",
        "recusal:no",
        "recusal:yes",
        "recusal:unknown",
        "submit",
        "cancel",
        "restart",
        "noted",
        "add",
        "withdraw",
        "notify",
        "wipe",
        "help",
        "large",
        "edit:1",
        "edit:2",
        "delete:1",
        "delete:9",
        "edit:where",
        "edit:kind",
        "edit:name",
        "edit:recusal",
        "kind:projects",
        "kind:x",
        "unit:31",
        "unit:",
        "edit:",
        "recusal:",
        "nonsense",
    ]
)
CARD = st.sampled_from(
    [
        *CARDS.values(),
        replace(TOWN_CARD, code="SHUT", intake=Intake.CLOSED),
        replace(TOWN_CARD, code="EARLY", intake=Intake.EARLY),
    ]
)
REFS = st.sampled_from(["", "m1", "m2"])
NEWS = st.lists(
    st.builds(News, st.just(date(2026, 11, 20)), st.just("第三巡察组"), st.just("好"), st.sampled_from(TipState))
)
PART = st.just(Part(1, PartKind.TEXT, "好"))

HAPPENED: st.SearchStrategy[Event] = st.one_of(
    st.builds(events.Start, st.sampled_from(["", "VILLAGE", "TOWN", "SHUT", "FORGED"]), st.just(""), st.booleans()),
    st.builds(events.Said, WORDS, REFS),
    st.builds(events.Sent, st.sampled_from(PartKind), st.just(PHOTO), WORDS, REFS, st.sampled_from(["", "a"])),
    st.builds(events.Edited, REFS, WORDS),
    st.builds(events.Chose, CHOICES),
    st.just(events.Pointed()),
    st.builds(events.TooBig, st.sampled_from(["too-large", "bad-file"])),
    st.just(events.Resume()),
)
OUTCOMES: st.SearchStrategy[Event] = st.one_of(
    st.builds(events.Admitted, CARD),
    st.builds(events.NotAdmitted, st.sampled_from(["card-unknown", "no-round"])),
    st.builds(events.Places, st.sampled_from([(), TOWN, PLACES[:1], PLACES * 5]), st.sampled_from(["", "石桥村"])),
    st.builds(events.Prepared, st.just(CODE), st.just("ab"), st.tuples(PART), st.just(tuple(Door))),
    st.builds(events.LookedUp, st.just(OTHER_CODE), st.just("ab"), NEWS.map(tuple)),
    st.just(events.Subscribed()),
    st.just(events.Wiped()),
)
GIVES_UP = {"undo", "cancel", "restart"}
ANSWERED = (effects.Keep, effects.Drop, effects.Count)
"""Effects without an answer."""


class Conversation(RuleBasedStateMachine):
    """One chat, to which anything may happen, and whose storage answers as it should or at the wrong time."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk(
            cards={card.code: card for card in (*CARDS.values(), replace(TOWN_CARD, code="SHUT", intake=Intake.CLOSED))}
        )

    @initialize(lang=st.sampled_from(LANGUAGES), card=st.sampled_from(["", "VILLAGE", "TOWN", "SHUT", "FORGED"]))
    def begins(self, lang: str, card: str) -> None:
        self._happens(events.Start(card, lang))

    @rule(event=HAPPENED)
    def anything_happens(self, event: Event) -> None:
        self._happens(event)

    @rule(data=st.data())
    def a_choice_on_offer_is_taken(self, data: st.DataObject) -> None:
        self._happens(events.Chose(data.draw(st.sampled_from([choice.id for choice in offers(self.talk.state)]))))

    @precondition(lambda self: self.talk.state.card is not None)
    @rule(event=OUTCOMES)
    def an_outcome_comes_that_nobody_waits_for(self, event: Event) -> None:
        self._happens(event)

    @invariant()
    def the_draft_is_what_storage_holds(self) -> None:
        assert [part.seq for part in self.talk.state.parts] == sorted(self.talk.kept)

    @invariant()
    def the_state_can_be_stored_and_holds_no_word_of_the_tip(self) -> None:
        state = self.talk.state
        assert decode_state(encode_state(state)) == state
        assert CANARY not in encode_state(replace(state, name="", phone="", place_text="")).decode()

    @invariant()
    def a_step_has_what_it_stands_on(self) -> None:
        state = self.talk.state
        assert (state.step is Step.RECEIPT) <= bool(state.received_on and state.code)
        assert (state.step in (Step.FOLLOW, Step.ADD, Step.WITHDRAW)) <= bool(state.code)
        assert (state.step is Step.EDIT) <= (state.editing in {part.seq for part in state.parts})
        assert (state.step is Step.SWITCH) <= (state.other_card is not None)
        assert (state.step is Step.CHECK) <= bool(
            state.parts and state.involves and state.identity and state.place_done
        )

    def _happens(self, event: Event) -> None:
        before, done = self.talk.state, len(self.talk.done)
        self.talk.has(event)
        since = self.talk.done[done:]
        quiet = isinstance(event, events.Sent) and event.album
        assert self.talk.said or quiet
        if self.talk.said:
            assert self.talk.said[-1].choices == offers(self.talk.state)
            assert self.talk.words
        leaving = [effect for effect in since if not isinstance(effect, effects.Keep | effects.FindPlace)]
        assert CANARY not in repr(leaving)
        assert self._nothing_is_lost(before, event, since)

    def _nothing_is_lost(self, before: State, event: Event, since: list[effects.Effect]) -> bool:
        handed_in = any(isinstance(effect, effects.Submit | effects.Append) for effect in since)
        choice = event.id if isinstance(event, events.Chose) else ""
        asked = choice == "undo" or choice.startswith("delete:") or before.step in (Step.CANCEL, Step.SWITCH)
        meant = asked and (choice in GIVES_UP or choice.startswith("delete:"))
        left = {part.seq for part in self.talk.state.parts}
        gone = {part.seq for part in before.parts} - left
        return not gone or handed_in or meant


Conversation.TestCase.settings = settings(
    max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
TestConversation = Conversation.TestCase


def _states() -> list[State]:
    """Every step, reached or made, with and without a draft."""
    check = at_check().state
    made = [replace(check, step=step, back=Step.TELL, other_card=TOWN_CARD, editing=1) for step in Step]
    empty = [State(step=step, card=VILLAGE_CARD, code=CODE) for step in Step]
    bare = [State(step=step) for step in Step]
    return [*made, *empty, *bare]


def _events() -> list[Event]:
    card = Card(**{field.name: getattr(TOWN_CARD, field.name) for field in fields(TOWN_CARD)})
    return [
        events.Start("TOWN"), events.Said(CANARY, "m1"), events.Said(CODE), events.Said(""),
        events.Sent(PartKind.IMAGE, PHOTO, CANARY), events.Edited("m1", CANARY), events.Pointed(),
        events.TooBig("too-large"), events.Resume(), events.Admitted(card), events.NotAdmitted("no-round"),
        events.Places(PLACES, "石桥村"), events.Prepared(CODE, "ab", (), ()), events.Added(), events.Withdrawn(),
        events.Submitted("第三巡察组", "", date(2026, 11, 18), date(2026, 11, 25), late=True),
        events.LookedUp(CODE, "ab", ()), events.Subscribed(), events.Wiped(),
        *(events.Chose(choice) for choice in ("submit", "undo", "done", "cancel", "restart", "skip", "edit:1")),
    ]  # fmt: skip


@pytest.mark.parametrize("event", _events(), ids=lambda event: type(event).__name__)
def test_every_step_answers_every_event(event: Event) -> None:
    for state in _states():
        moved = advance(state, event)
        assert moved.replies or moved.effects
        assert all(isinstance(effect, ANSWERED) for effect in moved.effects[:-1])
        for reply in moved.replies:
            assert all(render(reply, lang).text for lang in LANGUAGES)
        if moved.replies and not moved.effects:
            assert moved.replies[-1].choices == offers(moved.state)
        assert PartRef(1, PartKind.TEXT, CANARY) not in moved.state.parts
