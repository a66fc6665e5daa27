"""A director opens a round: every team gets a key, signed by the office, sealed to its members, and then forgotten."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import Role, Round, RoundState
from handlers.office.keys.opening_keys import Made, office_signer, team_keys
from handlers.office.plan import gaps, mine
from handlers.office.plan.framing import check_free
from handlers.office.rounds import checklist
from handlers.office.rounds.checklist import Item
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import cards, printing, rounds
from storage.people import escrows, keys
from storage.store import Tx
from vault.keys import public_half

_DETAILS = {Item.TEAMS: "team-not-ready", Item.WINDOW: "window-over"}
"""What a refusal is called where it is not simply `opening-` and the line of the list."""


async def open_round(services: DeskServices, session: Session, round_id: RoundId) -> None:
    """Makes and signs the keys of all teams, hands the intake what it needs, and opens the round.

    Raises `Refused`: NOT_ALLOWED to anybody but a director who holds the office key (`director-only`,
    `no-office-key`, `office-key`), WRONG_STATE when the round is not planned (`round-not-planned`) or a line of its
    check list is missing (`window-over`, `team-not-ready`, `opening-units` and so on).
    """
    round_ = mine.planned(await _asked(services, session, round_id))
    _check_list(await checklist.check(services, round_))
    office_key, office_seed = await office_signer(services, session)
    pepper = services.secrets.new_round(round_id)  # with it comes R, which wraps the grants
    made = await team_keys(services, session, round_, office_key, office_seed)
    services.intake.pin_office(session.office_id, public_half(office_seed).verify)
    services.intake.put_pepper(round_id, pepper)

    def write(tx: Tx) -> None:
        _check_list(checklist.check_lines(tx, services, round_))
        _store(tx, made)
        rounds.set_round_state(tx, round_id, RoundState.OPEN, before=round_.version)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "open", "round", round_id))

    await services.store.write(write)


def _store(tx: Tx, made: list[Made]) -> None:
    for key, grants, kept in made:
        keys.insert_key(tx, key)
        for grant in grants:
            keys.insert_grant(tx, grant)
        if kept:
            escrows.insert_escrow(tx, kept)


def _check_list(lines: list[checklist.Line]) -> None:
    """Raises `Refused(WRONG_STATE)` for the first line that is missing; a window that is over comes before all."""
    missing = [line.item for line in lines if line.blocks]
    if missing:
        first = Item.WINDOW if Item.WINDOW in missing else missing[0]
        raise Refused(Reason.WRONG_STATE, _DETAILS.get(first, f"opening-{first}"))


async def waive_escrow(services: DeskServices, session: Session, round_id: RoundId, reason: str) -> None:
    """A director says why nobody keeps the teams' keys in this round, or takes it back with an empty reason.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`director-only`), WRONG_STATE (`round-not-planned`), BAD_INPUT (`why`).
    """
    round_ = await _asked(services, session, round_id)
    words = gaps.checked_reason(reason) if reason.strip() else ""
    act = "waive-escrow" if words else "want-escrow"

    def write(tx: Tx) -> None:
        mine.planned(mine.round_of(tx, session, round_id))
        rounds.set_settings(tx, replace(round_, escrow_waived=words))
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "round", round_id))

    await services.store.write(write)


async def close_round(services: DeskServices, session: Session, round_id: RoundId) -> None:
    """No new tip from now on; drafts under way are still taken, flagged late.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`director-only`), WRONG_STATE (`round-not-open`), STALE.
    """
    round_ = await _asked(services, session, round_id)
    if round_.state is not RoundState.OPEN:
        raise Refused(Reason.WRONG_STATE, "round-not-open")

    def write(tx: Tx) -> None:
        rounds.close_round(tx, round_, services.clock())
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "close", "round", round_id))

    await services.store.write(write)


async def extend_round(services: DeskServices, session: Session, round_id: RoundId, until: datetime) -> None:
    """The round takes tips until a later hour (aware). Cards that were printed go on saying the old one.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`director-only`), WRONG_STATE (`round-not-open`), BAD_INPUT
    (`extend-earlier`; `extend-too-far` past what the teams' keys are signed for), `Overlapping`.
    """
    round_ = await _asked(services, session, round_id)
    if round_.state is not RoundState.OPEN:
        raise Refused(Reason.WRONG_STATE, "round-not-open")
    if until <= max(round_.closes_at, services.clock()):
        raise Refused(Reason.BAD_INPUT, "extend-earlier")
    longer = replace(round_, closes_at=until)

    def write(tx: Tx) -> None:
        if until.date() > latest_end(tx, round_):
            raise Refused(Reason.BAD_INPUT, "extend-too-far")
        check_free(tx, longer)
        rounds.set_frame(tx, longer)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "extend", "round", round_id))

    await services.store.write(write)


def latest_end(tx: Tx, round_: Round) -> date:
    """The last day to which an open round may be extended.

    The teams' keys are signed up to the end of the retention that was planned; half of it stays for answering.
    """
    signed = [key.not_after for key in keys.round_team_keys(tx, round_.id) if key.not_after]
    return min(signed) - timedelta(days=round_.retention_days // 2) if signed else round_.closes_at.date()


async def extension_facts(services: DeskServices, round_: Round) -> tuple[int, date]:
    """How many cards in use were printed, which name the present end, and the last day there may be instead."""

    def load(tx: Tx) -> tuple[int, date]:
        printed = printing.printed_by_batch(tx, round_.id)
        in_use = (one.id for one in cards.list_batches(tx, round_.id) if one.in_use)
        return sum(printed.get(batch_id, 0) for batch_id in in_use), latest_end(tx, round_)

    return await services.store.read(load)


async def _asked(services: DeskServices, session: Session, round_id: RoundId) -> Round:
    """The round, to a director of its office. Raises `Refused`."""
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    return await services.store.read(lambda tx: mine.round_of(tx, session, round_id))
