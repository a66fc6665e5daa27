"""The working days that hold for an office: the published plan, and the office's own word where it has one."""

from domain.deadlines import OfficeDays, WorkingDays
from domain.ids import OfficeId
from storage.office import working_days
from storage.store import Tx


def calendar_in(tx: Tx, plan: WorkingDays, office_id: OfficeId) -> WorkingDays:
    """`plan` as the office corrects it."""
    own = {one.day: one.is_working for one in working_days.list_days(tx, office_id)}
    return OfficeDays(plan, own) if own else plan
