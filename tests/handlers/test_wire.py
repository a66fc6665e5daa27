"""What is written as JSON inside locked bytes comes back as it was, and says nothing when it does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal, Reason, Refused
from handlers import wire
from handlers.conversation.events import Chose, Said
from handlers.conversation.replies import Button, ReplyKind, Spoken
from handlers.conversation.talk import Part, State


@settings(max_examples=60)
@given(st.from_type(State))
def test_a_conversation_s_memory_comes_back_as_it_was(state: State) -> None:
    assert wire.decode_state(wire.encode_state(state)) == state


@given(st.from_type(Part))
def test_a_part_of_a_draft_comes_back_as_it_was(part: Part) -> None:
    assert wire.decode_part(wire.encode_part(part)) == part


@given(st.from_type(Spoken))
def test_a_reply_in_the_outbox_comes_back_as_it_was(spoken: Spoken) -> None:
    assert wire.decode_spoken(wire.encode_spoken(spoken)) == spoken


def test_a_memory_without_anything_is_two_bytes() -> None:
    assert wire.encode_state(State()) == b"{}"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"step":"nowhere"}', b'{"parts":"a sentence of a tip"}', b"\xff"])
def test_what_is_no_memory_is_refused_without_repeating_it(data: bytes) -> None:
    with pytest.raises(BadSeal) as refused:
        wire.decode_state(data)
    assert "sentence" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_two_events_of_the_api_are_read() -> None:
    assert wire.event_of(wire.read_body(wire.EventBody, {"type": "text", "text": "x"})) == Said("x")
    assert wire.event_of(wire.read_body(wire.EventBody, {"type": "choice", "id": "submit"})) == Chose("submit")


def test_a_field_that_the_api_does_not_know_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        wire.read_body(wire.OpenBody, {"card": "x", "name": "a sentence of a tip"})
    assert refused.value.reason is Reason.BAD_INPUT
    assert "sentence" not in str(refused.value)


def test_a_reply_carries_only_what_it_has() -> None:
    tick = Spoken(ReplyKind.TICK, "✓", (Button("done", "说完了"),))
    assert wire.replies_json([tick]) == [
        {"kind": "tick", "text": "✓", "choices": [{"id": "done", "label": "说完了"}]},
    ]
