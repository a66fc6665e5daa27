"""A chat's memory between two events: locked under the key of the hour its draft began in, and gone with that key."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import BadSeal, CannotStore
from domain.ids import AttachmentId, OfficeId
from domain.tips import Channel
from handlers import wire
from handlers.conversation.talk import DRAFTING, Part, State
from handlers.founding import Write
from handlers.sealing import part_aad, state_aad
from handlers.services import IntakeServices
from storage.intake import drafts
from storage.store import Tx
from vault.folders import DRAFT_HOURS
from vault.lock import lock, unlock


@dataclass(frozen=True, slots=True)
class Peer:
    """One chat: its channel and the keyed tag that stands for it wherever it is stored."""

    channel: Channel
    tag: bytes


@dataclass(frozen=True, slots=True)
class Memory:
    """What a chat is remembered by. `version` 0: nothing yet. `epoch`: the hour whose key locks the draft."""

    peer: Peer
    office_id: OfficeId
    state: State
    epoch: int
    version: int
    lost: bool = False  # a row is there whose key is gone: it is replaced, not updated


def hour_of(moment: datetime) -> int:
    """Whole hours since 1970, UTC."""
    return int(moment.timestamp()) // 3600


def recall(services: IntakeServices, peer: Peer, office_id: OfficeId, row: drafts.Thread | None) -> Memory:
    """The chat's memory from its row. A row whose key was destroyed is as good as none."""
    now = hour_of(services.clock())
    if row is None:
        return Memory(peer, office_id, State(), now, 0)
    key = services.secrets.draft_key(row.key_epoch, create=False)
    if key is None or row.key_epoch + DRAFT_HOURS < now:
        return Memory(peer, office_id, State(), now, 0, lost=True)
    try:
        state = wire.decode_state(unlock(key, row.state, state_aad(peer.channel, peer.tag)))
    except BadSeal:
        raise CannotStore("a chat's memory cannot be read") from None
    return Memory(peer, office_id, state, row.key_epoch if state.parts or state.code else now, row.version)


def remember(services: IntakeServices, memory: Memory, state: State) -> Write:
    """Writes `state` over `memory`, in the transaction. Raises `Refused(STALE)` there when somebody was faster."""
    peer = memory.peer
    locked = lock(hour_key(services, memory.epoch), wire.encode_state(state), state_aad(peer.channel, peer.tag))
    row = drafts.Thread(
        channel=peer.channel,
        peer_tag=peer.tag,
        office_id=memory.office_id,
        # Which card a chat came by is nobody's business once the tip is under way.
        card_batch_id=state.card.batch_id if state.card and state.parts and state.step in DRAFTING else None,
        state=locked,
        key_epoch=memory.epoch,
        expires_hour=memory.epoch + DRAFT_HOURS + 1,
        version=memory.version,
    )

    def write(tx: Tx) -> None:
        if memory.lost:
            drafts.delete_thread(tx, peer.channel, peer.tag)
        drafts.save_thread(tx, row)

    return write


def keep_part(services: IntakeServices, memory: Memory, part: Part) -> Write:
    """Writes one message of the draft, locked."""
    peer = memory.peer
    locked = lock(
        hour_key(services, memory.epoch), wire.encode_part(part), part_aad(peer.channel, peer.tag, part.seq)
    )  # fmt: skip
    file_id = AttachmentId(bytes.fromhex(part.file.id)) if part.file else None
    row = drafts.DraftPart(part.seq, locked, file_id)
    return lambda tx: drafts.save_part(tx, peer.channel, peer.tag, row)


async def load_parts(services: IntakeServices, memory: Memory) -> dict[int, Part]:
    """The stored messages of the draft by seq. Raises `CannotStore` when their key is gone."""
    peer = memory.peer
    if memory.version == 0:
        return {}
    key = hour_key(services, memory.epoch)
    rows = await services.store.read(lambda tx: drafts.list_parts(tx, peer.channel, peer.tag))
    return {
        row.seq: wire.decode_part(unlock(key, row.locked, part_aad(peer.channel, peer.tag, row.seq))) for row in rows
    }


def hour_key(services: IntakeServices, epoch: int) -> bytes:
    """The key of that hour. Made only in the hour itself: one that was destroyed never comes back.

    Raises `CannotStore` when it is gone or cannot be made.
    """
    key = services.secrets.draft_key(epoch, create=epoch == hour_of(services.clock()))
    if key is None:
        raise CannotStore("the key of that hour is gone")
    return key
