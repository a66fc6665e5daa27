"""Places of a round that no team inspects though one inspects their neighbours, and why the office leaves them so."""

import hashlib
from collections.abc import Collection, Sequence

from domain.errors import Reason, Refused
from domain.ids import RoundId, UnitId
from domain.regions import upwards
from domain.rounds import Unit
from domain.words import clean
from handlers.office.plan import mine
from handlers.people import trail
from handlers.people.seats import require_director
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from storage.office import rounds, teams, units
from storage.store import Tx

REASON_LIMIT = 200
"""Characters of a reason."""


def find_gaps(tree: Sequence[Unit], assigned: Collection[UnitId]) -> list[Unit]:
    """Units right below a place in which a team inspects something, that nobody inspects; by path."""
    known = {unit.id: unit for unit in tree}
    above = {up for unit_id in assigned for up in upwards(unit_id, known)}
    covered = set(assigned)
    found = []
    for unit in sorted(tree, key=lambda one: one.path):
        if unit.parent_id in covered:  # a place that is assigned itself leaves no gap below it
            covered.add(unit.id)
        elif unit.parent_id in above and unit.id not in above:
            found.append(unit)
    return found


def gaps_of(tx: Tx, round_id: RoundId) -> tuple[list[Unit], str]:
    """The gaps of a round, and why just these were left; empty when nobody said."""
    round_ = rounds.get_round(tx, round_id)
    assigned = {row.unit_id for row in teams.list_assignments(tx, round_id)}
    found = find_gaps(units.list_units(tx, round_.office_id), assigned)
    return found, (rounds.get_text(tx, round_id, OFFICE_LANG, _key(found)) or "") if found else ""


async def leave_gaps(services: DeskServices, session: Session, round_id: RoundId, reason: str) -> None:
    """A director says why these places are not inspected this time; another gap needs a reason of its own.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`director-only`), WRONG_STATE (`round-not-planned`), BAD_INPUT (`why`).
    """
    words = checked_reason(reason)

    def write(tx: Tx) -> None:
        require_director(tx, services, session.member_id)
        mine.planned(mine.round_of(tx, session, round_id))
        found, _ = gaps_of(tx, round_id)
        if found:
            rounds.set_text(tx, round_id, OFFICE_LANG, _key(found), words)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "leave-gaps", "round", round_id))

    await services.store.write(write)


def checked_reason(text: str) -> str:
    """A reason as it is stored. Raises `Refused(BAD_INPUT, "why")`."""
    words = clean(text).strip()
    if not words or len(words) > REASON_LIMIT:
        raise Refused(Reason.BAD_INPUT, "why")
    return words


def _key(found: Sequence[Unit]) -> str:
    """Names exactly these places among the round's texts."""
    return "gaps-" + hashlib.sha256(b"".join(sorted(unit.id for unit in found))).hexdigest()[:32]
