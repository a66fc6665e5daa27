"""The review desk: clocks of every stage, rectification, transfers, presence, working days, templates, own replies."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _of_tip(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_round_id")
    return sa.ForeignKeyConstraint(["round_id", "tip_id"], ["tip.round_id", "tip.id"], name=name)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=nullable)


def upgrade() -> None:
    _widen_tables()
    _tables_of_tips()
    _tables_of_office()


def _widen_tables() -> None:
    op.add_column("tip_work", sa.Column("next_stage", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("tip_work", sa.Column("risk_on", sa.Date(), nullable=True))
    op.add_column("tip_work", sa.Column("claim_until", Moment(), nullable=True))
    op.add_column("tip_work", sa.Column("changed", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_tip_work_changed", "tip_work", ["round_id", "team_id", "changed"], unique=False)
    _copy_from_tips()
    op.drop_index("ix_tip_work_state", "tip_work")
    state = ["round_id", "team_id", "state", "next_due_on", "number", "assignee_id", "risk_on", "unit_id", "tip_id"]
    op.create_index("ix_tip_work_state", "tip_work", state)
    seen = ["office_id", "object_kind", "member_id", "act", "object_id", "n"]
    op.create_index("ix_audit_seen", "audit", seen, unique=False)
    # Until now the deadline of acceptance was the only one there was.
    op.execute("UPDATE tip_work SET next_stage = 'accept', risk_on = next_due_on WHERE next_due_on < '9999-12-31'")
    op.add_column("clock", sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("team", sa.Column("notice_quiet", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("team", sa.Column("notice_locked", sa.LargeBinary(), nullable=True))
    op.add_column("member", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))


def _copy_from_tips() -> None:
    """What queues are narrowed by stands beside the rest of a queue's row."""
    op.add_column("tip_work", sa.Column("unit_id", sa.LargeBinary(length=16), nullable=True))
    op.add_column("tip_work", sa.Column("kind", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("tip_work", sa.Column("channel", sa.String(length=16), nullable=False, server_default=""))
    op.execute(
        "UPDATE tip_work SET (unit_id, kind, channel) = (SELECT unit_id, kind, channel FROM tip"
        " WHERE tip.round_id = tip_work.round_id AND tip.id = tip_work.tip_id)"
    )


def _tables_of_tips() -> None:
    op.create_table(
        "rectification",
        _id("round_id"),
        _id("tip_id"),
        sa.Column("number", sa.Integer(), nullable=True),
        _id("proposed_by"),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("box_seq", sa.Integer(), nullable=False),
        _id("approved_by", nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        _of_tip("rectification"),
        _to("rectification", "proposed_by", "member.id"),
        _to("rectification", "approved_by", "member.id"),
        sa.PrimaryKeyConstraint("round_id", "tip_id", name=op.f("pk_rectification")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_rectification_round_id_number")),
    )
    op.create_table(
        "transfer",
        _id("round_id"),
        _id("tip_id"),
        sa.Column("n", sa.Integer(), nullable=False),
        _id("from_team_id"),
        _id("to_team_id"),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        _of_tip("transfer"),
        _to("transfer", "from_team_id", "team.id"),
        _to("transfer", "to_team_id", "team.id"),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "n", name=op.f("pk_transfer")),
    )
    op.create_table(
        "presence",
        _id("round_id"),
        _id("tip_id"),
        _id("member_id"),
        sa.Column("seen_at", Moment(), nullable=False),
        _of_tip("presence"),
        _to("presence", "member_id", "member.id"),
        sa.PrimaryKeyConstraint("round_id", "tip_id", "member_id", name=op.f("pk_presence")),
    )


def _tables_of_office() -> None:
    op.create_table(
        "working_day",
        _id("office_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _to("working_day", "office_id", "office.id"),
        sa.PrimaryKeyConstraint("office_id", "day", name=op.f("pk_working_day")),
    )
    op.create_table(
        "template",
        _id("office_id"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        _to("template", "office_id", "office.id"),
        sa.PrimaryKeyConstraint("office_id", "kind", name=op.f("pk_template")),
    )
    op.create_table(
        "canned_reply",
        _id("id"),
        _id("team_id"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("canned_reply", "team_id", "team.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
    )
    op.create_index("ix_canned_reply_team_id", "canned_reply", ["team_id"], unique=False)
