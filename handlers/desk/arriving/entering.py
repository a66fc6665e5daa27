"""Letters, calls and visits, entered by a member: sealed like any tip, with a receipt code for whoever came."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.errors import BadSeal, CannotStore, Reason, Refused
from domain.ids import RoundId, TeamId, TipId, new_id
from domain.rounds import Round, Team, Unit
from domain.tips import Lane, Tip
from domain.words import gist
from handlers.conversation.talk import File, Part, PartKind
from handlers.desk.arriving.entry_form import Entry
from handlers.desk.arriving.fold import fold_tip
from handlers.desk.labels import number_label
from handlers.desk.locking.keyring import Held, team_key
from handlers.desk.mine import check_mine
from handlers.desk.team.key_holders import key_differs
from handlers.founding import name_files, new_tip
from handlers.intake.recipients import check_served, statement_of
from handlers.letters import Letter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.intake import tips
from storage.office import rounds, teams, units
from storage.store import Conflict, Tx
from vault.keys import check_statement, reporter_hash
from vault.receipts import Receipt, code_for, derive
from vault.seal import Holder

Files = Sequence[tuple[PartKind, File]]
"""Files that are kept already, with what each of them is."""

ENTER = "enter"
"""What the audit calls entering a tip by hand."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a member enters something: their team, its round, and the places it may be about."""

    team: Team
    round: Round
    units: tuple[Unit, ...]
    key: Held


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for whoever came. `again`: this very form was handed in before, and nothing was added now."""

    tip_id: TipId
    label: str
    received_on: date
    team: Team
    code: str
    again: bool


async def desk_of(services: DeskServices, session: Session, team_id: TeamId) -> Desk:
    """Raises `Refused`: UNKNOWN for a team that is not mine, NOT_ALLOWED (`no-key`, `team-key-differs`)."""
    check_mine(session, team_id)
    team = await services.store.read(lambda tx: teams.get_team(tx, team_id))
    key = await _trusted(services, session, team)

    def load(tx: Tx) -> Desk:
        round_ = rounds.get_round(tx, team.round_id)
        return Desk(team, round_, units_of(tx, round_, team), key)

    return await services.store.read(load)


async def mint(services: DeskServices, session: Session, round_id: RoundId, form_id: bytes) -> Receipt:
    """The receipt of a form: the same for the same member and form, so that handing it in twice enters one tip.

    Takes 19 MiB and a core for a tenth of a second: one at a time. Raises `CannotStore` once the round was destroyed.
    """
    pepper = services.secrets.pepper(round_id)
    if pepper is None:
        raise CannotStore("the round has no pepper")
    code = code_for(session.seed, form_id)
    return Receipt(code, await asyncio.to_thread(derive, code, services.intake.salt, pepper))


async def enter(
    services: DeskServices, session: Session, desk: Desk, entry: Entry, *, receipt: Receipt, files: Files
) -> Slip:
    """Seals and stores the entry as a tip of the team, with a number at once.

    Raises `Refused(STALE)` when the team's key changed since the form was sent, and `CannotStore`.
    """
    tip, letter = _tip(session, desk, entry, receipt), _letter(services, entry, receipt, files)
    holder = Holder(desk.key.key.id, desk.key.key.public)
    writes = [*new_tip(tip, letter, gist(next(iter(entry.parts), "")), [holder]), name_files(tip, 1, letter.parts)]
    deed = trail.Deed(tip.office_id, session.member_id, ENTER, "tip", tip.id)

    def store(tx: Tx) -> None:
        check_served(tx, desk.round.id, desk.team.id, desk.key.key.id)
        for write in writes:
            write(tx)
        fold_tip(tx, services, tip)
        trail.note(tx, services, deed)

    try:
        await services.store.write(store)
    except Conflict:
        return await _before(services, desk, receipt)
    services.nudge()
    return await services.store.read(lambda tx: _slip(tx, desk, tip, receipt, again=False))


def units_of(tx: Tx, round_: Round, team: Team) -> tuple[Unit, ...]:
    """The team's units and what lies below them, without what another team has there; by path.

    A team without units, the round's recusal queue or its unrouted one, may name any.
    """
    assigned = {
        unit.id: one.id
        for one in teams.list_teams(tx, round_.id)
        for unit in teams.units_of_team(tx, round_.id, one.id)
    }
    tree = units.list_units(tx, round_.office_id)
    if team.id not in assigned.values():
        return tuple(tree)
    owner: dict[bytes | None, TeamId | None] = {None: None}
    for unit in tree:  # a path stands before those below it
        owner[unit.id] = assigned.get(unit.id, owner.get(unit.parent_id))
    return tuple(unit for unit in tree if owner[unit.id] == team.id)


async def _before(services: DeskServices, desk: Desk, receipt: Receipt) -> Slip:
    """The slip of a form that was handed in before. Raises `Conflict` when it was not."""

    def load(tx: Tx) -> Slip:
        tip = tips.tip_by_receipt(tx, desk.round.id, receipt.key.tag)
        if tip is None or tip.first_team_id != desk.team.id:
            raise Conflict
        return _slip(tx, desk, tip, receipt, again=True)

    return await services.store.read(load)


def _slip(tx: Tx, desk: Desk, tip: Tip, receipt: Receipt, *, again: bool) -> Slip:
    row = work.get_work(tx, tip.round_id, tip.id)
    team = teams.get_team(tx, row.team_id)
    return Slip(tip.id, number_label(team, row.number), tip.received_on, desk.team, receipt.code, again)


async def _trusted(services: DeskServices, session: Session, team: Team) -> Held:
    """The team's key as I hold it, once the office vouches for it and the intake is served the same."""
    key = await team_key(services, session, team.round_id, team.id)
    office = services.intake.office_verify(session.office_id)
    statement = statement_of(key.key)
    try:
        if office is None:
            raise BadSeal("unknown office")
        # After its last day too: what the intake may no longer seal to, colleagues still read and write.
        check_statement(office, statement, key.key.signature or b"", statement.not_after)
    except BadSeal:
        raise Refused(Reason.NOT_ALLOWED, "team-key-differs") from None
    if await key_differs(services, session, team.id):
        raise Refused(Reason.NOT_ALLOWED, "team-key-differs")
    return key


def _tip(session: Session, desk: Desk, entry: Entry, receipt: Receipt) -> Tip:
    return Tip(
        round_id=desk.round.id,
        id=TipId(new_id()),
        office_id=session.office_id,
        first_team_id=desk.team.id,
        unit_id=entry.unit.id if entry.unit else None,
        card_batch_id=None,
        channel=entry.channel,
        kind=entry.kind,
        lane=Lane.MAIN,
        late=entry.received_on > desk.round.ends_at.date(),
        received_on=entry.received_on,
        receipt_tag=receipt.key.tag,
        reply_public=receipt.key.half.public,
        entered_by=session.member_id,
    )


def _letter(services: DeskServices, entry: Entry, receipt: Receipt, files: Sequence[tuple[PartKind, File]]) -> Letter:
    said = [(PartKind.TEXT, text, None) for text in entry.parts]
    shown = [(kind, "", file) for kind, file in files]
    parts = tuple(Part(seq, *one) for seq, one in enumerate([*said, *shown], start=1))
    return Letter(
        parts=parts,
        minute=_minute(services.clock(), entry.received_on),
        reporter_hash=reporter_hash(receipt.key.half.public).hex(),
        place=entry.unit.name if entry.unit else "",
        identity=entry.identity,
        name=entry.name,
        phone=entry.phone,
    )


def _minute(now: datetime, received_on: date) -> str:
    """Now, for what came today; of an earlier day nobody knows the hour, and it stands at midnight."""
    moment = now if received_on == now.date() else datetime.combine(received_on, time(), now.tzinfo)
    return moment.isoformat(timespec="minutes")
