"""What each sealed or locked thing is bound to. One spelling for the half that writes and the half that reads."""

from domain.ids import RoundId, TipId
from handlers.conversation.talk import Part
from storage.intake.boxes import BoxKind
from vault.context import Context, canonical


def box_context(kind: BoxKind, round_id: RoundId, tip_id: TipId, seq: int) -> Context:
    """A box of a tip: header, message, reply or note number `seq`."""
    return Context(kind.value, round_id, tip_id, seq)


FILE_CONTEXT = Context("file", b"", b"", 0)
"""Every file has a key of its own, inside the sealed message that names it: that key is what binds it."""


def state_aad(channel: str, peer_tag: bytes) -> bytes:
    """What a chat's locked state is bound to."""
    return canonical(kind="state", channel=channel, peer=peer_tag)


def part_aad(channel: str, peer_tag: bytes, seq: int) -> bytes:
    """What one message of a draft is bound to."""
    return canonical(kind="part", channel=channel, peer=peer_tag, seq=seq)


def peer_aad(channel: str) -> bytes:
    """What a chat's locked address is bound to."""
    return canonical(kind="peer", channel=channel)


def body_aad(outbox_id: bytes) -> bytes:
    """What a waiting outbox body is bound to."""
    return canonical(kind="outbox", id=outbox_id)


def words_of(parts: tuple[Part, ...]) -> str:
    """All that was typed, one line a message; for hints and the one-line gist, never stored in the clear."""
    return "\n".join(part.text for part in parts if part.text)
