"""What a member's password unlocks: the member key, its grants, its sessions. This file belongs to the desk."""

import hashlib
import json
import secrets
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.errors import BadSeal
from domain.ids import Locked, Sealed
from vault import _aead, _hpke
from vault import lock as locks
from vault.context import Context, canonical
from vault.keys import OpenKey, PublicHalf, Seed, new_seed, open_key, public_half
from vault.seal import Holder

_KDF = json.dumps({"name": "argon2id", "t": 3, "m": 64 * 1024, "p": 4}, sort_keys=True)
"""RFC 9106, section 4, second recommended option; `m` in KiB. Stored beside each key, so that it may grow."""

_MOST_MEMORY = 1024 * 1024  # KiB; a changed row must not take the machine down
_SALT_BYTES = 16

_ONE_AT_A_TIME = threading.Lock()
"""Two derivations of several lanes at once wait for each other's lanes for ever in OpenSSL's pool of threads."""


@dataclass(frozen=True, slots=True)
class MemberKey:
    """A member's pair at rest. `kdf` is JSON; `wrapped` the seed under the password; `half` may be known."""

    kdf: str
    salt: bytes
    wrapped: Locked
    half: PublicHalf


def make_member(password: str) -> MemberKey:
    """A new pair, unlocked by `password`. Takes about 0.1 s and 64 MiB: call it in a thread."""
    return rewrap(new_seed(), password)


def rewrap(seed: Seed, password: str) -> MemberKey:
    """The same pair under a new password and salt. Slow as `make_member`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    wrapped = locks.lock(_password_key(password, _KDF, salt), seed, _member_aad(_KDF, salt))
    return MemberKey(_KDF, salt, wrapped, public_half(seed))


def unlock(password: str, kdf: str, salt: bytes, wrapped: Locked) -> Seed:
    """The member's seed: the password check itself. Raises `BadSeal` for a wrong password or a changed row. Slow."""
    return Seed(locks.unlock(_password_key(password, kdf, salt), wrapped, _member_aad(kdf, salt)))


def grant(seed: Seed, member: Holder, wrap_secret: bytes, context: Context) -> Locked:
    """`seed` (a team's or the office's) for one member: sealed to the member's key, then wrapped.

    `wrap_secret` (32 bytes) lives outside database and backups: the round secret R for team seeds, the desk's office
    secret for office seeds. Without it a stolen backup opens nothing, correct passwords or not. `context` names the
    granted key: `Context("grant", round_id, key_id, generation)`.
    """
    sealed = _hpke.seal_to(member.public, seed, context.info(member.id))
    return locks.lock(_wrapping_key(wrap_secret), sealed, context.info(member.id))


def open_grant(
    member_seed: Seed | OpenKey, member_id: bytes, wrap_secret: bytes, box: Locked, context: Context
) -> Seed:
    """The granted seed. Raises `BadSeal` when the grant is another's, of another key or round, or was changed."""
    sealed = Sealed(locks.unlock(_wrapping_key(wrap_secret), box, context.info(member_id)))
    return Seed(_hpke.open_with(open_key(member_seed).private, sealed, context.info(member_id)))


def new_session(seed: Seed) -> tuple[str, bytes, Locked]:
    """A 256-bit cookie, the hash that names its row, and the member's seed locked under the cookie."""
    cookie = secrets.token_urlsafe(32)
    token_hash = session_hash(cookie)
    return cookie, token_hash, locks.lock(_cookie_key(cookie), seed, _session_aad(token_hash))


def open_session(cookie: str, locked: Locked) -> Seed:
    """The seed of the member who holds `cookie`. Raises `BadSeal` when this is not the cookie's row."""
    return Seed(locks.unlock(_cookie_key(cookie), locked, _session_aad(session_hash(cookie))))


def session_hash(cookie: str) -> bytes:
    """SHA-256 of the cookie: all that the database knows of it."""
    return hashlib.sha256(_exact(cookie)).digest()


def _password_key(password: str, kdf: str, salt: bytes) -> bytes:
    try:
        words = json.loads(kdf)
        name, rounds, memory, lanes = words["name"], words["t"], words["m"], words["p"]
        if name != "argon2id" or memory > _MOST_MEMORY or rounds > 100:
            raise BadSeal("unknown key derivation")
        derivation = Argon2id(salt=salt, length=_aead.KEY_BYTES, iterations=rounds, lanes=lanes, memory_cost=memory)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise BadSeal("unknown key derivation") from None
    # NFC as in RFC 8265, 4.2: two keyboards may spell one character differently. Nothing is cut or folded.
    with _ONE_AT_A_TIME:
        return derivation.derive(_exact(unicodedata.normalize("NFC", password)))


def _member_aad(kdf: str, salt: bytes) -> bytes:
    return canonical(kind="member", kdf=kdf, salt=salt)


def _session_aad(token_hash: bytes) -> bytes:
    return canonical(kind="session", token=token_hash)


def _cookie_key(cookie: str) -> bytes:
    return HKDFExpand(SHA256(), _aead.KEY_BYTES, b"mashangxun/1/session").derive(_exact(cookie))


def _wrapping_key(secret: bytes) -> bytes:
    return HKDFExpand(SHA256(), _aead.KEY_BYTES, b"mashangxun/1/grant").derive(secret)


def _exact(text: str) -> bytes:
    """UTF-8 that also takes the lone surrogates a broken client may send."""
    return text.encode("utf-8", "surrogatepass")
