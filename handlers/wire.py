"""What stands as JSON inside locked bytes: the conversation's memory, the draft's parts, the outbox's bodies.

Ids are hex. A default is left out, so that a later version may add fields and still read what an older one wrote.
"""

from typing import TypeVar

from pydantic import ConfigDict, RootModel, ValidationError

from domain.errors import BadSeal
from handlers.replies import Spoken
from handlers.talk import Part, State

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
