"""Tables of a tip: what the intake inserts once, and what the desk folds from it. No column takes text of a tip."""

from sqlalchemy import (
    JSON,
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

from storage.schema.base import BYTES, ID, Moment, link, metadata


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

_COUNTED = ("assignee_id", "risk_on", "unit_id", "tip_id")

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
    Column("next_stage", String(16), nullable=False),
    Column("risk_on", Date),
    Column("claim_until", Moment),
    Column("changed", Integer, nullable=False),  # the team's count of changes when this row changed last
    Column("unit_id", ID),  # of the tip, as are kind and channel: queues are narrowed without reading tips
    Column("kind", String(32), nullable=False),
    Column("channel", String(16), nullable=False),
    _of_tip(),
    UniqueConstraint("round_id", "team_id", "number"),
    Index("ix_tip_work_queue", "round_id", "team_id", "next_due_on", "number"),
    # With the rest of what is counted: the sizes of all views are read from the index alone.
    Index("ix_tip_work_state", "round_id", "team_id", "state", "next_due_on", "number", *_COUNTED),
    Index("ix_tip_work_assignee", "round_id", "team_id", "assignee_id", "next_due_on", "number"),
    Index("ix_tip_work_changed", "round_id", "team_id", "changed"),
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
    Column("pauses", JSON, nullable=False),  # those that ended: pairs of ISO dates
    _of_tip(),
)

# 立行立改: proposed by who handles the tip, approved and numbered by the leader, reported back by the unit.
rectification = Table(
    "rectification",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("number", Integer),  # within the round, given on approval
    link("proposed_by", "member.id"),
    Column("proposed_on", Date, nullable=False),
    Column("box_seq", Integer, nullable=False),  # the sealed words of the notice
    link("approved_by", "member.id", optional=True),
    Column("approved_on", Date),
    Column("reported_on", Date),
    _of_tip(),
    UniqueConstraint("round_id", "number"),
)

# The way of a tip from team to team, each step signed by the team that gave it away.
transfer = Table(
    "transfer",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    Column("n", Integer, primary_key=True),
    link("from_team_id", "team.id"),
    link("to_team_id", "team.id"),
    Column("on_date", Date, nullable=False),
    Column("signature", BYTES, nullable=False),
    _of_tip(),
)

presence = Table(
    "presence",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("tip_id", ID, primary_key=True),
    link("member_id", "member.id", primary=True),
    Column("seen_at", Moment, nullable=False),
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
