"""Notes between colleagues: sealed to those who can read the tip, never shown to the reporter."""

from domain.errors import Reason, Refused
from domain.ids import TipId
from handlers.conversation.talk import File
from handlers.desk.locking.standing import stand_seen
from handlers.desk.moves.acting import checked_words
from handlers.desk.moves.step import note_deed
from handlers.desk.writing.messages import note_of, store_messages
from handlers.desk.writing.signing import signed
from handlers.people.sessions import Session
from handlers.services import DeskServices


async def note(
    services: DeskServices, session: Session, tip_id: TipId, text: str, files: tuple[File, ...] = ()
) -> None:
    """Writes to colleagues; no version is asked for, since a note changes nothing that another could have changed.

    Raises what `stand_seen` raises, `Refused`: BAD_INPUT (`text`, `too-long`), NOT_ALLOWED (`lock-differs`), STALE.
    """
    words = checked_words(text)
    if not words and not files:
        raise Refused(Reason.BAD_INPUT, "text")
    standing = await stand_seen(services, session, tip_id)
    written = note_of(services, session, words, files=files)
    await store_messages(
        services,
        session,
        standing,
        [signed(session, standing, written)],
        lambda tx, _: note_deed(tx, services, standing, session.member_id, "note"),
    )
