"""Sealed bodies, envelopes, holders and attachments."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("store", sa.String(length=16), nullable=False),
        sa.Column("size_class", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_attachment_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_owner", "attachment", ["round_id", "owner_id", "seq"], unique=False)
    op.create_table(
        "box",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("owner_kind", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_box_round_id")),
        sa.PrimaryKeyConstraint("round_id", "owner_id", "seq", name=op.f("pk_box")),
    )
    op.create_table(
        "envelope",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "owner_id", "seq"],
            ["box.round_id", "box.owner_id", "box.seq"],
            name=op.f("fk_envelope_round_id"),
        ),
        sa.PrimaryKeyConstraint("round_id", "owner_id", "seq", "key_id", name=op.f("pk_envelope")),
    )
    op.create_table(
        "holder",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["key.id"], name=op.f("fk_holder_key_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_holder_round_id")),
        sa.PrimaryKeyConstraint("round_id", "owner_id", "key_id", name=op.f("pk_holder")),
    )
