"""催办: a note to a team about its late work, in the office's own words, for everybody of the team to see."""

from collections.abc import Sequence
from datetime import date

from domain.errors import Reason, Refused
from domain.ids import TeamId, new_id
from domain.words import clean
from handlers.office.watch.overdue import LateLine, team_in
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import say
from storage.office import reminders
from storage.office.reminders import Reminder
from storage.store import Tx

LONGEST = 300
"""Characters of a reminder."""

NAMED = 10
"""Late numbers that the sentence for a start names."""


async def remind(services: DeskServices, session: Session, team_id: TeamId, words: str) -> bytes:
    """Writes the reminder; its id. Raises `Refused`: UNKNOWN, BAD_INPUT (`remind-words`) for none or over `LONGEST`."""
    body = clean(words).strip()
    if not 1 <= len(body) <= LONGEST:
        raise Refused(Reason.BAD_INPUT, "remind-words")
    on = services.clock().date()

    def write(tx: Tx) -> bytes:
        team, round_ = team_in(tx, session, team_id)
        row = Reminder(new_id(), round_.id, team.id, session.member_id, on, body, urges=True)
        reminders.insert_reminder(tx, row)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "remind", "team", team.id))
        return row.id

    return await services.store.write(write)


def sentence(lang: str, day: date, late: Sequence[LateLine]) -> str:
    """What such a note may begin with, naming the first late numbers; empty when nothing is late."""
    if not late:
        return ""
    named = say(lang, "watch-comma").join(_named(lang, one) for one in late[:NAMED])
    rest = "yes" if len(late) > NAMED else "no"
    return say(lang, "watch-remind-canned", day=day, named=named, rest=rest)


def _named(lang: str, one: LateLine) -> str:
    stage = say(lang, f"desk-stage-{one.deadline.stage}")
    return say(lang, "watch-remind-one", label=one.label, stage=stage, days=one.deadline.days)
