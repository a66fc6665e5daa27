"""Locking small things under a key of this process: drafts, chat ids, sessions. Never a finished tip."""

from domain.ids import Locked
from vault import _aead


def lock(key: bytes, plain: bytes, aad: bytes) -> Locked:
    """`plain` under the 32-byte `key`. `aad` says what it is and whose, as `context.canonical` spells it."""
    return Locked(_aead.encrypt(key, plain, aad))


def unlock(key: bytes, locked: Locked, aad: bytes) -> bytes:
    """What was locked. Raises `BadSeal` for another key or `aad`, or any changed byte."""
    return _aead.decrypt(key, locked, aad)
