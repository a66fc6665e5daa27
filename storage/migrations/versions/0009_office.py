"""The office: figures by sheets, releases, reminders, duties, conflicts, escrow, and more about teams and cards."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_COUNTER = ("day", "until", "team_id", "unit_id", "batch_id", "channel", "kind", "measure")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=nullable)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def upgrade() -> None:
    _widen_tables()
    _figures()
    _tables_of_office()
    _tables_of_people()


def _widen_tables() -> None:
    op.add_column("team", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.add_column("team", sa.Column("mailbox", sa.Text(), nullable=False, server_default=""))
    op.add_column("assignment", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_unit_code", "unit", ["office_id", "code"], unique=False)
    op.add_column("card_batch", sa.Column("cards", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("print_run", sa.Column("what", sa.String(length=16), nullable=False, server_default="cards"))
    with op.batch_alter_table("print_run") as batch:
        batch.add_column(_id("printed_by", nullable=True))
        batch.create_foreign_key(op.f("fk_print_run_printed_by"), "member", ["printed_by"], ["id"])


def _figures() -> None:
    """The old counts cannot be taken apart by the new keys: the desk counts every round anew when it starts."""
    op.drop_table("counter")
    op.create_table(
        "counter",
        _id("round_id"),
        sa.Column("sheet", sa.String(length=16), nullable=False),
        _day("day"),
        _day("until"),
        _id("team_id"),
        _id("unit_id"),
        _id("batch_id"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        _to("counter", "round_id", "round.id"),
        sa.PrimaryKeyConstraint("round_id", "sheet", *_COUNTER, name=op.f("pk_counter")),
    )
    op.create_table(
        "release",
        _id("round_id"),
        _day("on_date"),
        sa.Column("body", sa.JSON(), nullable=False),
        _to("release", "round_id", "round.id"),
        sa.PrimaryKeyConstraint("round_id", "on_date", name=op.f("pk_release")),
    )


def _tables_of_office() -> None:
    op.create_table(
        "milestone",
        _id("round_id"),
        _day("on_date"),
        _text("words"),
        _to("milestone", "round_id", "round.id"),
        sa.PrimaryKeyConstraint("round_id", "on_date", name=op.f("pk_milestone")),
    )
    op.create_table(
        "reminder",
        _id("id"),
        _id("round_id"),
        _id("team_id"),
        _id("written_by"),
        _day("written_on"),
        _text("body"),
        _id("seen_by", nullable=True),
        _day("seen_on", nullable=True),
        _to("reminder", "round_id", "round.id"),
        _to("reminder", "team_id", "team.id"),
        _to("reminder", "written_by", "member.id"),
        _to("reminder", "seen_by", "member.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_team_id", "reminder", ["team_id", "written_on"], unique=False)
    op.create_table(
        "safekeeping",
        _id("id"),
        _id("office_id"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        _day("on_date"),
        _id("member_id"),
        _text("place"),
        _to("safekeeping", "office_id", "office.id"),
        _to("safekeeping", "member_id", "member.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safekeeping")),
    )
    op.create_index("ix_safekeeping_office_id", "safekeeping", ["office_id", "kind", "on_date"], unique=False)


def _tables_of_people() -> None:
    op.create_table(
        "duty",
        _id("member_id"),
        _id("superior_id"),
        _to("duty", "member_id", "member.id"),
        _to("duty", "superior_id", "member.id"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_superior_id", "duty", ["superior_id"], unique=False)
    op.create_table(
        "conflict",
        _id("member_id"),
        _id("unit_id"),
        sa.Column("relation", sa.String(length=16), nullable=False),
        _day("declared_on"),
        _to("conflict", "member_id", "member.id"),
        _to("conflict", "unit_id", "unit.id"),
        sa.PrimaryKeyConstraint("member_id", "unit_id", name=op.f("pk_conflict")),
    )
    op.create_index("ix_conflict_unit_id", "conflict", ["unit_id"], unique=False)
    op.create_table(
        "escrow",
        _id("key_id"),
        _id("first_key_id"),
        _id("second_key_id"),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        _day("made_on"),
        _to("escrow", "key_id", "key.id"),
        _to("escrow", "first_key_id", "key.id"),
        _to("escrow", "second_key_id", "key.id"),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_escrow")),
    )
