"""Names for the things we point at. Every id is 16 random bytes and carries no time."""

import secrets
from typing import NewType

OfficeId = NewType("OfficeId", bytes)
RoundId = NewType("RoundId", bytes)
UnitId = NewType("UnitId", bytes)
TeamId = NewType("TeamId", bytes)
MemberId = NewType("MemberId", bytes)
KeyId = NewType("KeyId", bytes)
BatchId = NewType("BatchId", bytes)
TipId = NewType("TipId", bytes)
AttachmentId = NewType("AttachmentId", bytes)

Sealed = NewType("Sealed", bytes)
"""Bytes that only a holder's private key opens. Storage accepts text of a tip in no other type."""

Locked = NewType("Locked", bytes)
"""Bytes under a symmetric key of this process (drafts, chat ids, sessions): never a finished tip."""


def new_id() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(16)
