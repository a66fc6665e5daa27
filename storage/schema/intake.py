"""Tables of a talk that is under way and of messages on their way out. No time finer than an hour, no clear text."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.schema.base import BYTES, ID, Moment, link, metadata

thread = Table(
    "thread",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("peer_tag", BYTES, primary_key=True),
    link("office_id", "office.id"),
    link("card_batch_id", "card_batch.id", optional=True),
    Column("state_locked", BYTES, nullable=False),
    Column("key_epoch", Integer, nullable=False),
    Column("expires_hour", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_thread_expires_hour", "expires_hour"),
)

draft_part = Table(
    "draft_part",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("peer_tag", BYTES, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("locked", BYTES, nullable=False),
    Column("attachment_id", ID),  # the file on disk; its row is made when the tip is
    ForeignKeyConstraint(["channel", "peer_tag"], ["thread.channel", "thread.peer_tag"]),
)

seen_update = Table(
    "seen_update",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("update_key", String(128), primary_key=True),
    Column("seen_on", Date, nullable=False),
    Index("ix_seen_update_seen_on", "seen_on"),
)

chat_message = Table(
    "chat_message",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("peer_tag", BYTES, primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("hour", Integer, nullable=False),
    Index("ix_chat_message_hour", "hour"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("peer_locked", BYTES, nullable=False),
    Column("key_epoch", Integer, nullable=False),
    Column("order_key", BYTES, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body_locked", BYTES, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("claimed_until", Moment),
    Column("dedupe_key", String(128)),
    UniqueConstraint("order_key", "seq"),
    UniqueConstraint("dedupe_key"),
    Index("ix_outbox_due_at", "due_at"),
)
