"""Taking keys away from tips: their envelopes go, and new boxes are no longer sealed to them. And who was recused."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from domain.ids import KeyId, OfficeId, RoundId, TeamId, TipId
from storage.schema.boxes import envelope, holder
from storage.schema.counting import audit
from storage.schema.people import key
from storage.schema.tips import tip_work
from storage.store import Tx


def keep_holder(tx: Tx, round_id: RoundId, tip_id: TipId, key_id: KeyId, *, besides: Collection[bytes]) -> None:
    """Makes `key_id` the tip's only holder; envelopes for any other key but those of `besides` are deleted."""
    others = envelope.c.key_id.not_in({key_id, *besides})
    tx.execute(delete(envelope).where(envelope.c.round_id == round_id, envelope.c.owner_id == tip_id, others))
    tx.execute(
        delete(holder).where(holder.c.round_id == round_id, holder.c.owner_id == tip_id, holder.c.key_id != key_id)
    )


def change_holder(tx: Tx, round_id: RoundId, old: Collection[KeyId], new: KeyId) -> None:
    """New boxes of every tip that one of `old` holds are sealed to `new` instead; what is there stays readable."""
    tx.execute(update(holder).where(holder.c.round_id == round_id, holder.c.key_id.in_(old)).values(key_id=new))


def list_held(tx: Tx, round_id: RoundId, team_id: TeamId, *, locked: bool) -> dict[TipId, KeyId]:
    """The team's tips by number, each with the key that holds it: those under a lock of their own, or the others."""
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    held = select(holder.c.owner_id, holder.c.key_id).join(key, key.c.id == holder.c.key_id)
    joined = held.join(tip_work, (tip_work.c.tip_id == holder.c.owner_id) & (tip_work.c.round_id == holder.c.round_id))
    kind = key.c.tip_id.is_not(None) if locked else key.c.tip_id.is_(None)
    rows = tx.execute(joined.where(of_team, kind).order_by(tip_work.c.number))
    return {TipId(tip_id): KeyId(key_id) for tip_id, key_id in rows}


def list_marks(tx: Tx, office_id: OfficeId, object_kind: str) -> list[bytes]:
    """The ids of everything of one kind that the audit names, each once."""
    named = select(audit.c.object_id).where(audit.c.office_id == office_id, audit.c.object_kind == object_kind)
    return [bytes(one) for one in tx.execute(named.distinct()).scalars()]
