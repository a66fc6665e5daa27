"""A tip made out of another is locked as that one is: for the same readers, and not for who was recused from it."""

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.tips import Tip
from handlers.desk.locking.locks import sealed_to
from handlers.desk.locking.recusing import MARK, new_lock, readers_now, recused_mark
from handlers.desk.locking.standing import Standing, check_holders
from handlers.founding import Write
from handlers.people import trail
from handlers.people.holders import readers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import recusals
from storage.people.keys import KeyKind
from storage.store import Tx
from vault.seal import Holder


async def same_lock(
    services: DeskServices, session: Session, standing: Standing, tip: Tip
) -> tuple[list[Holder], Write]:
    """Whom `tip` is sealed to, and what goes with it into its transaction.

    A team's key opens both; a key of the old tip alone opens nothing else, and the new tip gets one of its own for the
    same members. Raises what `sealed_to` raises; the write raises `Refused(STALE)` when the old lock changed meanwhile.
    """
    holders, write = await sealed_to(services, session, standing), _locked(services, session, standing, tip)
    if standing.mine.key.kind is not KeyKind.SUBSET:
        return holders, write
    able, on = await readers_now(services, standing), services.clock().date()
    lock = new_lock(services, session, standing, able, tip_id=tip.id, generation=1)

    def with_lock(tx: Tx) -> None:
        if {one.id for one in able} != {one.id for one in readers(tx, standing.mine.key, on)}:
            raise Refused(Reason.STALE)
        lock.insert(tx)
        write(tx)

    return [Holder(lock.key.id, lock.key.public)], with_lock


def _locked(services: DeskServices, session: Session, standing: Standing, tip: Tip) -> Write:
    old = standing.tip

    def write(tx: Tx) -> None:
        check_holders(tx, standing)
        for mark in recusals.list_marks(tx, old.office_id, MARK):
            if mark.startswith(old.id):
                again = recused_mark(tip.id, MemberId(mark.removeprefix(old.id)))
                trail.note(tx, services, trail.Deed(old.office_id, session.member_id, "recuse", MARK, again))

    return write
