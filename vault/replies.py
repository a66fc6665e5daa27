"""Replies and milestones as the team writes and re-reads them. This file belongs to the desk."""

from collections.abc import Sequence

from domain.ids import Sealed
from vault import _reply
from vault import open as opening
from vault.context import Context
from vault.keys import OpenKey, Seed
from vault.seal import CODE_HOLDER_ID, Box, Holder, write


def write_reply(
    team_seed: Seed, holders: Sequence[Holder], reporter_public: bytes, body: bytes, context: Context
) -> Box:
    """`body`, signed by the team for one reporter, sealed to `holders` (the team) and to the receipt code.

    The caller has compared `keys.reporter_hash(reporter_public)` with the hash inside the sealed tip.
    """
    inside = _reply.signed(team_seed, body, context, reporter_public)
    return write([*holders, Holder(CODE_HOLDER_ID, reporter_public)], inside, context)


def read_reply(
    seed: Seed | OpenKey,
    holder_id: bytes,
    body: Sealed,
    envelope: Sealed,
    context: Context,
    *,
    team_verify: bytes,
    reporter_public: bytes,
) -> bytes:
    """The words for the team's own thread. Raises `BadSeal` unless the team wrote them, here, for this reporter."""
    inside = opening.read(seed, holder_id, body, envelope, context)
    return _reply.checked(team_verify, inside, context, reporter_public)
