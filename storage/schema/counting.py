"""Tables that count and that remember who did what. Never finer than a day but for the desk's own audit."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, text

from storage.schema.base import BYTES, ID, Moment, link, metadata

# An empty id stands for "none" here: a part of a primary key may not be null.
funnel = Table(
    "funnel",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("batch_id", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("step", String(16), primary_key=True),
    Column("n", Integer, nullable=False),
)

# Sheets of figures, each by its own few keys (domain/figures.py). A day that a sheet does not ask is the first of all.
counter = Table(
    "counter",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("sheet", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("until", Date, primary_key=True),
    Column("team_id", ID, primary_key=True),
    Column("unit_id", ID, primary_key=True),
    Column("batch_id", ID, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("measure", String(32), primary_key=True),
    Column("n", Integer, nullable=False),
)

# The figures as they were made public on a day: what was said once is never said otherwise.
release = Table(
    "release",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("on_date", Date, primary_key=True),
    Column("body", JSON, nullable=False),
)

# What is neither a team's work nor somebody's signing in. In SQL: the index serves only what says so by the letter.
OF_OFFICE = text("act <> 'sign-in' AND object_kind NOT IN ('tip', 'file', 'lock', 'recused', 'canned')")

audit = Table(
    "audit",
    metadata,
    link("office_id", "office.id", primary=True),
    Column("n", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("member_id", ID),
    Column("act", String(32), nullable=False),
    Column("object_kind", String(32), nullable=False),
    Column("object_id", BYTES, nullable=False),
    Column("prev", BYTES, nullable=False),
    Column("mac", BYTES, nullable=False),
    Index("ix_audit_object", "office_id", "object_kind", "object_id"),
    Index("ix_audit_seen", "office_id", "object_kind", "member_id", "act", "object_id", "n"),
    Index("ix_audit_act", "office_id", "act", "at"),
    Index("ix_audit_member", "office_id", "member_id", "act", "at"),
    Index("ix_audit_office", "office_id", "at", "n", sqlite_where=OF_OFFICE, postgresql_where=OF_OFFICE),
)
