"""照上一轮做: what a new round takes over from another one, each part by itself. The window is never copied."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, new_id
from domain.rounds import CrossRegion, Round, TeamKind
from handlers.desk.team.canned import insert_suggested
from handlers.office.plan import mine
from handlers.office.plan.pseudo import Pseudo
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from storage.office import rounds, teams
from storage.people import members
from storage.people.members import Membership, MemberState
from storage.store import Tx

TEXTS = ("notice", "scope")


@dataclass(frozen=True, slots=True)
class Copy:
    """From which round, and what of it. `seats` and `assignments` need `teams`."""

    source: RoundId
    teams: bool = True
    seats: bool = True
    deadlines: bool = True
    texts: bool = True
    assignments: bool = True


def copy_parts(
    tx: Tx, services: DeskServices, session: Session, round_: Round, copy: Copy, *, pseudo: Pseudo
) -> None:  # fmt: skip
    """Takes over into `round_`, which stands at version 1 and has no team yet but `pseudo`.

    Raises `Refused`: UNKNOWN for a source of another office, BAD_INPUT (`plan-copy-teams`) for seats or assignments
    without teams, (`plan-copy-home`) for an assignment with a reason where the new round allows none.
    """
    source = mine.round_of(tx, session, copy.source)
    if not copy.teams and (copy.seats or copy.assignments):
        raise Refused(Reason.BAD_INPUT, "plan-copy-teams")
    if copy.deadlines:
        rounds.set_settings(tx, replace(round_, later_days=source.later_days, claim_hours=source.claim_hours))
    if copy.texts:
        _texts(tx, source, round_)
    if copy.teams:
        new_ids = _teams(tx, source, round_, pseudo)
        if copy.seats:
            _seats(tx, services, round_, new_ids)
        if copy.assignments:
            _assignments(tx, source, round_, new_ids)


def _texts(tx: Tx, source: Round, round_: Round) -> None:
    for key in TEXTS:
        rounds.set_text(tx, round_.id, OFFICE_LANG, key, rounds.get_text(tx, source.id, OFFICE_LANG, key) or "")


def _teams(tx: Tx, source: Round, round_: Round, pseudo: Pseudo) -> dict[TeamId, TeamId]:
    """The new team of each old one, the pseudo-teams among them."""
    new_ids = {}
    stands = {TeamKind.RECUSAL: pseudo.recusal, TeamKind.UNROUTED: pseudo.unrouted}
    for team in teams.list_teams(tx, source.id):
        if team.kind is TeamKind.TEAM:
            # Whoever was told of tips before is not told of these: a group is linked anew.
            made = replace(team, id=TeamId(new_id()), round_id=round_.id, notice_peer="")
            teams.insert_team(tx, round_.office_id, made)
            insert_suggested(tx, made.id, OFFICE_LANG)
            new_ids[team.id] = made.id
        else:
            new_ids[team.id] = stands[team.kind]
    return new_ids


def _seats(tx: Tx, services: DeskServices, round_: Round, new_ids: Mapping[TeamId, TeamId]) -> None:
    """Seats those who sit in the old teams today, but nobody who was put out."""
    today = services.clock().date()
    for old, new in new_ids.items():
        for member, role in members.members_of_team(tx, old, today):
            if member.state is not MemberState.DISABLED:
                members.insert_membership(tx, Membership(member.id, round_.office_id, new, role, today))


def _assignments(tx: Tx, source: Round, round_: Round, new_ids: Mapping[TeamId, TeamId]) -> None:
    for row in teams.list_assignments(tx, source.id):
        if row.reason and round_.cross_region is CrossRegion.REFUSE:
            raise Refused(Reason.BAD_INPUT, "plan-copy-home")
        teams.insert_assignment(tx, round_.id, row.unit_id, new_ids[row.team_id], row.reason)
