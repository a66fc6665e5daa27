"""回避: a tip gets a key of its own that the member concerned does not hold, and the team's key opens it no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from domain.errors import Reason, Refused
from domain.ids import KeyId, MemberId, OfficeId, TipId, new_id
from handlers.desk.locking.keyring import make_grant
from handlers.desk.locking.resealing import reseal
from handlers.desk.locking.standing import Standing, check_holders, stand
from handlers.desk.mine import answers_for
from handlers.intake.recipients import subset_statement_of
from handlers.people import trail
from handlers.people.holders import readers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.people import audit, keys, members
from storage.people.keys import Grant, Key, KeyKind
from storage.store import Tx
from vault.keys import PublicHalf, new_seed, public_half, sign_statement

MARK = "recused"
"""What the audit calls the object of a recusal: see `recused_mark`."""


async def recuse(services: DeskServices, session: Session, tip_id: TipId, member_id: MemberId) -> None:
    """Takes the tip out of a colleague's reach: leaders and liaisons may name anybody, everybody themselves.

    What was read before cannot be taken back. A colleague without a key yet is marked: nobody gives them this tip's.
    Raises `Refused`: NOT_ALLOWED, UNKNOWN for somebody outside the team or recused already, WRONG_STATE
    (`last-reader`) when nobody would be left.
    """
    standing = await stand(services, session, tip_id)
    if member_id != session.member_id and not answers_for(session, standing.team.id):
        raise Refused(Reason.NOT_ALLOWED)
    able = await readers_now(services, standing)
    deed = trail.Deed(session.office_id, session.member_id, "recuse", "tip", tip_id)
    mark = replace(deed, object_kind=MARK, object_id=recused_mark(tip_id, member_id))
    if member_id not in {key.member_id for key in able}:
        await _mark_ahead(services, standing, member_id, (deed, mark))
    else:
        left = [key for key in able if key.member_id != member_id]
        await change_lock(services, session, standing, left, (deed, mark))


async def _mark_ahead(
    services: DeskServices, standing: Standing, member_id: MemberId, deeds: Collection[trail.Deed]
) -> None:
    """Remembers the recusal of a colleague who holds no key of the tip yet: who gives keys looks for the mark."""
    today = services.clock().date()

    def store(tx: Tx) -> None:
        check_holders(tx, standing)
        team = {one.id for one, _ in members.members_of_team(tx, standing.team.id, today)}
        if member_id not in team or is_recused(tx, standing.tip.office_id, standing.tip.id, member_id):
            raise Refused(Reason.UNKNOWN)
        for deed in deeds:
            trail.note(tx, services, deed)

    await services.store.write(store)


def recused_mark(tip_id: TipId, member_id: MemberId) -> bytes:
    """Names in the audit who was recused from what: a colleague with a new password must not be let in again."""
    return tip_id + member_id


def is_recused(tx: Tx, office_id: OfficeId, tip_id: TipId, member_id: MemberId) -> bool:
    """Whether the member was recused from the tip, in this team or in another that had it before."""
    return bool(audit.lines_about(tx, office_id, MARK, recused_mark(tip_id, member_id)))


async def readers_now(services: DeskServices, standing: Standing) -> list[Key]:
    """The own keys of the members who can read the tip."""
    today = services.clock().date()
    return await services.store.read(lambda tx: readers(tx, standing.mine.key, today))


async def change_lock(
    services: DeskServices, session: Session, standing: Standing, left: Sequence[Key], deeds: Collection[trail.Deed]
) -> None:
    """Gives the tip a fresh key for the owners of `left` alone, and writes `deeds` into the audit.

    Raises `Refused`: WRONG_STATE (`last-reader`) when nobody is left, STALE when the lock or who may read changed
    meanwhile, NOT_ALLOWED (`older-key`).
    """
    if not left:
        raise Refused(Reason.WRONG_STATE, "last-reader")
    tip, on = standing.tip, services.clock().date()
    older = await services.store.read(lambda tx: keys.subset_keys(tx, tip.round_id, tip.id))
    lock = new_lock(services, session, standing, left, tip_id=tip.id, generation=len(older) + 1)

    def store(tx: Tx) -> None:
        check_holders(tx, standing)
        if not {one.id for one in left} <= {one.id for one in readers(tx, standing.mine.key, on)}:
            raise Refused(Reason.STALE)
        lock.insert(tx)
        reseal(tx, standing, lock.key)
        _put_down(tx, standing, {one.member_id for one in left})
        for deed in deeds:
            trail.note(tx, services, deed)

    await services.store.write(store)


def _put_down(tx: Tx, standing: Standing, left: Collection[MemberId | None]) -> None:
    """Who cannot open the tip any more does not handle it either."""
    row = work.get_work(tx, standing.tip.round_id, standing.tip.id)
    if row.assignee_id is not None and row.assignee_id not in left:
        work.update_work(tx, replace(row, assignee_id=None, claim_until=None))


@dataclass(frozen=True, slots=True)
class NewLock:
    """A key for one tip alone, and the grants by which members hold it."""

    key: Key
    grants: tuple[Grant, ...] = field(repr=False)

    def insert(self, tx: Tx) -> None:
        keys.insert_key(tx, self.key)
        for one in self.grants:
            keys.insert_grant(tx, one)


def new_lock(
    services: DeskServices, session: Session, standing: Standing, able: Sequence[Key], *, tip_id: TipId, generation: int
) -> NewLock:
    """A fresh lock for the owners of `able`: of the tip that stands here, or of one that is made out of it."""
    seed, on = new_seed(), services.clock().date()
    key = _subset_key(standing, tip_id, public_half(seed), generation)
    return NewLock(key, tuple(make_grant(services, seed, key, one, by=session.member_id, on=on) for one in able))


def _subset_key(standing: Standing, tip_id: TipId, half: PublicHalf, generation: int) -> Key:
    """Vouched for by the team's key, so that the intake goes on sealing to it."""
    team = standing.team_key.key
    key = Key(
        id=KeyId(new_id()),
        office_id=team.office_id,
        kind=KeyKind.SUBSET,
        public=half.public,
        verify=half.verify,
        generation=generation,
        round_id=team.round_id,
        team_id=team.team_id,
        tip_id=tip_id,
        signer_key_id=team.id,
        not_after=team.not_after,
    )
    return replace(key, signature=sign_statement(standing.signer, subset_statement_of(key, team)))
