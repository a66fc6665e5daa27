"""Offices, rounds, units and teams."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_unit_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("verify_key", sa.LargeBinary(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["office.id"], name=op.f("fk_office_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("intake_opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intake_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_round_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint(
            "office_id", "term", "ordinal", "phase", name=op.f("uq_round_office_id_term_ordinal_phase")
        ),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_unit_office_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("office_id", "path", name=op.f("uq_unit_office_id_path")),
    )
    op.create_index("ix_unit_office_id_name", "unit", ["office_id", "name"], unique=False)
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"], unique=False)
    op.create_table(
        "round_text",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_text_round_id")),
        sa.PrimaryKeyConstraint("round_id", "lang", "key", name=op.f("pk_round_text")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("home_unit_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("notice_channel", sa.String(length=16), nullable=False),
        sa.Column("notice_peer", sa.Text(), nullable=False),
        sa.Column("notice_mode", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_unit_id"], ["unit.id"], name=op.f("fk_team_home_unit_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_team_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_team_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("round_id", "kind", "ordinal", name=op.f("uq_team_round_id_kind_ordinal")),
    )
    op.create_table(
        "unit_alias",
        sa.Column("unit_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "alias", name=op.f("pk_unit_alias")),
    )
    op.create_index("ix_unit_alias_alias", "unit_alias", ["alias"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_assignment_team_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("round_id", "unit_id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_team_id", "assignment", ["team_id"], unique=False)
    op.create_table(
        "team_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_link_team_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_team_link")),
    )
