"""一岗双责: who answers for whom, one superior a member."""

from sqlalchemy import delete, select

from domain.ids import MemberId, OfficeId
from storage.rows import insert_or_replace
from storage.schema.people import duty, member
from storage.store import Tx


def list_duties(tx: Tx, office_id: OfficeId) -> dict[MemberId, MemberId]:
    """The superior of each member of an office who has one."""
    rows = tx.execute(select(duty).join(member, member.c.id == duty.c.member_id).where(member.c.office_id == office_id))
    return {MemberId(row.member_id): MemberId(row.superior_id) for row in rows}


def set_duty(tx: Tx, member_id: MemberId, superior_id: MemberId | None) -> None:
    """The one who answers for a member; nobody for None."""
    if superior_id is None:
        tx.execute(delete(duty).where(duty.c.member_id == member_id))
    else:
        insert_or_replace(tx, duty, member_id=member_id, superior_id=superior_id)
