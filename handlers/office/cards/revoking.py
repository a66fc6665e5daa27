"""Calling cards in: for good, or with new ones in their place. Whoever does it is told first what hangs on them."""

from dataclasses import dataclass
from dataclasses import replace as changed

from domain.errors import Reason, Refused
from domain.ids import BatchId, MemberId, OfficeId, new_id
from domain.rounds import BatchState, CardBatch
from handlers.office.cards.making import drawn, insert, open_for_cards
from handlers.office.cards.view import batch_in
from handlers.people import trail
from handlers.services import DeskServices
from qr import codes
from storage.desk import counters
from storage.office import cards
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Use:
    """How far a batch is out: cards printed, and scans up to the last full hour. Nothing here moves within it."""

    printed: int
    scans: int

    @property
    def is_any(self) -> bool:
        return bool(self.printed or self.scans)


async def use_of(services: DeskServices, office_id: OfficeId, batch_id: BatchId) -> Use:
    """Raises `Refused(UNKNOWN)`."""
    return await services.store.read(lambda tx: _use(tx, batch_in(tx, office_id, batch_id)))


async def revoke(
    services: DeskServices, office_id: OfficeId, batch_id: BatchId, by: MemberId | None = None, *, sure: bool = False
) -> None:
    """The batch's code opens nothing any more.

    Raises `Refused`: UNKNOWN, STALE when it is revoked already, BAD_INPUT (`cards-in-use`) unless whoever asks is
    `sure` about cards that are out.
    """

    def write(tx: Tx) -> None:
        batch = _asked(tx, office_id, batch_id, sure=sure)
        cards.revoke_batch(tx, batch.id)
        trail.note(tx, services, trail.Deed(office_id, by, "revoke-cards", "card_batch", batch.id))

    await services.store.write(write)


async def replace(
    services: DeskServices, office_id: OfficeId, batch_id: BatchId, by: MemberId | None = None, *, sure: bool = False
) -> BatchId:
    """A batch like it with a new code; the old one is revoked and names it. Raises `Refused` as `revoke`, and for a
    round that is closed (`round-closed`) and for a place that the team has lost (`units`)."""

    def write(tx: Tx) -> BatchId:
        old = _asked(tx, office_id, batch_id, sure=sure)
        code = codes.new_code(services.intake.card_mac_key)
        new = changed(old, id=BatchId(new_id()), code=code, state=BatchState.ACTIVE, replaced_by=None)
        places = tuple(unit.id for unit in cards.units_of_batch(tx, old.id))
        insert(tx, services, open_for_cards(tx, old.round_id), new, places, by=by)
        cards.revoke_batch(tx, old.id, new.id)
        trail.note(tx, services, trail.Deed(office_id, by, "replace-cards", "card_batch", old.id))
        return new.id

    return await drawn(services, write)


def _asked(tx: Tx, office_id: OfficeId, batch_id: BatchId, *, sure: bool) -> CardBatch:
    batch = batch_in(tx, office_id, batch_id)
    if batch.state is BatchState.ACTIVE and not sure and _use(tx, batch).is_any:
        raise Refused(Reason.BAD_INPUT, "cards-in-use")
    return batch


def _use(tx: Tx, batch: CardBatch) -> Use:
    scans = counters.read_funnel(tx, batch.round_id).get((batch.id, "scan"), 0)
    return Use(cards.cards_printed(tx, batch.id), scans)
