"""Files of a form that was refused: stored already, they go back to their sender in a token that only they can open."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict

from domain.errors import BadSeal
from domain.ids import Sealed, TipId
from handlers.conversation.talk import File
from handlers.desk.locking.standing import stand
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.intake import boxes
from vault.context import Context
from vault.keys import public_half
from vault.open import read
from vault.seal import Holder, write

_KIND = "carried"
_COUNT = 2  # bytes that say how long the envelope is


def carry(session: Session, tip_id: TipId, files: Sequence[File]) -> str:
    """A token for a hidden field; empty without files. It is good for this member and this tip."""
    if not files:
        return ""
    body = json.dumps([asdict(one) for one in files], ensure_ascii=False).encode()
    me = Holder(session.key_id, public_half(session.seed).public)
    box = write([me], body, _context(tip_id))
    envelope = box.envelopes[0].sealed
    return urlsafe_b64encode(len(envelope).to_bytes(_COUNT) + envelope + box.body).decode()


async def carried(services: DeskServices, session: Session, tip_id: TipId, token: str) -> tuple[File, ...]:
    """Inverse of `carry`, without files that a form sent twice brought already.

    A token of somebody else or of another tip carries nothing. Raises what `stand` raises.
    """
    files = _open(session, tip_id, token) if token else ()
    if not files:
        return ()
    tip = (await stand(services, session, tip_id)).tip
    rows = await services.store.read(lambda tx: boxes.list_attachments(tx, tip.round_id, tip.id))
    known = {row.id.hex() for row in rows}
    return tuple(one for one in files if one.id not in known)


def _open(session: Session, tip_id: TipId, token: str) -> tuple[File, ...]:
    try:
        data = urlsafe_b64decode(token.encode())
        end = _COUNT + int.from_bytes(data[:_COUNT])
        envelope, sealed = Sealed(data[_COUNT:end]), Sealed(data[end:])
        body = read(session.seed, session.key_id, sealed, envelope, _context(tip_id))
    except (BadSeal, ValueError):
        return ()
    return tuple(File(**one) for one in json.loads(body))


def _context(tip_id: TipId) -> Context:
    return Context(_KIND, b"", tip_id, 0)
