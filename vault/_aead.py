"""Symmetric sealing: ChaCha20-Poly1305 (RFC 8439) behind a version byte, and padding. This file knows no key pair."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from domain.errors import BadSeal
from vault.context import VERSION

KEY_BYTES = 32
_NONCE_BYTES = 12
_LENGTH_BYTES = 4


def encrypt(key: bytes, plain: bytes, aad: bytes) -> bytes:
    """version (1) | nonce (12) | ciphertext and tag. `key` is 32 bytes."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return bytes([VERSION]) + nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, aad)


def decrypt(key: bytes, blob: bytes, aad: bytes) -> bytes:
    """The plain bytes. Raises `BadSeal` for another version, key or `aad`, or any changed byte."""
    if blob[:1] != bytes([VERSION]):
        raise BadSeal("unknown version")
    nonce, sealed = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        raise BadSeal("does not open") from None


def padded_size(length: int, step: int) -> int:
    """Bytes that `length` bytes take once padded to whole steps of `step` bytes."""
    return -(-(_LENGTH_BYTES + length) // step) * step


def pad(plain: bytes, size: int) -> bytes:
    """length (4, big-endian) | plain | zeros, `size` bytes in all."""
    return (len(plain).to_bytes(_LENGTH_BYTES, "big") + plain).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """What `pad` was given. Raises `BadSeal` when the length does not fit."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    plain = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(padded) < _LENGTH_BYTES or len(plain) != length:
        raise BadSeal("wrong padding")
    return plain
