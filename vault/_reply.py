"""What a reply looks like inside its seal: the team's signature, then the words. Both sides of the house know it."""

import hashlib

from domain.errors import BadSeal
from vault.context import Context, canonical
from vault.keys import Seed, reporter_hash, sign, verify

_SIGNATURE_BYTES = 65


def signed(team_seed: Seed, body: bytes, context: Context, reporter_public: bytes) -> bytes:
    """signature (65) | `body`, signed over what it is, whose, and for which reporter."""
    return sign(team_seed, _message(body, context, reporter_public)) + body


def checked(team_verify: bytes, inside: bytes, context: Context, reporter_public: bytes) -> bytes:
    """The words. Raises `BadSeal` unless the team wrote them, here, for this reporter."""
    if len(inside) < _SIGNATURE_BYTES:
        raise BadSeal("no signature")
    signature, body = inside[:_SIGNATURE_BYTES], inside[_SIGNATURE_BYTES:]
    verify(team_verify, _message(body, context, reporter_public), signature)
    return body


def _message(body: bytes, context: Context, reporter_public: bytes) -> bytes:
    return canonical(
        kind="reply",
        of=context.kind,
        round=context.round_id,
        owner=context.owner_id,
        seq=context.seq,
        reporter=reporter_hash(reporter_public),
        body=hashlib.sha256(body).digest(),
    )
