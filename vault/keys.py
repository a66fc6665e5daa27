"""Seeds, public halves, signatures, and who vouches for a team's key. This file opens no tip."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from typing import NewType

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.errors import BadSeal
from vault import _hpke
from vault.context import VERSION, canonical

Seed = NewType("Seed", bytes)
"""96 bytes from which one encryption pair and one signing pair are made; the whole secret of a key."""

SEED_BYTES = 96
_ENCRYPTION_LABEL = b"mashangxun/1/encryption"
_SIGNING_LABEL = b"mashangxun/1/signing"
_SIGNING_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """`public`: 1216 bytes to seal to. `verify`: 32 bytes, Ed25519, to check signatures with."""

    public: bytes
    verify: bytes


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OpenKey:
    """A seed made ready to open. Making one costs as much as opening one envelope: keep it to open many."""

    private: MLKEM768X25519PrivateKey


def new_seed() -> Seed:
    """96 random bytes."""
    return Seed(secrets.token_bytes(SEED_BYTES))


def public_half(seed: Seed) -> PublicHalf:
    """What may be known of `seed`."""
    verify_key = _signing_key(seed).public_key().public_bytes_raw()
    return PublicHalf(_hpke.public_bytes(_expand(seed, _ENCRYPTION_LABEL, _hpke.MATERIAL_BYTES)), verify_key)


def open_key(seed: Seed | OpenKey) -> OpenKey:
    """The private encryption key of `seed`; an `OpenKey` is returned as it is."""
    if isinstance(seed, OpenKey):
        return seed
    return OpenKey(_hpke.private_key(_expand(seed, _ENCRYPTION_LABEL, _hpke.MATERIAL_BYTES)))


def sign(seed: Seed, message: bytes) -> bytes:
    """version (1) | Ed25519 signature (64)."""
    return bytes([VERSION]) + _signing_key(seed).sign(message)


def verify(verify_key: bytes, message: bytes, signature: bytes) -> None:
    """Raises `BadSeal` unless `signature` is that of `verify_key`'s owner over `message`."""
    if signature[:1] != bytes([VERSION]):
        raise BadSeal("unknown version")
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature[1:], message)
    except (InvalidSignature, ValueError):
        raise BadSeal("wrong signature") from None


def reporter_hash(public: bytes) -> bytes:
    """32 bytes that name a reporter's public half: inside the sealed tip and inside every signed reply."""
    return hashlib.sha256(b"mashangxun/1/reporter" + public).digest()


@dataclass(frozen=True, slots=True)
class KeyStatement:
    """Somebody's word that `half` is a team's key until the end of `not_after`.

    The office signs team keys. A subset key (the team without a recused member, for one tip) is signed by the team
    key: `subset_of` is then the team's 32-byte verify key and `tip_id` the tip.
    """

    office_id: bytes
    round_id: bytes
    team_id: bytes
    generation: int
    not_after: date
    half: PublicHalf
    subset_of: bytes | None = None
    tip_id: bytes | None = None

    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical(
            kind="key-statement",
            office=self.office_id,
            round=self.round_id,
            team=self.team_id,
            generation=self.generation,
            not_after=self.not_after.isoformat(),
            public=self.half.public,
            verify=self.half.verify,
            subset_of=self.subset_of,
            tip=self.tip_id,
        )


def sign_statement(signer_seed: Seed, statement: KeyStatement) -> bytes:
    """The signer's signature over `statement`: the office's for a team, the team's for a subset."""
    return sign(signer_seed, statement.message())


def check_statement(verify_key: bytes, statement: KeyStatement, signature: bytes, today: date) -> None:
    """Raises `BadSeal` when the signature is not `verify_key`'s or the statement has run out."""
    verify(verify_key, statement.message(), signature)
    if today > statement.not_after:
        raise BadSeal("key statement has expired")


def check_subset(
    office_verify: bytes,
    team: KeyStatement,
    team_signature: bytes,
    *,
    subset: KeyStatement,
    subset_signature: bytes,
    today: date,
) -> None:
    """The chain office, team, subset. Raises `BadSeal` when a link is missing or names another round, team or key."""
    check_statement(office_verify, team, team_signature, today)
    check_statement(team.half.verify, subset, subset_signature, today)
    same_place = (team.office_id, team.round_id, team.team_id) == (subset.office_id, subset.round_id, subset.team_id)
    if not same_place or team.subset_of is not None or subset.subset_of != team.half.verify or subset.tip_id is None:
        raise BadSeal("not a subset of this team's key")


def _signing_key(seed: Seed) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_expand(seed, _SIGNING_LABEL, _SIGNING_BYTES))


def _expand(seed: Seed, label: bytes, length: int) -> bytes:
    if len(seed) != SEED_BYTES:
        raise BadSeal("no seed")
    return HKDFExpand(SHA256(), length, label).derive(seed)
