"""What a receipt code opens: the team's signed words, and nothing else. Forged, moved or unknown ones show nothing."""

import logging

from domain.errors import BadSeal
from domain.ids import RoundId
from domain.tips import Tip
from handlers import letters
from handlers.conversation.talk import News
from handlers.intake import recipients
from handlers.sealing import box_context
from handlers.services import IntakeServices
from storage.intake import boxes, tips
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.store import Tx
from vault.receipts import ReceiptKey, bind, open_reply
from vault.seal import CODE_HOLDER_ID

_log = logging.getLogger(__name__)


async def find_tip(services: IntakeServices, stretched: bytes) -> tuple[Tip, ReceiptKey] | None:
    """The tip of a stretched code in whichever round it was told, and the code's key there."""
    bound = {round_id: bind(stretched, pepper) for round_id, pepper in services.secrets.peppers().items()}

    def load(tx: Tx) -> tuple[RoundId, Tip] | None:
        for round_id, key in bound.items():
            tip = tips.tip_by_receipt(tx, round_id, key.tag)
            if tip is not None:
                return round_id, tip
        return None

    found = await services.store.read(load)
    return None if found is None else (found[1], bound[found[0]])


async def news(services: IntakeServices, stretched: bytes) -> tuple[News, ...]:
    """The team's messages for a stretched code, oldest first; nothing for an unknown one."""
    found = await find_tip(services, stretched)
    if found is None:
        return ()
    tip, key = found
    sealed = await services.store.read(
        lambda tx: boxes.boxes_for(tx, tip.round_id, [tip.id], BoxKind.OUT, [CODE_HOLDER_ID])
    )
    verifiers = await recipients.letter_keys(services, tip) if sealed else []
    opened = [_open(tip, key, box, envelope, verifiers) for box, envelope in sealed]
    return tuple(one for one in opened if one is not None)


def _open(tip: Tip, key: ReceiptKey, box: SealedBox, envelope: SealedEnvelope, verifiers: list[bytes]) -> News | None:
    context = box_context(BoxKind.OUT, tip.round_id, tip.id, box.seq)
    for verify in verifiers:
        try:
            plain = open_reply(
                key.seed, box.body, envelope.sealed, context, team_verify=verify, reporter_public=tip.reply_public
            )
        except BadSeal:
            continue
        letter = letters.decode_team_letter(plain)
        return News(letter.on, letter.team, letter.text, letter.state)
    _log.warning("a reply is not signed by its team; it is not shown")
    return None
