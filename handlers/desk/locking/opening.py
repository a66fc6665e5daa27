"""A sealed box, opened with a key that its reader holds: for pages, the search and the ledger alike."""

from collections.abc import Iterable
from contextlib import suppress

from domain.errors import BadSeal
from handlers.desk.locking.keyring import Held
from handlers.sealing import box_context
from storage.intake.boxes import SealedBox, SealedEnvelope
from vault.open import read
from vault.replies import read_reply


def open_box(key: Held, box: SealedBox, envelope: SealedEnvelope) -> bytes:
    """What the reporter or a colleague wrote. Raises `BadSeal` for what was changed, moved, or is another key's."""
    context = box_context(box.kind, box.round_id, box.owner_id, box.seq)
    return read(key.open, envelope.holder_id, box.body, envelope.sealed, context)


def open_letter(
    key: Held, box: SealedBox, envelope: SealedEnvelope, *, signers: Iterable[bytes], reporter_public: bytes
) -> bytes:
    """What one of the tip's teams wrote. `signers`: their verify keys. Raises `BadSeal` when none of them signed it."""
    context = box_context(box.kind, box.round_id, box.owner_id, box.seq)
    for verify in signers:
        with suppress(BadSeal):
            return read_reply(
                key.open,
                envelope.holder_id,
                box.body,
                envelope.sealed,
                context,
                team_verify=verify,
                reporter_public=reporter_public,
            )
    raise BadSeal("not signed by a team of this tip")
