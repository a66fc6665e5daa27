"""What stands inside a sealed box, as bytes. Written by the intake, read by the desk; never stored in the clear."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from domain.errors import BadSeal
from domain.tips import State
from handlers.conversation.talk import File, Identity, Involves, Part, PartKind


@dataclass(frozen=True, slots=True)
class Header:
    """What the queue shows of a tip. `minute` is the local time of receipt, ISO 8601 to the minute."""

    gist: str
    identity: Identity
    images: int
    audios: int
    others: int
    minute: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the reporter: the tip itself or an addition. `reporter_hash` is hex of the reply key's hash."""

    parts: tuple[Part, ...]
    minute: str
    reporter_hash: str
    lang: str = "zh"
    place: str = ""
    place_text: str = ""
    identity: Identity = Identity.ANONYMOUS
    name: str = ""
    phone: str = ""
    involves: Involves = Involves.NO
    late: bool = False
    code_mismatch: bool = False  # 回执码不符: added under a code we do not know


@dataclass(frozen=True, slots=True)
class TeamLetter:
    """What a team writes to a reporter. `state` is set when the letter announces a milestone."""

    on: date
    team: str
    text: str
    state: State | None = None


def header_of(letter: Letter, gist: str) -> Header:
    """The queue's view of `letter`; `gist` is one line of plain text."""
    kinds = [p.kind for p in letter.parts]
    images, audios = kinds.count(PartKind.IMAGE), kinds.count(PartKind.AUDIO)
    others = kinds.count(PartKind.VIDEO) + kinds.count(PartKind.DOCUMENT)
    return Header(gist, letter.identity, images, audios, others, letter.minute)


def encode(value: Header | Letter | TeamLetter) -> bytes:
    """UTF-8 JSON of the value."""
    return json.dumps(asdict(value), ensure_ascii=False, default=str, separators=(",", ":")).encode()


@contextmanager
def ours() -> Iterator[None]:
    """Around the decoding of a box: whoever has a team's public key can seal anything, and it must break no page.

    Raises `BadSeal` for what none of us would have written.
    """
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadSeal("not a box of ours") from None


def decode_header(data: bytes) -> Header:
    """Inverse of `encode`. Raises `BadSeal`."""
    with ours():
        raw: dict[str, Any] = json.loads(data)
        header = Header(**{**raw, "identity": Identity(raw["identity"])})
        datetime.fromisoformat(header.minute)
        return header


def decode_letter(data: bytes) -> Letter:
    """Inverse of `encode`. Raises `BadSeal`."""
    with ours():
        raw: dict[str, Any] = json.loads(data)
        raw["parts"] = tuple(_part(p) for p in raw["parts"])
        raw["identity"], raw["involves"] = Identity(raw["identity"]), Involves(raw["involves"])
        letter = Letter(**raw)
        datetime.fromisoformat(letter.minute)
        return letter


def decode_team_letter(data: bytes) -> TeamLetter:
    """Inverse of `encode`. Raises `BadSeal`."""
    with ours():
        raw: dict[str, Any] = json.loads(data)
        state = State(raw["state"]) if raw["state"] else None
        return TeamLetter(date.fromisoformat(raw["on"]), raw["team"], raw["text"], state)


def _part(raw: dict[str, Any]) -> Part:
    file = File(**raw["file"]) if raw["file"] else None
    return Part(raw["seq"], PartKind(raw["kind"]), raw["text"], file)
