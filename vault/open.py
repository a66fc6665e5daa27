"""Reading what was sealed, and letting another holder read it. The intake never imports this file."""

from domain.ids import Sealed
from vault import _aead, _hpke
from vault.context import Context
from vault.keys import OpenKey, Seed, open_key
from vault.seal import Envelope, Holder, seal_key


def read(seed: Seed | OpenKey, holder_id: bytes, body: Sealed, envelope: Sealed, context: Context) -> bytes:
    """The body. Raises `BadSeal` when either part was sealed for something or somebody else, or was changed."""
    key = _body_key(seed, holder_id, envelope, context)
    return _aead.unpad(_aead.decrypt(key, body, context.aad()))


def share(seed: Seed | OpenKey, holder_id: bytes, envelope: Sealed, context: Context, new_holder: Holder) -> Envelope:
    """An envelope for `new_holder`, made from the one that `holder_id` can open; the body stays as it is.

    Raises `BadSeal` when the envelope does not open, or the new holder's public half is none.
    """
    return seal_key(_body_key(seed, holder_id, envelope, context), new_holder, context)


def open_file(key: bytes, sealed: Sealed, context: Context) -> bytes:
    """The file sealed under `key`. Raises `BadSeal` when it is another file or was changed."""
    return _aead.unpad(_aead.decrypt(key, sealed, context.aad()))


def _body_key(seed: Seed | OpenKey, holder_id: bytes, envelope: Sealed, context: Context) -> bytes:
    return _hpke.open_with(open_key(seed).private, envelope, context.info(holder_id))
