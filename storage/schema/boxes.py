"""Tables of sealed bodies, their envelopes, who holds them, and the files beside them. Bytes only."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table

from storage.schema.base import BYTES, ID, link, metadata

box = Table(
    "box",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("owner_id", ID, primary_key=True),  # a tip's or an answer's id
    Column("seq", Integer, primary_key=True),
    Column("owner_kind", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", BYTES, nullable=False),
)

envelope = Table(
    "envelope",
    metadata,
    Column("round_id", ID, primary_key=True),
    Column("owner_id", ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("key_id", ID, primary_key=True),  # or b"code"
    Column("sealed", BYTES, nullable=False),
    ForeignKeyConstraint(["round_id", "owner_id", "seq"], ["box.round_id", "box.owner_id", "box.seq"]),
)

holder = Table(
    "holder",
    metadata,
    link("round_id", "round.id", primary=True),
    Column("owner_id", ID, primary_key=True),
    link("key_id", "key.id", primary=True),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", ID, primary_key=True),
    link("round_id", "round.id"),
    Column("owner_id", ID, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("store", String(16), nullable=False),
    Column("size_class", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Index("ix_attachment_owner", "round_id", "owner_id", "seq"),
)
