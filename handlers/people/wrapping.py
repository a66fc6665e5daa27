"""A member's seed under their password: what is stored of it, and how it is opened. An unknown name takes as long."""

from functools import cache

from domain.ids import Locked
from storage.people.keys import Key
from vault import members as member_keys
from vault.keys import Seed

Wrapped = tuple[str, bytes, Locked]
"""Key derivation, salt and wrapped seed of a member's key."""


def wrapped_of(key: Key | None) -> Wrapped | None:
    """What the password unlocks; None for a member who has no key yet."""
    if key is None or key.kdf is None or key.salt is None or key.wrapped is None:
        return None
    return key.kdf, key.salt, key.wrapped


def open_wrapped(password: str, wrapped: Wrapped | None) -> Seed:
    """The member's seed. Raises `BadSeal` for a wrong password. Slow.

    An unknown name is checked against a key of nobody, so that it takes as long as a known one.
    """
    kdf, salt, locked = wrapped or _nobody()
    return member_keys.unlock(password, kdf, salt, locked)


@cache
def _nobody() -> Wrapped:
    made = member_keys.make_member("nobody signs in with this")
    return made.kdf, made.salt, made.wrapped
