"""Who holds the recusal queue's key: nobody else can give it, so the office cannot put its last holder out."""

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import RoundState, TeamKind
from handlers.people.holders import readers
from handlers.people.seats import require_director
from handlers.services import DeskServices
from storage.office import rounds, teams
from storage.people import keys, members
from storage.store import Tx


def check_leaving(
    tx: Tx, services: DeskServices, by: MemberId | None, member_id: MemberId, team_id: TeamId | None = None
) -> None:
    """Whether `by` may end what a member's own key opens; in one team alone, or everywhere for None.

    Raises `Refused` about somebody who can open a recusal queue: NOT_ALLOWED (`director-only`), WRONG_STATE
    (`recusal-alone`) when nobody else can.
    """
    office_id, today = members.get_member(tx, member_id).office_id, services.clock().date()
    for round_ in rounds.list_rounds(tx, office_id):
        if round_.state is RoundState.PLANNED or services.secrets.round_secret(round_.id) is None:
            continue
        queue = teams.team_of_kind(tx, round_.id, TeamKind.RECUSAL)
        made = keys.team_keys(tx, round_.id, queue.id)
        able = {own.member_id for own in readers(tx, made[0], today)} if made else set()
        if member_id not in able or team_id not in (None, queue.id):
            continue
        require_director(tx, services, by)
        if able == {member_id}:
            raise Refused(Reason.WRONG_STATE, "recusal-alone")
