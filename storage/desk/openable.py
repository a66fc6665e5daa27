"""What of a team's tips a set of keys opens, for many tips at once. Nothing here can be opened here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, cast, exists, func, select

from domain.ids import RoundId, Sealed, TeamId, TipId, UnitId
from domain.tips import State
from storage.intake.boxes import OF_ITS_BOX, BoxKind, SealedBox, SealedEnvelope
from storage.schema.boxes import box, envelope, holder
from storage.schema.tips import tip, tip_work, transfer
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Openable:
    """A tip that names one of the keys as its holder; `envelopes` for these keys lie beside its boxes."""

    tip_id: TipId
    number: int
    state: State
    envelopes: int


@dataclass(frozen=True, slots=True)
class Origin:
    """When a tip came, where it is said to be, and the reporter's public half that replies are bound to."""

    received_on: date
    unit_id: UnitId | None
    reply_public: bytes


def list_openable(
    tx: Tx, round_id: RoundId, team_id: TeamId, key_ids: Sequence[bytes], *, among: Sequence[TipId] | None = None
) -> list[Openable]:
    """The tips that stand with the team now and name one of the keys as a holder, newest first. `among`: only these."""
    mine = _openable(round_id, team_id, key_ids)
    if among is not None:
        mine = mine.where(tip_work.c.tip_id.in_(among))
    rows = tx.execute(mine.order_by(tip_work.c.number.desc()))
    return [Openable(TipId(tip_id), number, State(state), envelopes) for tip_id, number, state, envelopes in rows]


def extent_of(found: Sequence[Openable]) -> tuple[int, ...]:
    """Figures that stay equal while the same tips are openable with as many envelopes.

    A number is given out once, so a tip that comes never makes up for one that goes.
    """
    numbers = [one.number for one in found]
    squares, weighed = sum(n * n for n in numbers), sum(one.number * one.envelopes for one in found)
    return (len(numbers), sum(numbers), squares, weighed)


def read_extent(tx: Tx, round_id: RoundId, team_id: TeamId, key_ids: Sequence[bytes]) -> tuple[int, ...]:
    """`extent_of(list_openable(…))`, without the price of its rows."""
    mine = _openable(round_id, team_id, key_ids).subquery()
    number, envelopes = cast(mine.c.number, BigInteger), mine.c.envelopes
    figures = (func.count(), func.sum(number), func.sum(number * number), func.sum(number * envelopes))
    return tuple(int(one or 0) for one in tx.execute(select(*figures).select_from(mine)).one())


def _openable(round_id: RoundId, team_id: TeamId, key_ids: Sequence[bytes]) -> Select[Any]:
    theirs = (
        select(func.count())
        .where(envelope.c.round_id == tip_work.c.round_id, envelope.c.owner_id == tip_work.c.tip_id)
        .where(envelope.c.key_id.in_(key_ids))
        .scalar_subquery()
        .label("envelopes")
    )
    held = exists().where(
        holder.c.round_id == tip_work.c.round_id,
        holder.c.owner_id == tip_work.c.tip_id,
        holder.c.key_id.in_(key_ids),
    )
    columns = (tip_work.c.tip_id, tip_work.c.number, tip_work.c.state, theirs)
    return select(*columns).where((tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id) & held)


def messages_of(
    tx: Tx, round_id: RoundId, tip_ids: Sequence[TipId], key_ids: Sequence[bytes]
) -> list[tuple[SealedBox, SealedEnvelope]]:
    """All boxes of these tips but their headers, each with one envelope of the keys, by tip and `seq`."""
    rows = tx.execute(
        select(box.c.owner_id, box.c.seq, box.c.kind, box.c.body, envelope.c.key_id, envelope.c.sealed)
        .join(envelope, OF_ITS_BOX)
        .where(box.c.round_id == round_id, box.c.owner_id.in_(tip_ids), box.c.kind != BoxKind.HEADER)
        .where(envelope.c.key_id.in_(key_ids))
        .order_by(box.c.owner_id, box.c.seq)
    )
    # Of several envelopes of one box the last stays: each of them opens the same words.
    found = {
        (owner_id, seq): (
            SealedBox(round_id, TipId(owner_id), seq, BoxKind(kind), Sealed(body)),
            SealedEnvelope(seq, key_id, Sealed(sealed)),
        )
        for owner_id, seq, kind, body, key_id, sealed in rows
    }
    return list(found.values())


def origins_of(tx: Tx, round_id: RoundId, tip_ids: Sequence[TipId]) -> dict[TipId, Origin]:
    """Where these tips come from."""
    columns = (tip.c.id, tip.c.received_on, tip.c.unit_id, tip.c.reply_public)
    rows = tx.execute(select(*columns).where(tip.c.round_id == round_id, tip.c.id.in_(tip_ids)))
    return {
        TipId(tip_id): Origin(on, None if unit_id is None else UnitId(unit_id), public)
        for tip_id, on, unit_id, public in rows
    }


def passed_on(tx: Tx, round_id: RoundId, tip_ids: Sequence[TipId]) -> set[TipId]:
    """Those of these tips that ever went from one team to another."""
    steps = select(transfer.c.tip_id).where(transfer.c.round_id == round_id, transfer.c.tip_id.in_(tip_ids))
    return {TipId(one) for one in tx.execute(steps.distinct()).scalars()}
