"""Tables of those who sign in, and of the keys they hold. A private half stands here only wrapped or sealed."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.schema.base import BYTES, ID, Moment, link, metadata

member = Table(
    "member",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    Column("login", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("totp_box", BYTES),
    Column("totp_last_step", Integer, nullable=False),
    Column("shortcuts", Boolean(create_constraint=False), nullable=False),  # single keys on the desk
    UniqueConstraint("office_id", "login"),
)

membership = Table(
    "membership",
    metadata,
    Column("id", ID, primary_key=True),  # a key of its own: team_id may be empty
    link("member_id", "member.id"),
    link("office_id", "office.id"),
    link("team_id", "team.id", optional=True),
    Column("role", String(16), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Index("ix_membership_member_id", "member_id"),
    Index("ix_membership_team_id", "team_id"),
)

invite = Table(
    "invite",
    metadata,
    Column("token_hash", BYTES, primary_key=True),
    link("office_id", "office.id"),
    link("member_id", "member.id", optional=True),
    Column("role", String(16), nullable=False),
    link("team_id", "team.id", optional=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_on", Date),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", BYTES, primary_key=True),
    link("member_id", "member.id"),
    Column("seed", BYTES),
    Column("stage", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("revoked", Boolean(create_constraint=False), nullable=False),
    Index("ix_session_member_id", "member_id"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    link("member_id", "member.id", primary=True),
    Column("code_hash", BYTES, primary_key=True),
    Column("used_on", Date),
)

key = Table(
    "key",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    link("round_id", "round.id", optional=True),
    link("team_id", "team.id", optional=True),
    Column("tip_id", ID),  # a subset key; no foreign key, for tips are shredded by round
    link("member_id", "member.id", optional=True),
    Column("kind", String(16), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("public", BYTES, nullable=False),
    Column("verify", BYTES, nullable=False),
    link("signer_key_id", "key.id", optional=True),
    Column("signature", BYTES),
    Column("kdf", Text),
    Column("salt", BYTES),
    Column("wrapped", BYTES),
    Column("not_after", Date),
    Column("retired_on", Date),
    Index(
        "uq_key_team_generation",
        "round_id",
        "team_id",
        "generation",
        unique=True,
        sqlite_where=text("kind = 'team'"),
        postgresql_where=text("kind = 'team'"),
    ),
    Index("ix_key_member_id", "member_id"),
)

grant = Table(
    "grant",
    metadata,
    link("key_id", "key.id", primary=True),
    link("holder_key_id", "key.id", primary=True),
    Column("box", BYTES, nullable=False),
    link("granted_by", "member.id", optional=True),
    Column("granted_on", Date, nullable=False),
    Index("ix_grant_holder_key_id", "holder_key_id"),
)

# 一岗双责: who answers for whom.
duty = Table(
    "duty",
    metadata,
    link("member_id", "member.id", primary=True),
    link("superior_id", "member.id"),
    Index("ix_duty_superior_id", "superior_id"),
)

# What a member declared: a tie to a place that their team must not inspect with them.
conflict = Table(
    "conflict",
    metadata,
    link("member_id", "member.id", primary=True),
    link("unit_id", "unit.id", primary=True),
    Column("relation", String(16), nullable=False),
    Column("declared_on", Date, nullable=False),
    Index("ix_conflict_unit_id", "unit_id"),
)

# A team's key for the two custodians together: the second one's box lies inside the first one's.
escrow = Table(
    "escrow",
    metadata,
    link("key_id", "key.id", primary=True),
    link("first_key_id", "key.id"),
    link("second_key_id", "key.id"),
    Column("box", BYTES, nullable=False),
    Column("made_on", Date, nullable=False),
)
