"""Tips opened for the index, with every check of the tip's own page: what was changed or forged is not found."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from domain.errors import BadSeal
from domain.ids import TipId, UnitId
from domain.rounds import Team
from handlers import letters
from handlers.desk.finding.index import Entry
from handlers.desk.finding.matching import folded
from handlers.desk.finding.pace import unhurried
from handlers.desk.labels import number_label
from handlers.desk.locking.keyring import Held
from handlers.desk.locking.opening import open_box, open_letter
from handlers.desk.writing.messages import decode_note
from handlers.letters import Letter
from handlers.sealing import words_of
from storage.desk.openable import Openable, Origin
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope


@dataclass(frozen=True, slots=True)
class Batch:
    """Some tips of one team as the database has them, and what opens them.

    `own` checks what the team signed, made from seeds that I hold; `signers` also what others signed that had the tip.
    """

    team: Team
    tips: Sequence[Openable]
    origins: Mapping[TipId, Origin]
    places: Mapping[UnitId, str]
    boxes: Sequence[tuple[SealedBox, SealedEnvelope]]
    keys: Mapping[bytes, Held] = field(repr=False)
    own: Sequence[bytes]
    signers: Mapping[TipId, Sequence[bytes]]


@dataclass(slots=True)
class _Told:
    """What one tip says: the reporter's letters, and all the other lines. Not `opened`: no box of it could be read."""

    letters: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)  # found, but not shown
    opened: bool = False


def entries_of(batch: Batch) -> dict[TipId, Entry]:
    """The tips, read. Some 0.15 ms a box: for a thread of its own."""
    told = {one.tip_id: _Told() for one in batch.tips}
    for box, envelope in unhurried(batch.boxes):
        with suppress(BadSeal):  # changed or forged
            _hear(batch, box, envelope, told[box.owner_id])
    return {one.tip_id: _entry(batch, one, told[one.tip_id]) for one in batch.tips if one.tip_id in batch.origins}


def _hear(batch: Batch, box: SealedBox, envelope: SealedEnvelope, told: _Told) -> None:
    key = batch.keys[envelope.holder_id]
    match box.kind:
        case BoxKind.IN:
            letter = letters.decode_letter(open_box(key, box, envelope))
            told.letters.append(words_of(letter.parts))
            told.rest += _person(letter)
            told.typed.append("".join(filter(str.isalnum, letter.phone)))  # as somebody may type it
        case BoxKind.OUT:
            signers, reporter = batch.signers.get(box.owner_id, batch.own), batch.origins[box.owner_id].reply_public
            plain = open_letter(key, box, envelope, signers=signers, reporter_public=reporter)
            told.rest.append(letters.decode_team_letter(plain).text)
        case BoxKind.NOTE:
            told.rest.append(decode_note(open_box(key, box, envelope)).text)
        case BoxKind.HEADER:
            pass  # its line is the beginning of the first letter
    told.opened = True


def _person(letter: Letter) -> list[str]:
    """Who wrote, and where it is in their own words."""
    return [one for one in (letter.place_text, f"{letter.name} {letter.phone}") if one.strip()]


def _entry(batch: Batch, one: Openable, told: _Told) -> Entry:
    origin, label = batch.origins[one.tip_id], number_label(batch.team, one.number)
    unit = batch.places[origin.unit_id] if origin.unit_id else ""
    text = folded("\n".join(told.letters))
    rest = (*told.rest, *told.typed, unit, label, f"{label.split('-')[0]}-{one.number}")  # 3-12 beside 3-0012
    return Entry(
        tip_id=one.tip_id,
        number=one.number,
        envelopes=one.envelopes,
        label=label,
        unit=unit,
        received_on=origin.received_on,
        told="\n".join(" ".join(part.split()) for part in (*told.letters, *told.rest)),
        text="\n".join((text, folded("\n".join(rest)))) if told.opened else "",
        letters=len(text),
    )
