"""A tip gets another lock: every box is shared with one new key, and whatever else opened it is taken away."""

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId
from handlers.desk.locking.standing import Standing
from handlers.sealing import box_context
from storage.desk import recusals
from storage.intake import boxes
from storage.intake.boxes import SealedEnvelope
from storage.people.keys import Key
from storage.store import Tx
from vault.open import share
from vault.seal import CODE_HOLDER_ID, Holder


def reseal(tx: Tx, standing: Standing, key: Key) -> None:
    """Inside the transaction: what the reporter adds meanwhile is shared here, or sealed to the new key at once.

    Raises `Refused(NOT_ALLOWED, "older-key")` when a box opens with keys of colleagues only: it would be lost.
    """
    tip = standing.tip
    for envelope in _shared(tx, standing, Holder(key.id, key.public)):
        boxes.insert_envelope(tx, tip.round_id, tip.id, envelope)
    boxes.insert_holder(tx, tip.round_id, tip.id, key.id)
    recusals.keep_holder(tx, tip.round_id, tip.id, key.id, besides=[CODE_HOLDER_ID])


def _shared(tx: Tx, standing: Standing, holder: Holder) -> list[SealedEnvelope]:
    """An envelope for `holder` to every box that a key of mine opens."""
    tip, mine = standing.tip, {one.key.id for one in standing.held}
    there = [one for one in boxes.list_envelopes(tx, tip.round_id, tip.id) if one.holder_id != CODE_HOLDER_ID]
    shared = []
    for box in boxes.list_boxes(tx, tip.round_id, tip.id):
        of_box = [one for one in there if one.seq == box.seq]
        to_me = [one for one in of_box if KeyId(one.holder_id) in mine]
        if of_box and not to_me:
            raise Refused(Reason.NOT_ALLOWED, "older-key")
        made = (_share(standing, box.kind, one, holder) for one in to_me)
        first = next((one for one in made if one is not None), None)
        if first is not None:
            shared.append(first)
    return shared


def _share(standing: Standing, kind: boxes.BoxKind, envelope: SealedEnvelope, holder: Holder) -> SealedEnvelope | None:
    """None for an envelope that was changed in the database: nobody opens it any more."""
    tip = standing.tip
    key = next(one for one in standing.held if one.key.id == envelope.holder_id)
    context = box_context(kind, tip.round_id, tip.id, envelope.seq)
    try:
        made = share(key.open, envelope.holder_id, envelope.sealed, context, holder)
    except BadSeal:
        return None
    return SealedEnvelope(envelope.seq, made.holder_id, made.sealed)
