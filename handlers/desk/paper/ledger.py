"""台账: a team's tips of a round as xlsx. Masked it opens no letter; unmasked it says why, who and when."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from domain.errors import BadSeal, Reason, Refused
from domain.ids import MemberId, TeamId, TipId, UnitId
from domain.rounds import Round, Team, Unit
from domain.tips import Action
from handlers import letters
from handlers.conversation.talk import Identity
from handlers.desk.labels import full_name, number_label
from handlers.desk.locking.keyring import Held, keys_for
from handlers.desk.locking.opening import open_box
from handlers.desk.mine import check_mine
from handlers.desk.paper.words import (
    LED_BY,
    Speak,
    label,
    made_by,
    progress,
    round_name,
    speaker,
    today_in_words,
)
from handlers.desk.tip.attachments import Served
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import words_of
from handlers.services import DeskServices
from reports.ledger import Head, Row, ledger
from storage.desk import ledger as entries
from storage.desk.ledger import Entry
from storage.intake import boxes
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.office import rounds, teams, templates, units
from storage.office.templates import TemplateKind
from storage.people import members
from storage.store import Tx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GIST = 200
"""Characters of a letter that a ledger shows."""

_AT_ONCE = 500
"""Boxes read in one statement, so that the sealed letters of a whole round are never in memory together."""


class Purpose(StrEnum):
    """Why somebody takes out a ledger that says what was told and by whom; the audit keeps it."""

    REPORT = "report"
    CHECK = "check"
    HANDOVER = "handover"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a ledger shows of a sealed header or letter."""

    identity: Identity
    gist: str = ""
    name: str = ""
    phone: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that stands in the clear."""

    team: Team
    round: Round
    entries: Sequence[Entry]
    reasons: Mapping[tuple[TipId, Action], str]
    units: Mapping[UnitId, Unit]
    names: Mapping[MemberId, str]
    template: bytes | None


@dataclass(frozen=True, slots=True)
class _Table:
    """What the rows are made of. `named`: they say what was told and by whom."""

    found: _Found
    told: Mapping[TipId, _Told | None]
    speak: Speak
    named: bool


async def make_ledger(
    services: DeskServices, session: Session, team_id: TeamId, *, purpose: str | None = None, lang: str = "zh"
) -> Served:
    """The ledger of my team. Without `purpose` it hides what was told, names and telephones.

    Raises `Refused`: UNKNOWN for a team that is not mine, BAD_INPUT (`reason`) for no known purpose.
    """
    check_mine(session, team_id)
    if purpose is not None and purpose not in set(Purpose):
        raise Refused(Reason.BAD_INPUT, "reason")
    held, speak = await keys_for(services, session, team_id), speaker(lang)
    found = await services.store.read(lambda tx: _find(tx, session, team_id))
    kind = BoxKind.HEADER if purpose is None else BoxKind.IN
    told = await _open_all(services, held, found, kind)
    mark = "" if purpose is None else _mark(services, session, speak, Purpose(purpose))
    head = Head(found.team.name, round_name(speak, found.round), today_in_words(services, speak), len(told), mark)
    data = await asyncio.to_thread(_make, _Table(found, told, speak, named=purpose is not None), head)
    act = "export" if purpose is None else f"export-{purpose}"
    deed = trail.Deed(session.office_id, session.member_id, act, "team", team_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    name = speak("paper-ledger-file", team=found.team.name, day=services.clock().date().isoformat())
    return Served(data, XLSX, f"{name}.xlsx", inline=False)


def _find(tx: Tx, session: Session, team_id: TeamId) -> _Found:
    team = teams.get_team(tx, team_id)
    return _Found(
        team=team,
        round=rounds.get_round(tx, team.round_id),
        entries=entries.list_entries(tx, team.round_id, team_id),
        reasons=entries.last_reasons(tx, team.round_id, team_id, set(LED_BY.values())),
        units={one.id: one for one in units.list_units(tx, session.office_id)},
        names={one.id: one.name for one in members.list_members(tx, session.office_id)},
        template=templates.get_template(tx, session.office_id, TemplateKind.LEDGER),
    )


async def _open_all(
    services: DeskServices, held: list[Held], found: _Found, kind: BoxKind
) -> dict[TipId, _Told | None]:
    """By tip what its header or its first letter says; None where I hold no key that opens it."""
    by_id: dict[bytes, Held] = {one.key.id: one for one in held}
    told: dict[TipId, _Told | None] = dict.fromkeys(one.tip_id for one in found.entries)
    waiting = list(told)
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        mine = partial(boxes.boxes_for, round_id=found.round.id, owner_ids=some, kind=kind, holder_ids=list(by_id))
        sealed = await services.store.read(mine)
        told |= await asyncio.to_thread(_open_some, by_id, sealed)
    return told


def _open_some(by_id: Mapping[bytes, Held], sealed: Sequence[tuple[SealedBox, SealedEnvelope]]) -> dict[TipId, _Told]:
    opened: dict[TipId, _Told] = {}
    first: dict[TipId, int] = {}
    for box, envelope in sealed:
        if first.setdefault(box.owner_id, box.seq) != box.seq:
            continue  # what the reporter added later
        with suppress(BadSeal):  # changed, or none of ours: shown as one that cannot be opened
            opened[box.owner_id] = _told(box.kind, open_box(by_id[envelope.holder_id], box, envelope))
    return opened


def _told(kind: BoxKind, plain: bytes) -> _Told:
    if kind is BoxKind.HEADER:
        return _Told(letters.decode_header(plain).identity)
    letter = letters.decode_letter(plain)
    line = " ".join(words_of(letter.parts).split())
    gist = line if len(line) <= GIST else line[: GIST - 1] + "…"
    return _Told(letter.identity, gist, letter.name, letter.phone, letter.place_text)


def _make(table: _Table, head: Head) -> bytes:
    """Takes seconds for thousands of tips: call it in a thread."""
    rows = [_row(table, place, one) for place, one in enumerate(table.found.entries, start=1)]
    return ledger(head, rows, table.found.template, named=table.named)


def _row(table: _Table, place: int, one: Entry) -> Row:
    speak, told = table.speak, table.told[one.tip_id]
    shown = told if table.named else None
    hidden = speak("paper-hidden") if not table.named else speak("paper-closed")
    reason = table.found.reasons.get((one.tip_id, LED_BY[one.state]), "") if one.state in LED_BY else ""
    return Row(
        place=place,
        label=number_label(table.found.team, one.number),
        received_on=one.received_on,
        channel=label(speak, "channel", one.channel),
        identity=label(speak, "identity", told.identity) if told else "",
        name=shown.name if shown else hidden,
        phone=shown.phone if shown else hidden,
        unit=_place(table.found, one) or (shown.place if shown else "") or speak("desk-no-unit"),
        kind=label(speak, "kind", one.kind),
        gist=(shown.gist or speak("desk-no-words")) if shown else hidden,
        progress=progress(speak, one.state, reason),
        resolved_on=one.resolved_on,
        cleared_on=one.cleared_on,
        assignee=table.found.names.get(one.assignee_id, "") if one.assignee_id else "",
    )


def _place(found: _Found, one: Entry) -> str:
    return full_name(found.units[one.unit_id]) if one.unit_id else ""


def _mark(services: DeskServices, session: Session, speak: Speak, purpose: Purpose) -> str:
    return speak(
        "paper-ledger-mark",
        made=made_by(services, session.name, speak),
        purpose=speak(f"paper-purpose-{purpose}"),
    )
