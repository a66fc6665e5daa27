"""Tables of the frame a round hangs in: office, round, its texts, units, teams and who inspects what."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.schema.base import BYTES, ID, Moment, link, metadata

office = Table(
    "office",
    metadata,
    Column("id", ID, primary_key=True),
    link("parent_id", "office.id", optional=True),
    Column("name", Text, nullable=False),
    Column("region_unit_id", ID),  # no foreign key: units hang from offices
    Column("tz", String(64), nullable=False),
    Column("verify_key", BYTES, nullable=False),
    Column("settings", JSON, nullable=False),
)

round_ = Table(
    "round",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    Column("term", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("phase", Integer, nullable=False),
    Column("intake_opens_at", Moment, nullable=False),
    Column("intake_closes_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("office_id", "term", "ordinal", "phase"),
)

round_text = Table(
    "round_text",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("lang", String(8), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("body", Text, nullable=False),
)

unit = Table(
    "unit",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    link("parent_id", "unit.id", optional=True),
    Column("level", String(16), nullable=False),
    Column("code", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    UniqueConstraint("office_id", "path"),
    Index("ix_unit_office_id_name", "office_id", "name"),
    Index("ix_unit_parent_id", "parent_id"),
    Index("ix_unit_code", "office_id", "code"),
)

unit_alias = Table(
    "unit_alias",
    metadata,
    link("unit_id", "unit.id", primary=True),
    Column("alias", Text, primary_key=True),
    Index("ix_unit_alias_alias", "alias"),
)

team = Table(
    "team",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    link("round_id", "round.id"),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    link("home_unit_id", "unit.id", optional=True),
    Column("contacts", Text, nullable=False),  # the telephone
    Column("address", Text, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("notice_channel", String(16), nullable=False),
    Column("notice_peer", Text, nullable=False),
    Column("notice_mode", String(16), nullable=False),
    Column("notice_quiet", String(16), nullable=False),  # 21:00-08:00, or empty
    Column("notice_locked", BYTES),  # the key of a group robot, locked
    Column("version", Integer, nullable=False),
    UniqueConstraint("round_id", "kind", "ordinal"),
)

assignment = Table(
    "assignment",
    metadata,
    link("round_id", "round.id", primary=True),
    link("unit_id", "unit.id", primary=True),
    link("team_id", "team.id"),
    Column("reason", Text, nullable=False),  # why a rule of the plan was set aside here, or empty
    Index("ix_assignment_team_id", "team_id"),
)

team_link = Table(
    "team_link",
    metadata,
    Column("token_hash", BYTES, primary_key=True),
    link("team_id", "team.id"),
    Column("expires_on", Date, nullable=False),
)

# The office's own word on a day, which wins over any library's.
working_day = Table(
    "working_day",
    metadata,
    link("office_id", "office.id", primary=True),
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean(create_constraint=False), nullable=False),
    Column("source", Text, nullable=False),
)

template = Table(
    "template",
    metadata,
    link("office_id", "office.id", primary=True),
    Column("kind", String(16), primary_key=True),
    Column("body", BYTES, nullable=False),
    Column("set_on", Date, nullable=False),
)

canned_reply = Table(
    "canned_reply",
    metadata,
    Column("id", ID, primary_key=True),
    link("team_id", "team.id"),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_canned_reply_team_id", "team_id"),
)

# A day of a round that the office names, to be seen on its charts.
milestone = Table(
    "milestone",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("on_date", Date, primary_key=True),
    Column("words", Text, nullable=False),
)

# 催办: what the office tells a team about its queue, and who of the team has seen it.
reminder = Table(
    "reminder",
    metadata,
    Column("id", ID, primary_key=True),
    link("round_id", "round.id"),
    link("team_id", "team.id"),
    link("written_by", "member.id"),
    Column("written_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    link("seen_by", "member.id", optional=True),
    Column("seen_on", Date),
    Column("urges", Boolean(create_constraint=False), nullable=False),
    Index("ix_reminder_team_id", "team_id", "written_on"),
)

# What the office says it put away in a safe place: a backup, a second copy of the secrets.
safekeeping = Table(
    "safekeeping",
    metadata,
    Column("id", ID, primary_key=True),
    link("office_id", "office.id"),
    Column("kind", String(16), nullable=False),
    Column("on_date", Date, nullable=False),
    link("member_id", "member.id"),
    Column("place", Text, nullable=False),
    Index("ix_safekeeping_office_id", "office_id", "kind", "on_date"),
)
