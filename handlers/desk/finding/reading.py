"""Tips opened for the index, with every check of the tip's own page: what was changed or forged is not found."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import BadSeal
from domain.ids import KeyId, TipId, UnitId
from domain.rounds import Team
from handlers import letters
from handlers.desk.finding.index import Entry
from handlers.desk.finding.likeness import marks_of
from handlers.desk.finding.matching import folded
from handlers.desk.keyring import Held
from handlers.desk.queue import number_label
from handlers.desk.writing import decode_note
from handlers.letters import Letter
from handlers.sealing import box_context
from storage.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.openable import Openable, Origin
from vault.open import read
from vault.replies import read_reply

_STRETCH, _NAP = 8, 0.0002


@dataclass(frozen=True, slots=True)
class Reader:
    """With what a team's boxes are opened. `verify` checks what the team signed, made from a seed that I hold."""

    team: Team
    units: Mapping[UnitId, str]
    keys: Mapping[bytes, Held]
    verify: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """Some tips as the database has them."""

    tips: Sequence[Openable]
    origins: Mapping[TipId, Origin]
    boxes: Sequence[tuple[SealedBox, SealedEnvelope]]


def entries_of(reader: Reader, sealed: Sealed) -> dict[TipId, Entry]:
    """The tips read. Slow, 0.2 ms a box; for a thread of its own."""
    told: dict[TipId, list[str]] = {one.tip_id: [] for one in sealed.tips}
    wrote: dict[TipId, list[str]] = {one.tip_id: [] for one in sealed.tips}
    for i, (box, envelope) in enumerate(sealed.boxes):
        if i % _STRETCH == 0:
            time.sleep(_NAP)  # opening keeps the interpreter to itself: the pages of others come in between
        try:
            value = _open(reader, sealed.origins[box.owner_id], box, envelope)
        except BadSeal:
            continue
        told[box.owner_id].append(value.text)
        wrote[box.owner_id].append(value.letter)
    return {
        one.tip_id: _entry(reader, one, sealed.origins.get(one.tip_id), told[one.tip_id], wrote[one.tip_id])
        for one in sealed.tips
    }
