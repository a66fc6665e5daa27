"""RFC 9180 HPKE, one-shot, ML-KEM-768 with X25519: shared by both sides. This file knows no seed and no context."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from domain.errors import BadSeal
from vault.context import VERSION

MATERIAL_BYTES = 96  # 64 for ML-KEM-768 (FIPS 203: d and z), 32 for X25519
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1184
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def private_key(material: bytes) -> MLKEM768X25519PrivateKey:
    """The key pair made from 96 bytes."""
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(material[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(material[_MLKEM_SEED:]),
    )


def public_bytes(material: bytes) -> bytes:
    """The public half of `private_key(material)`: 1184 bytes of ML-KEM-768, 32 of X25519."""
    mlkem = MLKEM768PrivateKey.from_seed_bytes(material[:_MLKEM_SEED]).public_key()
    x25519 = X25519PrivateKey.from_private_bytes(material[_MLKEM_SEED:]).public_key()
    return mlkem.public_bytes_raw() + x25519.public_bytes_raw()


def seal_to(public: bytes, plain: bytes, info: bytes) -> bytes:
    """version (1) | encapsulation | ciphertext and tag. Raises `BadSeal` when `public` is no public half."""
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
        return bytes([VERSION]) + _SUITE.encrypt(plain, key, info)
    except ValueError:
        raise BadSeal("no public half") from None


def open_with(key: MLKEM768X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """What was sealed. Raises `BadSeal` for another version, key or `info`, or any changed byte."""
    if sealed[:1] != bytes([VERSION]):
        raise BadSeal("unknown version")
    try:
        return _SUITE.decrypt(sealed[1:], key, info)
    except (InvalidTag, ValueError):
        raise BadSeal("does not open") from None
