"""Writing what only its holders can read. This file cannot open anything."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import Sealed
from vault import _aead, _hpke
from vault.context import Context

CODE_HOLDER_ID = b"code"
"""Holder of the envelopes that a receipt code opens."""

BODY_STEP = 1024
FILE_SIZES = (*(1 << power for power in range(16, 25)), 21 << 20)
"""Size classes of sealed attachments in bytes, 64 KiB to 21 MiB: all that a stored file's length tells."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may open: a key's id (or `CODE_HOLDER_ID`) and its 1216-byte public half."""

    id: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """The body key, sealed to one holder."""

    holder_id: bytes
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Box:
    """One sealed body and the envelopes that say who may open it."""

    body: Sealed
    envelopes: tuple[Envelope, ...]


def write(holders: Sequence[Holder], body: bytes, context: Context) -> Box:
    """Seals `body` under a fresh key, and that key to each holder; the body's length shows in steps of 1 KiB only.

    Raises `BadSeal` when a holder's public half is none, and `ValueError` without a holder: nobody could read it.
    """
    if not holders:
        raise ValueError("a body needs a holder")
    key = secrets.token_bytes(_aead.KEY_BYTES)
    padded = _aead.pad(body, _aead.padded_size(len(body), BODY_STEP))
    sealed = Sealed(_aead.encrypt(key, padded, context.aad()))
    return Box(sealed, tuple(seal_key(key, holder, context) for holder in holders))


def seal_key(key: bytes, holder: Holder, context: Context) -> Envelope:
    """An envelope with a body's key for `holder`. Raises `BadSeal` when its public half is none."""
    return Envelope(holder.id, Sealed(_hpke.seal_to(holder.public, key, context.info(holder.id))))


def file_size_class(length: int) -> int:
    """The size in bytes to which a file of `length` bytes is padded. Raises `Refused(TOO_LARGE)` above the last."""
    for size in FILE_SIZES:
        if _aead.padded_size(length, 1) <= size:
            return size
    raise Refused(Reason.TOO_LARGE)


def seal_file(data: bytes, context: Context) -> tuple[bytes, Sealed]:
    """A fresh 32-byte key, to be put inside the sealed message, and the padded file sealed under it in one shot.

    Raises `Refused(TOO_LARGE)` when no size class holds `data`.
    """
    key = secrets.token_bytes(_aead.KEY_BYTES)
    padded = _aead.pad(data, file_size_class(len(data)))
    return key, Sealed(_aead.encrypt(key, padded, context.aad()))
