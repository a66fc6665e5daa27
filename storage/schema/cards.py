"""Tables of printed contact cards: one code per batch, never per household or person."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.schema.base import ID, link, metadata

card_batch = Table(
    "card_batch",
    metadata,
    Column("id", ID, primary_key=True),
    link("round_id", "round.id"),
    link("team_id", "team.id"),
    Column("code", String(64), nullable=False),
    Column("short_code", String(6), nullable=False),
    Column("way", Text, nullable=False),
    Column("target", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    link("replaced_by", "card_batch.id", optional=True),
    Column("is_test", Boolean(create_constraint=False), nullable=False),
    Column("cards", Integer, nullable=False),  # how many are wanted; 0: not said
    UniqueConstraint("code"),
    UniqueConstraint("short_code"),
    Index("ix_card_batch_round_id", "round_id"),
)

card_batch_unit = Table(
    "card_batch_unit",
    metadata,
    link("batch_id", "card_batch.id", primary=True),
    link("unit_id", "unit.id", primary=True),
)

print_run = Table(
    "print_run",
    metadata,
    Column("id", ID, primary_key=True),
    link("batch_id", "card_batch.id"),
    Column("cards", Integer, nullable=False),
    Column("what", String(16), nullable=False),  # cards, poster, page
    link("printed_by", "member.id", optional=True),  # None: on the command line
    Column("printed_on", Date, nullable=False),
    Index("ix_print_run_batch_id", "batch_id"),
)
