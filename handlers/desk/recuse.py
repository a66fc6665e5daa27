"""回避: a tip gets a key of its own that the member concerned does not hold, and the team's key opens it no more."""

from dataclasses import replace

from domain.errors import Reason, Refused
from domain.ids import KeyId, MemberId, TeamId, TipId, new_id
from domain.rounds import Role
from handlers.desk.keyring import make_grant
from handlers.desk.standing import Standing, check_holders, stand
from handlers.intake.recipients import subset_statement_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import box_context
from handlers.services import DeskServices
from storage import boxes, keys, members, recusals
from storage.boxes import SealedEnvelope
from storage.keys import Key, KeyKind
from storage.members import MemberState
from storage.store import Tx
from vault.keys import PublicHalf, new_seed, public_half, sign_statement
from vault.open import share
from vault.seal import Holder

_MAY_NAME_OTHERS = frozenset({Role.LEADER, Role.LIAISON})


async def recuse(services: DeskServices, session: Session, tip_id: TipId, member_id: MemberId) -> None:
    """Takes the tip out of a colleague's reach: leaders and liaisons may name anybody, everybody themselves.

    What was read before cannot be taken back. Raises `Refused`: NOT_ALLOWED, UNKNOWN when the member cannot read the
    tip anyway, WRONG_STATE (`last-reader`) when nobody would be left.
    """
    standing = await stand(services, session, tip_id)
    if member_id != session.member_id and not may_name_others(session, standing.team.id):
        raise Refused(Reason.NOT_ALLOWED)
    readers = await services.store.read(lambda tx: _readers(tx, standing.mine.key))
    if member_id not in {key.member_id for key in readers}:
        raise Refused(Reason.UNKNOWN)
    left = [key for key in readers if key.member_id != member_id]
    if not left:
        raise Refused(Reason.WRONG_STATE, "last-reader")
    await _change_lock(services, session, standing, left, member_id)


def may_name_others(session: Session, team_id: TeamId) -> bool:
    """Whether a seat in that very team lets me name a colleague."""
    return not session.roles_in(team_id).isdisjoint(_MAY_NAME_OTHERS)


def recused_mark(tip_id: TipId, member_id: MemberId) -> bytes:
    """Names in the audit who was recused from what: a colleague with a new password must not be let in again."""
    return tip_id + member_id


async def _change_lock(
    services: DeskServices, session: Session, standing: Standing, left: list[Key], member_id: MemberId
) -> None:
    seed, tip = new_seed(), standing.tip
    older = await services.store.read(lambda tx: keys.subset_keys(tx, tip.round_id, tip.id))
    key = _signed(standing, public_half(seed), generation=len(older) + 1)
    on = services.clock().date()
    grants = [make_grant(services, seed, key, holder, by=session.member_id, on=on) for holder in left]
    deed = trail.Deed(session.office_id, session.member_id, "recuse", "tip", tip.id)
    mark = replace(deed, object_kind="recused", object_id=recused_mark(tip.id, member_id))

    def store(tx: Tx) -> None:
        check_holders(tx, standing)
        keys.insert_key(tx, key)
        for grant in grants:
            keys.insert_grant(tx, grant)
        _reseal(tx, standing, key)
        trail.note(tx, services, deed)
        trail.note(tx, services, mark)

    await services.store.write(store)


def _reseal(tx: Tx, standing: Standing, key: Key) -> None:
    """Inside the transaction: what the reporter adds meanwhile is shared here, or sealed to the new key at once."""
    tip = standing.tip
    for envelope in _shared(tx, standing, Holder(key.id, key.public)):
        boxes.insert_envelope(tx, tip.round_id, tip.id, envelope)
    for old in {one.id for one in standing.holders} | {one.key.id for one in standing.held}:
        recusals.drop_holder(tx, tip.round_id, tip.id, old)
    boxes.insert_holder(tx, tip.round_id, tip.id, key.id)


def _shared(tx: Tx, standing: Standing, holder: Holder) -> list[SealedEnvelope]:
    """An envelope for `holder` to every box that a key of mine opens."""
    tip, mine = standing.tip, {one.key.id: one for one in standing.held}
    kinds = {box.seq: box.kind for box in boxes.list_boxes(tx, tip.round_id, tip.id)}
    shared = []
    for one in boxes.list_envelopes(tx, tip.round_id, tip.id):
        key = mine.get(KeyId(one.holder_id))
        if key is None:
            continue
        context = box_context(kinds[one.seq], tip.round_id, tip.id, one.seq)
        made = share(key.open, one.holder_id, one.sealed, context, holder)
        shared.append(SealedEnvelope(one.seq, made.holder_id, made.sealed))
    return shared


def _signed(standing: Standing, half: PublicHalf, generation: int) -> Key:
    """The new key, vouched for by the team's, so that the intake goes on sealing to it."""
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
        tip_id=standing.tip.id,
        signer_key_id=team.id,
        not_after=team.not_after,
    )
    return replace(key, signature=sign_statement(standing.signer, subset_statement_of(key, team)))


def _readers(tx: Tx, key: Key) -> list[Key]:
    """The own keys, not retired, of members who hold `key`."""
    found = [keys.get_key(tx, given.holder_key_id) for given in keys.grants_of(tx, key.id)]
    return [one for one in found if one.retired_on is None and _is_active(tx, one.member_id)]


def _is_active(tx: Tx, member_id: MemberId | None) -> bool:
    return member_id is not None and members.get_member(tx, member_id).state is MemberState.ACTIVE
