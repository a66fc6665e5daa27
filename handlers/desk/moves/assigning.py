"""Who handles a tip: given to a colleague who can read it, or given back by itself when a claim ran out."""

from dataclasses import replace

from domain.errors import Reason, Refused
from domain.ids import MemberId, TipId
from domain.tips import Action, TipWork
from handlers.desk.locking.standing import Standing, check_holders
from handlers.desk.moves.acting import Wish, begin
from handlers.desk.moves.step import enter
from handlers.desk.tip.thread import readers_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.intake import tips
from storage.store import Tx


async def assign(services: DeskServices, session: Session, tip_id: TipId, version: int, member_id: MemberId) -> None:
    """Gives the tip to a colleague.

    Raises what `begin` and `check_reader` raise.
    """
    standing, step = await begin(services, session, tip_id, Wish(Action.ASSIGN, version))
    await check_reader(services, standing, member_id)
    given = replace(standing.work, assignee_id=member_id, claim_until=None)

    def store(tx: Tx) -> None:
        check_holders(tx, standing)  # a recusal meanwhile moves no version
        enter(tx, services, standing, given, replace(step, reason=member_id.hex()))

    await services.store.write(store)


async def check_reader(services: DeskServices, standing: Standing, member_id: MemberId | None) -> None:
    """Raises `Refused(BAD_INPUT, "assignee")` for somebody who cannot open the tip."""
    today = services.clock().date()
    readers = await services.store.read(lambda tx: readers_of(tx, standing, today))
    if member_id not in {one.member_id for one in readers if one.can_read}:
        raise Refused(Reason.BAD_INPUT, "assignee")


async def return_claims(services: DeskServices) -> int:
    """Takes tips back whose claim ran out with nothing done; how many."""
    now = services.clock()

    def give_back(tx: Tx, row: TipWork) -> None:
        work.update_work(tx, replace(row, assignee_id=None, claim_until=None))
        office_id = tips.get_tip(tx, row.round_id, row.tip_id).office_id
        trail.note(tx, services, trail.Deed(office_id, None, "claim-ended", "tip", row.tip_id))

    def store(tx: Tx) -> int:
        ended = work.ended_claims(tx, now)
        for row in ended:
            give_back(tx, row)
        return len(ended)

    ended = await services.store.read(lambda tx: work.ended_claims(tx, now))
    return await services.store.write(store) if ended else 0
