"""A team's key of the next generation: signed by the office, given to those who hold the present one and are there."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId, MemberId, TeamId, new_id
from domain.rounds import Role, Round, Team, TeamKind
from handlers.desk.locking.keyring import make_grant
from handlers.desk.locking.relocking import recused_tips
from handlers.intake.recipients import check_lock, statement_of, subset_statement_of
from handlers.office.keys import escrow
from handlers.office.keys.opening_keys import able_holders, office_signer, signed_key
from handlers.people import trail
from handlers.people.holders import readers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import LANGUAGES, say
from storage.desk import recusals
from storage.office import planned, reminders, rounds, teams
from storage.office.reminders import Reminder
from storage.people import escrows, keys, members
from storage.people.escrows import Escrow
from storage.people.keys import Grant, Key
from storage.people.members import MemberState
from storage.store import Tx
from vault.keys import Seed, new_seed, public_half, sign_statement


@dataclass(frozen=True, slots=True)
class Outdated:
    """A team whose present key `names` hold, who belong to it no more: what comes in now, they could still open."""

    team: Team
    round: Round
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A team and the key that the intake seals to."""

    team: Team
    round: Round
    key: Key


@dataclass(frozen=True, slots=True)
class Fresh:
    """The next generation of `old`, made and not stored yet. `kept`: what the custodians of today keep of it."""

    old: Served
    key: Key
    grants: tuple[Grant, ...]
    kept: Escrow | None
    seed: Seed = field(repr=False)


async def list_outdated(services: DeskServices, session: Session) -> list[Outdated]:
    """The teams whose key a director must change, of the latest round first. All are asked about at once."""
    today = services.clock().date()

    def load(tx: Tx) -> list[Outdated]:
        served, known = served_keys(tx, services, session), members.list_members(tx, session.office_id)
        seated, held = planned.people_by_team(tx, session.office_id, today), defaultdict(set)
        for key_id, own in keys.held_by(tx, [one.key.id for one in served]):
            held[key_id].add(own.member_id)
        found = []
        for one in served:
            there = {who.id for who, _ in seated.get(one.team.id, ()) if who.state is not MemberState.DISABLED}
            gone = [who.name for who in known if who.id in held[one.key.id] - there]
            found += [Outdated(one.team, one.round, tuple(gone))] if gone else []
        return found

    return await services.store.read(load)


async def rotate(services: DeskServices, session: Session, team_id: TeamId) -> None:
    """Changes a team's key.

    Raises `Refused`: NOT_ALLOWED to anybody but a director who holds the office key (`director-only`,
    `no-office-key`, `office-key`), UNKNOWN for a team without a key, WRONG_STATE (`nobody-left`), STALE when a grant
    or another change of the key was faster.
    """
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    found = await services.store.read(lambda tx: served_keys(tx, services, session))
    fresh = await make_fresh(services, session, [one for one in found if one.team.id == team_id])
    if not any(one.team.id == team_id for one in found):
        raise Refused(Reason.UNKNOWN)
    if not fresh:
        raise Refused(Reason.WRONG_STATE, "nobody-left")
    await services.store.write(lambda tx: enter_fresh(tx, services, session, fresh))
    note_fresh(services, fresh)


def served_keys(tx: Tx, services: DeskServices, session: Session) -> list[Served]:
    """Every team's present key in my office, without the rounds whose secret was destroyed."""
    listed = [row for row in rounds.list_rounds(tx, session.office_id) if services.secrets.round_secret(row.id)]
    made = keys.present_keys(tx, [row.id for row in listed])
    return [
        Served(team, row, made[team.id]) for row in listed for team in teams.list_teams(tx, row.id) if team.id in made
    ]


async def make_fresh(
    services: DeskServices, session: Session, old: Collection[Served], *, but: MemberId | None = None
) -> list[Fresh]:
    """The next key of each of these teams, for everybody but one member; none for a team where nobody would hold it.

    Raises `Refused(NOT_ALLOWED)`: `no-office-key`, `office-key`.
    """
    if not old:
        return []
    office_key, office_seed = await office_signer(services, session)
    if services.intake.office_verify(session.office_id) != public_half(office_seed).verify:
        raise Refused(Reason.NOT_ALLOWED, "office-key")
    held = await services.store.read(lambda tx: [_receivers(tx, services, one, but) for one in old])
    office = (office_key.id, office_seed)
    return [_fresh(services, session, one, office, to) for one, to in zip(old, held, strict=True) if to.holders]


def enter_fresh(tx: Tx, services: DeskServices, session: Session, fresh: Collection[Fresh]) -> None:
    """Stores them; from here on nothing is sealed to the old ones. Raises `Refused(STALE)`: make them anew."""
    for one in fresh:
        round_id, team = one.old.round.id, one.old.team
        older = keys.team_keys(tx, round_id, team.id)
        there = {holder.id for holder in _holders(tx, services, one.old)}
        if older[0].id != one.old.key.id or there != {grant.holder_key_id for grant in one.grants}:
            raise Refused(Reason.STALE)
        keys.insert_key(tx, one.key)
        for grant in one.grants:
            keys.insert_grant(tx, grant)
        if one.kept:
            escrows.insert_escrow(tx, one.kept)
            _tell_of_custodians(tx, services, session, one, older)
        recusals.change_holder(tx, round_id, [row.id for row in older], one.key.id)
        _sign_locks(tx, services, one, older)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "rotate", "team", team.id))


def note_fresh(services: DeskServices, fresh: Collection[Fresh]) -> None:
    """Once they are stored: the intake takes no older key of these teams any more, whatever the database says."""
    for one in fresh:
        services.intake.note_generation(one.old.team.id, one.key.generation)


def _tell_of_custodians(tx: Tx, services: DeskServices, session: Session, fresh: Fresh, older: list[Key]) -> None:
    """On the team's desk: who keeps its key now by an own key that did not keep the last one that was kept.

    One newcomer is told as well as two: a director who changes them one after the other ends with two of his own.
    """
    rows = escrows.list_escrows(tx, [key.id for key in older])
    last = next((rows[key.id] for key in older if key.id in rows), None)
    before = {last.first_key_id, last.second_key_id} if last else set()
    now = [] if fresh.kept is None else [fresh.kept.first_key_id, fresh.kept.second_key_id]
    owners = (keys.get_key(tx, key_id).member_id for key_id in now if key_id not in before)
    names = [members.get_member(tx, who).name for who in owners if who is not None]
    if not names:
        return
    on, team, lang = services.clock().date(), fresh.old.team, LANGUAGES[0]
    body = say(lang, "escrow-others-keep", day=on, names=say(lang, "office-comma").join(names))
    reminders.insert_reminder(tx, Reminder(new_id(), team.round_id, team.id, session.member_id, on, body, urges=False))


@dataclass(frozen=True, slots=True)
class _Receivers:
    """Who is to hold a key, and who keeps it."""

    holders: list[Key]
    pair: escrow.Pair | None


def _receivers(tx: Tx, services: DeskServices, old: Served, but: MemberId | None) -> _Receivers:
    pair = escrow.pair_for(tx, old.round, services.clock().date())
    return _Receivers(_holders(tx, services, old, but), pair)


def _fresh(services: DeskServices, session: Session, old: Served, office: tuple[KeyId, Seed], to: _Receivers) -> Fresh:
    seed, today, generation = new_seed(), services.clock().date(), old.key.generation + 1
    key = signed_key(old.round, old.team, *office, half=public_half(seed), generation=generation)
    grants = (make_grant(services, seed, key, holder, by=session.member_id, on=today) for holder in to.holders)
    return Fresh(old, key, tuple(grants), escrow.keep(services, seed, key, old.team, to.pair), seed)


def _sign_locks(tx: Tx, services: DeskServices, fresh: Fresh, older: list[Key]) -> None:
    """The new key vouches for the locks that the older ones made; a leaver, who holds those still, can make no more."""
    signers = {row.id: row for row in older}
    for key_id in recusals.list_held(tx, fresh.old.round.id, fresh.old.team.id, locked=True).values():
        lock = keys.get_key(tx, key_id)
        signer = signers.get(lock.signer_key_id) if lock.signer_key_id else None
        try:
            if signer is None:
                raise BadSeal("no key of this team")
            check_lock(services.intake, lock, signer, min(statement_of(signer).not_after, statement_of(lock).not_after))
        except BadSeal:
            continue  # a forged one: nothing is sealed to it from here on
        keys.sign_anew(tx, key_id, fresh.key.id, sign_statement(fresh.seed, subset_statement_of(lock, fresh.key)))


def _holders(tx: Tx, services: DeskServices, old: Served, but: MemberId | None = None) -> list[Key]:
    """Own keys of those who are to hold the next generation: nobody who was not given the present one by a holder.

    Where no holder is left, a team begins anew with whoever is there, as when its round opened; the recusal team does
    not, for the office would choose its readers.
    """
    today, team = services.clock().date(), old.team
    held = [one for one in readers(tx, old.key, today) if one.member_id != but]
    if held or team.kind is TeamKind.RECUSAL:
        return held
    seated, own = members.members_of_team(tx, team.id, today), keys.own_keys(tx, old.round.office_id)
    able = [one for one in able_holders(seated, own) if one.member_id != but]
    return [one for one in able if one.member_id and not recused_tips(tx, old.round.office_id, team.id, one.member_id)]
