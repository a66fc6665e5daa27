"""Numbers the office may see, kept as rows move instead of counted on reading. A day is the finest time."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, select

from domain.figures import UNFINISHED, Case, Cell, Cells, Sheet, cells
from domain.ids import BatchId, RoundId, TeamId, TipId, UnitId
from domain.rounds import TeamKind
from domain.rules import RULES
from domain.tips import Action, Channel, Kind, State
from storage.rows import insert_or_add
from storage.schema.cards import card_batch
from storage.schema.counting import counter, funnel
from storage.schema.office import round_, team
from storage.schema.tips import tip, tip_event, tip_work, transfer
from storage.store import Tx

_NONE, _NO_DAY, _NO_DUE = b"", date.min, date.max
_FIRST = team.alias("first_team")
_CASES = select(
    tip_work, tip.c.card_batch_id, tip.c.late, tip.c.received_on, card_batch.c.is_test,
    team.c.kind.label("team_kind"), _FIRST.c.kind.label("first_kind"),
).select_from(
    tip_work.join(tip, (tip.c.round_id == tip_work.c.round_id) & (tip.c.id == tip_work.c.tip_id))
    .join(team, team.c.id == tip_work.c.team_id)
    .join(_FIRST, _FIRST.c.id == tip.c.first_team_id)
    .outerjoin(card_batch, card_batch.c.id == tip.c.card_batch_id)
)  # fmt: skip
_CHUNK = 5_000


def add_funnel(tx: Tx, round_id: RoundId, batch_id: BatchId | None, day: date, *, step: str, n: int = 1) -> None:
    """`n` more at a step (scan, start, describe, submit) of one batch, or of those without a card."""
    insert_or_add(tx, funnel, "n", n, round_id=round_id, batch_id=batch_id or _NONE, day=day, step=step)


def read_funnel(tx: Tx, round_id: RoundId) -> dict[tuple[BatchId | None, str], int]:
    """The whole round's funnel by batch and step, test batches left out."""
    total = select(funnel.c.batch_id, funnel.c.step, func.sum(funnel.c.n).label("total"))
    tests = select(card_batch.c.id).where(card_batch.c.round_id == round_id, card_batch.c.is_test)
    ours = (funnel.c.round_id == round_id) & funnel.c.batch_id.not_in(tests)
    rows = tx.execute(total.where(ours).group_by(funnel.c.batch_id, funnel.c.step))
    return {(BatchId(row.batch_id) if row.batch_id else None, row.step): int(row.total) for row in rows}


@contextmanager
def counting(tx: Tx, round_id: RoundId, tip_ids: Collection[TipId]) -> Iterator[None]:
    """Whatever the block changes of these tips, the figures follow."""
    before = _sum(tx, round_id, tip_ids)
    yield
    after = _sum(tx, round_id, tip_ids)
    after.subtract(before)
    _add(tx, round_id, after)


def read_sheet(tx: Tx, round_id: RoundId, sheet: Sheet, last: date | None = None) -> dict[Cell, int]:
    """The cells of one sheet that are not zero; of the days up to and with `last` where it is given."""
    where = (counter.c.round_id == round_id) & (counter.c.sheet == sheet) & (counter.c.n != 0)
    if last is not None:
        where &= counter.c.day <= last
    return {_cell(row): row.n for row in tx.execute(select(counter).where(where))}


def has_unfinished(tx: Tx, round_id: RoundId) -> bool:
    """Whether a tip that the office is shown waits or is worked on."""
    where = (counter.c.round_id == round_id) & (counter.c.sheet == Sheet.COHORT) & (counter.c.n != 0)
    return tx.execute(select(counter.c.n).where(where, counter.c.measure.in_(UNFINISHED)).limit(1)).first() is not None


def total_by_channel(tx: Tx) -> dict[str, int]:
    """Every tip of all rounds, by channel."""
    total = select(counter.c.channel, func.sum(counter.c.n).label("total")).where(counter.c.sheet == Sheet.CHANNEL)
    return {row.channel: int(row.total) for row in tx.execute(total.group_by(counter.c.channel)) if row.total}


def recount(tx: Tx, round_id: RoundId) -> Cells:
    """The round's figures worked out anew from its tips; nothing is written."""
    found: Cells = Counter()
    ids = [TipId(row.tip_id) for row in tx.execute(select(tip_work.c.tip_id).where(tip_work.c.round_id == round_id))]
    for at in range(0, len(ids), _CHUNK):
        found.update(_sum(tx, round_id, ids[at : at + _CHUNK]))
    return found


def count_anew(tx: Tx, round_id: RoundId) -> None:
    """Puts a recount in the place of the round's figures."""
    tx.execute(delete(counter).where(counter.c.round_id == round_id))
    _add(tx, round_id, recount(tx, round_id))


def count_missing(tx: Tx) -> None:
    """Counts the rounds that have tips and no figures: a newer schema asked for others."""
    for (round_id,) in tx.execute(select(round_.c.id)).all():
        counted = tx.execute(select(counter.c.n).where(counter.c.round_id == round_id).limit(1)).first()
        folded = tx.execute(select(tip_work.c.tip_id).where(tip_work.c.round_id == round_id).limit(1)).first()
        if folded and not counted:
            count_anew(tx, RoundId(round_id))


def _sum(tx: Tx, round_id: RoundId, tip_ids: Collection[TipId]) -> Cells:
    found: Cells = Counter()
    some = (tip_work.c.round_id == round_id) & tip_work.c.tip_id.in_(tip_ids)
    for row in tx.execute(_CASES.where(some)).all():
        case = _case(row)
        is_hidden = case.team_kind is TeamKind.RECUSAL and case.first_kind is not TeamKind.RECUSAL
        found.update(cells(_as_given(tx, round_id, row.tip_id, case) if is_hidden else case))
    return found


def _as_given(tx: Tx, round_id: RoundId, tip_id: bytes, case: Case) -> Case:
    """The tip as it stood when it was passed on to the recusal queue: what is done there moves no figure."""
    of_tip = (tip_event.c.round_id == round_id) & (tip_event.c.tip_id == tip_id)
    acts = [Action(row.act) for row in tx.execute(select(tip_event.c.act).where(of_tip).order_by(tip_event.c.n))]
    given = max((at for at, act in enumerate(acts) if act is Action.TRANSFER), default=0)
    before = acts[: given + 1]
    return replace(
        case,
        giver_id=_giver(tx, round_id, tip_id),
        accepted_on=case.accepted_on if {Action.ACCEPT, Action.REOPEN}.intersection(before) else None,
        first_reply_on=case.first_reply_on if any(act in RULES and RULES[act].tells for act in before) else None,
        resolved_on=None,  # what is resolved is not passed on
        cleared_on=None,
    )


def _giver(tx: Tx, round_id: RoundId, tip_id: bytes) -> TeamId:
    """The team that passed the tip on last; the first one where no step says so."""
    of_tip = (transfer.c.round_id == round_id) & (transfer.c.tip_id == tip_id)
    last = select(transfer.c.from_team_id).where(of_tip).order_by(transfer.c.n.desc()).limit(1).scalar_subquery()
    own = (tip.c.round_id == round_id) & (tip.c.id == tip_id)
    return TeamId(tx.execute(select(func.coalesce(last, tip.c.first_team_id)).where(own)).scalar_one())


def _add(tx: Tx, round_id: RoundId, changes: Cells) -> None:
    for one, n in changes.items():
        if n:
            insert_or_add(
                tx, counter, "n", n, round_id=round_id, sheet=one.sheet, day=one.day or _NO_DAY,
                until=one.until or _NO_DAY, team_id=one.team_id or _NONE, unit_id=one.unit_id or _NONE,
                batch_id=one.batch_id or _NONE, channel=one.channel, kind=one.kind, measure=one.measure,
            )  # fmt: skip


def _case(row: Row[Any]) -> Case:
    return Case(
        team_id=TeamId(row.team_id),
        team_kind=TeamKind(row.team_kind),
        first_kind=TeamKind(row.first_kind),
        giver_id=None,
        unit_id=None if row.unit_id is None else UnitId(row.unit_id),
        batch_id=None if row.card_batch_id is None else BatchId(row.card_batch_id),
        is_test=bool(row.is_test),
        channel=Channel(row.channel),
        kind=Kind(row.kind),
        late=row.late,
        received_on=row.received_on,
        state=State(row.state),
        due_on=None if row.next_due_on == _NO_DUE else row.next_due_on,
        stage=row.next_stage,
        accepted_on=row.accepted_on,
        first_reply_on=row.first_reply_on,
        resolved_on=row.resolved_on,
        cleared_on=row.cleared_on,
    )


def _cell(row: Row[Any]) -> Cell:
    return Cell(
        Sheet(row.sheet),
        None if row.day == _NO_DAY else row.day,
        None if row.until == _NO_DAY else row.until,
        TeamId(row.team_id) if row.team_id else None,
        UnitId(row.unit_id) if row.unit_id else None,
        BatchId(row.batch_id) if row.batch_id else None,
        row.channel,
        row.kind,
        row.measure,
    )
