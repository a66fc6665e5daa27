"""The trail: indexes by moment, so that a page of it costs the same however long it is. And which notes urge a team."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OF_OFFICE = sa.text("act <> 'sign-in' AND object_kind NOT IN ('tip', 'file', 'lock', 'recused', 'canned')")


def upgrade() -> None:
    op.create_index("ix_audit_act", "audit", ["office_id", "act", "at"], unique=False)
    op.create_index("ix_audit_member", "audit", ["office_id", "member_id", "act", "at"], unique=False)
    op.create_index(
        "ix_audit_office",
        "audit",
        ["office_id", "at", "n"],
        unique=False,
        sqlite_where=_OF_OFFICE,
        postgresql_where=_OF_OFFICE,
    )
    op.add_column("reminder", sa.Column("urges", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE reminder SET urges = true WHERE EXISTS (SELECT 1 FROM audit WHERE audit.object_kind = 'team'"
        " AND audit.act = 'remind' AND audit.object_id = reminder.team_id AND audit.member_id = reminder.written_by)"
    )
