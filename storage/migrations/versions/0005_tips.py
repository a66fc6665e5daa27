"""Tips, their events and the desk's work on them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sequence",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sequence_round_id")),
        sa.PrimaryKeyConstraint("round_id", "scope", name=op.f("pk_sequence")),
    )
    op.create_table(
        "tip",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("first_team_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("card_batch_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("receipt_tag", sa.LargeBinary(), nullable=False),
        sa.Column("reply_public", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["card_batch_id"], ["card_batch.id"], name=op.f("fk_tip_card_batch_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["member.id"], name=op.f("fk_tip_entered_by")),
        sa.ForeignKeyConstraint(["first_team_id"], ["team.id"], name=op.f("fk_tip_first_team_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_tip_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_tip_round_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tip_unit_id")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_tip")),
        sa.UniqueConstraint("round_id", "receipt_tag", name=op.f("uq_tip_round_id_receipt_tag")),
    )
    op.create_table(
        "clock",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=op.f("fk_clock_round_id")),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "stage", name=op.f("pk_clock")),
    )
    op.create_table(
        "subscription",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("peer_locked", sa.LargeBinary(), nullable=False),
        sa.Column("key_epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=op.f("fk_subscription_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "channel", name=op.f("pk_subscription")),
    )
    op.create_table(
        "tip_event",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("box_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=op.f("fk_tip_event_round_id")),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "n", name=op.f("pk_tip_event")),
    )
    op.create_table(
        "tip_work",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("assignee_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("first_reply_on", sa.Date(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("repeat_of", sa.LargeBinary(length=16), nullable=True),
        sa.Column("split_from", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["member.id"], name=op.f("fk_tip_work_assignee_id")),
        sa.ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=op.f("fk_tip_work_round_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_tip_work_team_id")),
        sa.PrimaryKeyConstraint("round_id", "tip_id", name=op.f("pk_tip_work")),
        sa.UniqueConstraint("round_id", "team_id", "number", name=op.f("uq_tip_work_round_id_team_id_number")),
    )
    op.create_index(
        "ix_tip_work_assignee",
        "tip_work",
        ["round_id", "team_id", "assignee_id", "next_due_on", "number"],
        unique=False,
    )
    op.create_index("ix_tip_work_queue", "tip_work", ["round_id", "team_id", "next_due_on", "number"], unique=False)
    op.create_index(
        "ix_tip_work_state", "tip_work", ["round_id", "team_id", "state", "next_due_on", "number"], unique=False
    )
    op.create_table(
        "unfolded",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=op.f("fk_unfolded_round_id")),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "n", name=op.f("pk_unfolded")),
    )
