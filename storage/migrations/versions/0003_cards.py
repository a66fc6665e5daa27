"""Contact cards."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_batch",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("short_code", sa.String(length=6), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("replaced_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["replaced_by"], ["card_batch.id"], name=op.f("fk_card_batch_replaced_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_card_batch_round_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_card_batch_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_batch")),
        sa.UniqueConstraint("code", name=op.f("uq_card_batch_code")),
        sa.UniqueConstraint("short_code", name=op.f("uq_card_batch_short_code")),
    )
    op.create_index("ix_card_batch_round_id", "card_batch", ["round_id"], unique=False)
    op.create_table(
        "card_batch_unit",
        sa.Column("batch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["card_batch.id"], name=op.f("fk_card_batch_unit_batch_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_card_batch_unit_unit_id")),
        sa.PrimaryKeyConstraint("batch_id", "unit_id", name=op.f("pk_card_batch_unit")),
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["card_batch.id"], name=op.f("fk_print_run_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    op.create_index("ix_print_run_batch_id", "print_run", ["batch_id"], unique=False)
