"""Fresh locks for tips that somebody could open who is not to: a leaver, or a newcomer who was recused before."""

from dataclasses import dataclass

from domain.errors import Refused
from domain.ids import MemberId, OfficeId, TeamId, TipId
from domain.rounds import Team
from handlers.desk.locking.recusing import MARK, change_lock, readers_now, recused_mark
from handlers.desk.locking.standing import stand
from handlers.desk.mine import check_mine
from handlers.people import trail
from handlers.people.holders import leavers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import recusals
from storage.office import teams
from storage.store import Tx

BATCH = 50
"""Tips that one request locks anew at most; each takes some milliseconds of the database's writer."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Tips of a team under a lock of their own whose key one of `names` holds, who belongs to the team no more."""

    tips: tuple[TipId, ...]
    names: tuple[str, ...]


def left_behind(tx: Tx, services: DeskServices, team: Team) -> LeftBehind:
    """The tips in the order of their numbers."""
    locked = recusals.list_held(tx, team.round_id, team.id, locked=True)
    gone = leavers(tx, team.id, locked.values(), services.clock().date())
    names = dict.fromkeys(one.name for found in gone.values() for one in found)
    return LeftBehind(tuple(tip_id for tip_id, key_id in locked.items() if key_id in gone), tuple(names))


async def relock(services: DeskServices, session: Session, team_id: TeamId) -> int:
    """Locks the first `BATCH` of them anew for those who can read them now; how many. A tip keeps its recusals.

    Tips that I cannot open stay for a colleague. Raises `Refused(UNKNOWN)` for a team that is not mine.
    """
    check_mine(session, team_id)
    behind = await services.store.read(lambda tx: left_behind(tx, services, teams.get_team(tx, team_id)))
    done = 0
    for tip_id in behind.tips:
        if done == BATCH:
            break
        try:
            await _relock(services, session, tip_id)
        except Refused:
            continue  # not mine to open, or somebody is changing its lock at this moment
        done += 1
    return done


async def keep_out(services: DeskServices, session: Session, team_id: TeamId, member_id: MemberId) -> None:
    """Locks what a newcomer was recused from, before the team's key is given to them: a tip may come from their team.

    Raises what `change_lock` raises; nothing is to be given then.
    """
    for tip_id in await services.store.read(lambda tx: recused_tips(tx, session.office_id, team_id, member_id)):
        await _relock(services, session, tip_id)


def recused_tips(tx: Tx, office_id: OfficeId, team_id: TeamId, member_id: MemberId) -> list[TipId]:
    """Tips under the team's own key from which the member was recused while another team had them."""
    marks = set(recusals.list_marks(tx, office_id, MARK))
    held = recusals.list_held(tx, teams.get_team(tx, team_id).round_id, team_id, locked=False) if marks else {}
    return [tip_id for tip_id in held if recused_mark(tip_id, member_id) in marks]


async def _relock(services: DeskServices, session: Session, tip_id: TipId) -> None:
    standing = await stand(services, session, tip_id)
    left = await readers_now(services, standing)
    deed = trail.Deed(session.office_id, session.member_id, "relock", "tip", tip_id)
    await change_lock(services, session, standing, left, [deed])
