"""Talks under way and messages on their way out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_message",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("peer_tag", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "peer_tag", "message_id", name=op.f("pk_chat_message")),
    )
    op.create_index("ix_chat_message_hour", "chat_message", ["hour"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("peer_locked", sa.LargeBinary(), nullable=False),
        sa.Column("key_epoch", sa.Integer(), nullable=False),
        sa.Column("order_key", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body_locked", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe_key", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
        sa.UniqueConstraint("order_key", "seq", name=op.f("uq_outbox_order_key_seq")),
    )
    op.create_index("ix_outbox_due_at", "outbox", ["due_at"], unique=False)
    op.create_table(
        "seen_update",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("update_key", sa.String(length=128), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_key", name=op.f("pk_seen_update")),
    )
    op.create_index("ix_seen_update_seen_on", "seen_update", ["seen_on"], unique=False)
    op.create_table(
        "thread",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("peer_tag", sa.LargeBinary(), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("card_batch_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("state_locked", sa.LargeBinary(), nullable=False),
        sa.Column("key_epoch", sa.Integer(), nullable=False),
        sa.Column("expires_hour", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["card_batch_id"], ["card_batch.id"], name=op.f("fk_thread_card_batch_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_thread_office_id")),
        sa.PrimaryKeyConstraint("channel", "peer_tag", name=op.f("pk_thread")),
    )
    op.create_index("ix_thread_expires_hour", "thread", ["expires_hour"], unique=False)
    op.create_table(
        "draft_part",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("peer_tag", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel", "peer_tag"], ["thread.channel", "thread.peer_tag"], name=op.f("fk_draft_part_channel")
        ),
        sa.PrimaryKeyConstraint("channel", "peer_tag", "seq", name=op.f("pk_draft_part")),
    )
