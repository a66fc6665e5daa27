"""Shapes as JSON: the conversation's memory and the draft inside locked bytes, and the bodies of the JSON API.

Ids are hex. A default is left out, so that a later version may add fields and still read what an older one wrote.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, TypeVar, assert_never

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic.json_schema import models_json_schema

from domain.errors import BadSeal, Reason, Refused
from handlers.conversation.events import Chose, Said
from handlers.conversation.replies import ReplyKind, Spoken
from handlers.conversation.talk import Part, State

Shape = TypeVar("Shape")
_HEX = ConfigDict(ser_json_bytes="hex", val_json_bytes="hex", frozen=True)


class _State(RootModel[State]):
    model_config = _HEX


class _Part(RootModel[Part]):
    model_config = _HEX


class _Spoken(RootModel[Spoken]):
    model_config = _HEX


def _encode(model: RootModel[Shape]) -> bytes:
    return model.model_dump_json(exclude_defaults=True).encode()


def _decode(model: type[RootModel[Shape]], data: bytes) -> Shape:
    try:
        return model.model_validate_json(data).root
    except ValidationError:
        # What pydantic would say holds the content itself.
        raise BadSeal("not what was written here") from None


def encode_state(state: State) -> bytes:
    """The conversation's memory as compact JSON."""
    return _encode(_State(state))


def decode_state(data: bytes) -> State:
    """The opposite of `encode_state`. Raises `BadSeal` when it is none."""
    return _decode(_State, data)


def encode_part(part: Part) -> bytes:
    """One message of a draft as compact JSON."""
    return _encode(_Part(part))


def decode_part(data: bytes) -> Part:
    """The opposite of `encode_part`. Raises `BadSeal` when it is none."""
    return _decode(_Part, data)


def encode_spoken(spoken: Spoken) -> bytes:
    """One reply in words, as the outbox keeps it."""
    return _encode(_Spoken(spoken))


def decode_spoken(data: bytes) -> Spoken:
    """The opposite of `encode_spoken`. Raises `BadSeal` when it is none."""
    return _decode(_Spoken, data)


class _Body(BaseModel):
    """A body of the JSON API: a name that is not in it is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OpenBody(_Body):
    """POST /api/conversations."""

    card: str = Field(default="", max_length=200, description="Card code as scanned or typed; none: without a card.")
    lang: Literal["zh", "en"] = "zh"


class TextEvent(_Body):
    type: Literal["text"]
    text: str = Field(description="What the reporter says, as many characters as the body may hold.")


class ChoiceEvent(_Body):
    type: Literal["choice"]
    id: str = Field(max_length=200, description="One of the ids offered by the last reply.")


class EventBody(RootModel[Annotated[TextEvent | ChoiceEvent, Field(discriminator="type")]]):
    """POST /api/events."""


class ReceiptBody(_Body):
    """POST /api/receipts."""

    code: str = Field(max_length=80, description="16 digits; spaces between them do no harm.")


class ChoiceOut(_Body):
    id: str
    label: str


class ReplyOut(_Body):
    """One reply. The last one carries all choices of the state; `code` comes only with `receipt`, after the commit."""

    kind: ReplyKind
    text: str
    choices: list[ChoiceOut] = []
    code: str | None = None
    team: str | None = None
    received_on: date | None = None


class RepliesOut(_Body):
    replies: list[ReplyOut]


class OpenedOut(_Body):
    token: str = Field(description="Goes into `Authorization: Bearer`. Whoever has it has the conversation.")
    replies: list[ReplyOut]


class ErrorDetail(_Body):
    code: str
    message: str


class ErrorOut(_Body):
    error: ErrorDetail


_SENT = (OpenBody, EventBody, ReceiptBody, RepliesOut, OpenedOut, ErrorOut)


def schemas(ref_template: str) -> dict[str, object]:
    """The shapes of the JSON API as JSON Schema by name, for its OpenAPI document."""
    _, found = models_json_schema([(model, "validation") for model in _SENT], ref_template=ref_template)
    named: dict[str, object] = found["$defs"]
    return named


Model = TypeVar("Model", bound=BaseModel)


def read_body(model: type[Model], found: dict[str, object]) -> Model:
    """A parsed body as its shape. Raises `Refused(BAD_INPUT)`, without a word of what came."""
    try:
        return model.model_validate(found)
    except ValidationError:
        raise Refused(Reason.BAD_INPUT, "body") from None


def event_of(body: EventBody) -> Said | Chose:
    """The event a reporter's front end sends."""
    match body.root:
        case TextEvent(text=text):
            return Said(text)
        case ChoiceEvent(id=id):
            return Chose(id)
        case never:
            assert_never(never)


def replies_json(spoken: Sequence[Spoken]) -> list[dict[str, object]]:
    """Replies as the JSON API sends them: what is empty is left out."""
    return [_reply_json(one) for one in spoken]


def _reply_json(one: Spoken) -> dict[str, object]:
    found: dict[str, object] = {"kind": one.kind.value, "text": one.text}
    if one.choices:
        found["choices"] = [{"id": button.id, "label": button.label} for button in one.choices]
    if one.kind is ReplyKind.RECEIPT:
        found |= {"code": one.code, "team": one.team, "received_on": str(one.received_on)}
    return found
