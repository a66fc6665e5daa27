"""One more scan of a card, and the hour's scans put down in the funnel. A scan is a tap or a beacon, never a look."""

from domain.errors import CannotStore, Refused
from domain.rounds import BatchState, CardBatch, Target
from handlers.services import IntakeServices
from qr import codes
from storage.desk import counters
from storage.office import cards
from storage.store import Tx


async def count_scan(services: IntakeServices, code: str, only: Target | None = None) -> None:
    """One more for the batch of a whole card code; with `only`, if that is what its cards open.

    A code that is forged, revoked or a test counts nothing, and neither does one that cannot be looked up just now.
    """
    try:
        known = codes.check(services.secrets.card_mac_key, code)
        batch = await services.store.read(lambda tx: cards.batch_by_code(tx, known))
    except (Refused, CannotStore):
        return
    if batch is not None and _counts(batch) and only in {None, batch.target}:
        services.scans.add(batch.round_id, batch.id, services.clock().date())


async def put_down(services: IntakeServices) -> None:
    """Adds what waits to the funnel, without batches that were removed. Whatever it raises: then it goes on waiting."""
    taken = services.scans.take()
    if not taken:
        return

    def write(tx: Tx) -> None:
        known = {one for one in {batch_id for _, batch_id, _ in taken} if cards.get_batch(tx, one)}
        for (round_id, batch_id, day), n in taken.items():
            if batch_id in known:
                counters.add_funnel(tx, round_id, batch_id, day, step="scan", n=n)

    try:
        await services.store.write(write)
    except Exception:
        services.scans.give_back(taken)
        raise


def _counts(batch: CardBatch) -> bool:
    return batch.state is BatchState.ACTIVE and not batch.is_test
