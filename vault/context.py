"""What a sealed thing is and whose: the words every seal is bound to. This file knows no key."""

import json
from dataclasses import dataclass

VERSION = 1
"""First byte of every blob this room makes, and part of every context."""


def canonical(**fields: str | int | bytes | None) -> bytes:
    """One spelling of `fields`: JSON with sorted keys, no spaces, ASCII only, bytes as hex, and the version."""
    words = {name: value.hex() if isinstance(value, bytes) else value for name, value in fields.items()}
    return json.dumps({**words, "version": VERSION}, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sealed body belongs. `kind` says what it is; `seq` its place within its owner."""

    kind: str
    round_id: bytes
    owner_id: bytes
    seq: int

    def aad(self) -> bytes:
        """Associated data of the body."""
        return canonical(kind=self.kind, round=self.round_id, owner=self.owner_id, seq=self.seq)

    def info(self, holder_id: bytes) -> bytes:
        """HPKE `info` of one holder's envelope: one-shot HPKE has no other place to bind anything (RFC 9180, 6.1)."""
        return canonical(kind=self.kind, round=self.round_id, owner=self.owner_id, seq=self.seq, holder=holder_id)
