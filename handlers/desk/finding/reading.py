"""Tips opened for the index, with every check of the tip's own page: what was changed or forged is not found."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.errors import BadSeal
from domain.ids import TipId, UnitId
from domain.rounds import Team
from handlers import letters
from handlers.desk.finding.index import Entry
from handlers.desk.finding.marks import marks_of
from handlers.desk.finding.matching import folded
from handlers.desk.keyring import Held
from handlers.desk.queue import number_label
from handlers.desk.writing import decode_note
from handlers.letters import Letter
from handlers.sealing import box_context, words_of
from storage.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.openable import Openable, Origin
from vault.open import read
from vault.replies import read_reply

_STRETCH, _NAP = 8, 0.0002


@dataclass(frozen=True, slots=True)
class Reader:
    """With what a team's boxes are opened. `verify` checks what the team signed; made from a seed that I hold."""

    team: Team
    units: Mapping[UnitId, str]
    keys: Mapping[bytes, Held] = field(repr=False)
    verify: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Some tips as the database has them."""

    tips: Sequence[Openable]
    origins: Mapping[TipId, Origin]
    boxes: Sequence[tuple[SealedBox, SealedEnvelope]]


@dataclass(slots=True)
class _Told:
    """What one tip says: all its lines in order, and those of the reporter alone."""

    lines: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)


def entries_of(reader: Reader, batch: Batch) -> dict[TipId, Entry]:
    """The tips, read. Some 0.15 ms a box: for a thread of its own."""
    told = {one.tip_id: _Told() for one in batch.tips}
    for i, (box, envelope) in enumerate(batch.boxes):
        if i % _STRETCH == 0:
            time.sleep(_NAP)  # opening keeps the interpreter to itself: here the pages of others come in between
        _hear(reader, batch.origins[box.owner_id], box, envelope, told[box.owner_id])
    return {one.tip_id: _entry(reader, one, batch.origins[one.tip_id], told[one.tip_id]) for one in batch.tips}


def _hear(reader: Reader, origin: Origin, box: SealedBox, envelope: SealedEnvelope, told: _Told) -> None:
    try:
        match box.kind:
            case BoxKind.IN:
                letter = letters.decode_letter(_plain(reader, box, envelope))
                told.letters.append(words_of(letter.parts))
                told.lines += [told.letters[-1], *_person(letter)]
            case BoxKind.OUT:
                told.lines.append(letters.decode_team_letter(_reply(reader, origin, box, envelope)).text)
            case BoxKind.NOTE:
                told.lines.append(decode_note(_plain(reader, box, envelope)).text)
            case BoxKind.HEADER:
                pass  # its line is the beginning of the first letter
    except BadSeal:
        return


def _person(letter: Letter) -> list[str]:
    """Who wrote and where it is in their own words; the number once more in one piece, as it may be typed."""
    number = "".join(char for char in letter.phone if char.isalnum())
    return [one for one in (letter.place_text, letter.name, letter.phone, number) if one]


def _plain(reader: Reader, box: SealedBox, envelope: SealedEnvelope) -> bytes:
    context = box_context(box.kind, box.round_id, box.owner_id, box.seq)
    return read(reader.keys[envelope.holder_id].open, envelope.holder_id, box.body, envelope.sealed, context)


def _reply(reader: Reader, origin: Origin, box: SealedBox, envelope: SealedEnvelope) -> bytes:
    return read_reply(
        reader.keys[envelope.holder_id].open,
        envelope.holder_id,
        box.body,
        envelope.sealed,
        box_context(box.kind, box.round_id, box.owner_id, box.seq),
        team_verify=reader.verify,
        reporter_public=origin.reply_public,
    )


def _entry(reader: Reader, one: Openable, origin: Origin, told: _Told) -> Entry:
    label, unit = number_label(reader.team, one.number), reader.units[origin.unit_id] if origin.unit_id else ""
    words = "\n".join(told.lines)
    plain = f"{label.split('-')[0]}-{one.number}"  # 3-12, beside 3-0012
    return Entry(
        tip_id=one.tip_id,
        number=one.number,
        envelopes=one.envelopes,
        label=label,
        unit=unit,
        received_on=origin.received_on,
        told=words,
        text=folded(f"{words}\n{unit}\n{label}\n{plain}"),
        marks=marks_of(folded("\n".join(told.letters))),
    )
