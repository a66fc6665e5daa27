"""What the office sets for its own alerts, and what it says it put away in a safe place."""

from datetime import timedelta

from domain.errors import Reason, Refused
from domain.ids import OfficeId, new_id
from domain.words import clean, day_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import offices, safekeeping
from storage.office.safekeeping import Keeping, Kept
from storage.store import Tx

UNREAD_DAYS, MOST_UNREAD_DAYS = 3, 30
"""Working days without anybody looking after which a queue counts as unread, where the office says nothing else."""

LONGEST_PLACE = 60
_OLDEST = timedelta(days=366)
_SETTING = "unread_days"


def unread_days_in(tx: Tx, office_id: OfficeId) -> int:
    return int(offices.get_office(tx, office_id).settings.get(_SETTING, UNREAD_DAYS))


async def unread_days(services: DeskServices, session: Session) -> int:
    """What holds for my office."""
    return await services.store.read(lambda tx: unread_days_in(tx, session.office_id))


async def set_unread_days(services: DeskServices, session: Session, days: int) -> None:
    """Raises `Refused(BAD_INPUT)` (`unread-days`)."""
    if not 1 <= days <= MOST_UNREAD_DAYS:
        raise Refused(Reason.BAD_INPUT, "unread-days")

    def write(tx: Tx) -> None:
        settings = offices.get_office(tx, session.office_id).settings
        offices.set_settings(tx, session.office_id, {**settings, _SETTING: days})
        trail.note(
            tx, services, trail.Deed(session.office_id, session.member_id, "unread-days", "office", session.office_id)
        )

    await services.store.write(write)


async def put_away(services: DeskServices, session: Session, kind: str, day: str, place: str) -> None:
    """Notes that a backup was made, or the secrets copied, on that day (ISO), and where it lies.

    Raises `Refused(BAD_INPUT)`: `keep-kind`, `keep-day` for a day to come, over a year old or no day, `keep-place`.
    """
    if kind not in set(Keeping):
        raise Refused(Reason.BAD_INPUT, "keep-kind")
    on, where = day_of(day), " ".join(clean(place).split())
    today = services.clock().date()
    if on is None or not today - _OLDEST <= on <= today:
        raise Refused(Reason.BAD_INPUT, "keep-day")
    if not 1 <= len(where) <= LONGEST_PLACE:
        raise Refused(Reason.BAD_INPUT, "keep-place")
    row = Kept(new_id(), session.office_id, Keeping(kind), on, session.member_id, where)

    def write(tx: Tx) -> None:
        safekeeping.insert_kept(tx, row)
        trail.note(
            tx, services, trail.Deed(session.office_id, session.member_id, f"keep-{kind}", "safekeeping", row.id)
        )

    await services.store.write(write)


async def list_kept(services: DeskServices, session: Session) -> list[Kept]:
    """What my office noted, the newest day first."""
    return await services.store.read(lambda tx: safekeeping.list_kept(tx, session.office_id))
