"""Members, their sign-in and their keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("totp_box", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_member_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("office_id", "login", name=op.f("uq_member_office_id_login")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id")),
        sa.PrimaryKeyConstraint("member_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_session_member_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index("ix_session_member_id", "session", ["member_id"], unique=False)
    op.create_table(
        "invite",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invite_member_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_invite_office_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_invite_team_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invite")),
    )
    op.create_table(
        "key",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("tip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("verify", sa.LargeBinary(), nullable=False),
        sa.Column("signer_key_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("kdf", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("not_after", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_key_member_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_key_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_key_round_id")),
        sa.ForeignKeyConstraint(["signer_key_id"], ["key.id"], name=op.f("fk_key_signer_key_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_key_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key")),
    )
    op.create_index("ix_key_member_id", "key", ["member_id"], unique=False)
    op.create_index(
        "uq_key_team_generation",
        "key",
        ["round_id", "team_id", "generation"],
        unique=True,
        sqlite_where=sa.text("kind = 'team'"),
        postgresql_where=sa.text("kind = 'team'"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("team_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_member_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_membership_office_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_membership_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_member_id", "membership", ["member_id"], unique=False)
    op.create_index("ix_membership_team_id", "membership", ["team_id"], unique=False)
    op.create_table(
        "grant",
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("holder_key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("granted_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["granted_by"], ["member.id"], name=op.f("fk_grant_granted_by")),
        sa.ForeignKeyConstraint(["holder_key_id"], ["key.id"], name=op.f("fk_grant_holder_key_id")),
        sa.ForeignKeyConstraint(["key_id"], ["key.id"], name=op.f("fk_grant_key_id")),
        sa.PrimaryKeyConstraint("key_id", "holder_key_id", name=op.f("pk_grant")),
    )
    op.create_index("ix_grant_holder_key_id", "grant", ["holder_key_id"], unique=False)
