"""A tip made out of another is locked as that one is: for the same readers, and not for who was recused from it."""

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.tips import Tip
from handlers.desk.locking.holders import readers
from handlers.desk.locking.keyring import make_grant
from handlers.desk.locking.locks import sealed_to
from handlers.desk.locking.recuse import MARK, readers_now, recused_mark, subset_key
from handlers.desk.locking.standing import Standing, check_holders
from handlers.founding import Write
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import recusals
from storage.people import keys
from storage.people.keys import KeyKind
from storage.store import Tx
from vault.keys import new_seed, public_half
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
    seed, on = new_seed(), services.clock().date()
    key = subset_key(standing, tip.id, public_half(seed), generation=1)
    able = await readers_now(services, standing)
    grants = [make_grant(services, seed, key, one, by=session.member_id, on=on) for one in able]

    def with_key(tx: Tx) -> None:
        if {one.id for one in able} != {one.id for one in readers(tx, standing.mine.key, on)}:
            raise Refused(Reason.STALE)
        keys.insert_key(tx, key)
        for grant in grants:
            keys.insert_grant(tx, grant)
        write(tx)

    return [Holder(key.id, key.public)], with_key


def _locked(services: DeskServices, session: Session, standing: Standing, tip: Tip) -> Write:
    old = standing.tip

    def write(tx: Tx) -> None:
        check_holders(tx, standing)
        for mark in recusals.list_marks(tx, old.office_id, MARK):
            if mark.startswith(old.id):
                again = recused_mark(tip.id, MemberId(mark.removeprefix(old.id)))
                trail.note(tx, services, trail.Deed(old.office_id, session.member_id, "recuse", MARK, again))

    return write
