"""Tables of a tip: what the intake inserts once, and what the desk folds from it. No column takes text of a tip."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.schema.base import BYTES, ID, link, metadata


def _of_tip() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"])


tip = Table(
    "tip",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    link("first_team_id", "team.id"),
    link("unit_id", "unit.id", optional=True),
    link("card_batch_id", "card_batch.id", optional=True),
    Column("channel", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("lane", String(16), nullable=False),
    Column("late", Boolean(create_constraint=False), nullable=False),
    Column("received_on", Date, nullable=False),
    link("entered_by", "member.id", optional=True),
    Column("receipt_tag", BYTES, nullable=False),
    Column("reply_public", BYTES, nullable=False),
    UniqueConstraint("round_id", "receipt_tag"),
)

tip_event = Table(
    "tip_event",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("act", String(16), nullable=False),
    Column("from_state", String(32), nullable=False),
    Column("to_state", String(32), nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", ID),
    Column("on_date", Date, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("box_seq", Integer),
    _of_tip(),
)

# One row per tip (n = 0) and per reporter's event that the desk has not folded yet. A row of its own for each,
# so that an event that comes while the desk folds is never taken for folded.
unfolded = Table(
    "unfolded",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("n", Integer, primary_key=True),
    _of_tip(),
)

tip_work = Table(
    "tip_work",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    link("team_id", "team.id"),
    Column("number", Integer, nullable=False),
    Column("state", String(32), nullable=False),
    link("assignee_id", "member.id", optional=True),
    Column("next_due_on", Date, nullable=False),  # date.max stands for none, so that pages follow one order
    Column("accepted_on", Date),
    Column("first_reply_on", Date),
    Column("resolved_on", Date),
    Column("cleared_on", Date),
    Column("repeat_of", ID),
    Column("split_from", ID),
    Column("version", Integer, nullable=False),
    _of_tip(),
    UniqueConstraint("round_id", "team_id", "number"),
    Index("ix_tip_work_queue", "round_id", "team_id", "next_due_on", "number"),
    Index("ix_tip_work_state", "round_id", "team_id", "state", "next_due_on", "number"),
    Index("ix_tip_work_assignee", "round_id", "team_id", "assignee_id", "next_due_on", "number"),
)

clock = Table(
    "clock",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("stage", String(32), primary_key=True),
    Column("started_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("paused_on", Date),
    Column("paused_days", Integer, nullable=False),
    Column("stopped_on", Date),
    _of_tip(),
)

subscription = Table(
    "subscription",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("peer_locked", BYTES, nullable=False),
    Column("key_epoch", Integer, nullable=False),
    _of_tip(),
)

sequence = Table(
    "sequence",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("scope", String(64), primary_key=True),
    Column("next", Integer, nullable=False),
)
