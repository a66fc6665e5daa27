"""A tip's files for the desk: pictures drawn anew under the viewer's name, voice and film to play, the rest to save."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.errors import BadSeal, Reason, Refused
from domain.ids import AttachmentId, TipId
from handlers.conversation.talk import File
from handlers.desk.labels import number_label
from handlers.desk.locking.standing import stand
from handlers.desk.tip.reading import Said, thread_of
from handlers.desk.writing.messages import Note
from handlers.letters import Letter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import FILE_CONTEXT
from handlers.services import DeskServices
from media.pictures import LARGE_EDGE, MAX_EDGE, Mark, safe_picture
from media.sniff import MediaKind, Sniffed, sniff
from qr.font import drawable, face
from vault.open import open_file

OPEN_FILE = "open-file"
"""What the audit calls looking at a picture or hearing a voice; marked by file, member and day."""

PLAYED = frozenset({"video/mp4", "video/webm"})
"""Films that every browser's player knows; others are saved."""


@dataclass(frozen=True, slots=True)
class Served:
    """Bytes for the browser. Not `inline`: they are to be saved, never shown."""

    data: bytes
    mime: str
    name: str
    inline: bool


async def read_file(
    services: DeskServices, session: Session, tip_id: TipId, file_id: AttachmentId, *, original: bool, large: bool
) -> Served:
    """A file of a tip that I can open. `original`: as it came, to be saved; `large`: a picture to look at closely.

    Raises what `stand` raises, `Refused(UNKNOWN)` when the tip has no such file, `Refused(BAD_FILE)` for a picture that
    cannot be drawn, `CannotStore` when the disk fails.
    """
    standing = await stand(services, session, tip_id)
    files = files_of(await services.store.read(lambda tx: thread_of(tx, standing)))
    if file_id not in files:
        raise Refused(Reason.UNKNOWN)
    data = await asyncio.to_thread(open_attachment, services, file_id, files[file_id])
    kind = sniff(data)
    name = file_name(number_label(standing.team, standing.work.number), list(files).index(file_id) + 1, kind)
    # Documents are always saved: a search for macros or scripts inside them can be fooled.
    if original or not (kind.is_picture or _is_played(kind)):
        deed = trail.Deed(session.office_id, session.member_id, "download", "tip", tip_id)
        await services.store.write(lambda tx: trail.note(tx, services, deed))
        return Served(data, kind.mime, name, inline=False)
    mime = kind.mime
    if kind.is_picture:
        data, mime = await _drawn(services, session, data, LARGE_EDGE if large else MAX_EDGE)
    await _note_open(services, session, file_id)
    return Served(data, mime, name, inline=True)


def files_of(thread: Sequence[Said]) -> dict[AttachmentId, File]:
    """The files of the reporter's letters and of colleagues' notes, in the order they came."""
    found: list[File] = []
    for said in thread:
        match said.value:
            case Letter(parts=parts):
                found += [part.file for part in parts if part.file]
            case Note(files=files):
                found += files
    return {AttachmentId(bytes.fromhex(one.id)): one for one in found}


def file_name(label: str, place: int, kind: Sniffed) -> str:
    """A name of ours: 3-0012-1.jpg is the first file of tip 3-0012."""
    return f"{label}-{place}.{kind.extension}"


def open_attachment(services: DeskServices, file_id: AttachmentId, file: File) -> bytes:
    """The bytes as they came. Blocks on the disk. Raises `Refused`: BAD_FILE, UNKNOWN; `CannotStore`."""
    try:
        return open_file(bytes.fromhex(file.key), services.files.get(file_id), FILE_CONTEXT)
    except BadSeal:
        raise Refused(Reason.BAD_FILE) from None


async def _drawn(services: DeskServices, session: Session, data: bytes, edge: int) -> tuple[bytes, str]:
    """A picture drawn anew, no side longer than `edge` pixels, under who looks and the day; and what it is now."""
    mark = await asyncio.to_thread(viewer_mark, session.name, services.clock().date().isoformat())
    picture = await safe_picture(data, edge, mark)
    return picture.data, picture.mime


def viewer_mark(name: str, day: str) -> Mark:
    """Who looks, and on which day. Blocks: call it in a thread."""
    text = drawable(name)
    return Mark(f"{text} {day}", _font_of(text))


@lru_cache(maxsize=256)
def _font_of(name: str) -> bytes:
    """Cutting a font takes a quarter of a second: once for each member, whatever the day."""
    return face(name + "0123456789-")


def _is_played(kind: Sniffed) -> bool:
    return kind.kind is MediaKind.AUDIO or kind.mime in PLAYED


async def _note_open(services: DeskServices, session: Session, file_id: AttachmentId) -> None:
    """Once a day: a page shows its pictures each time, and a player asks for a voice piece by piece."""
    mark = file_id + session.member_id + services.clock().date().isoformat().encode()
    await trail.note_once(services, trail.Deed(session.office_id, session.member_id, OPEN_FILE, "file", mark))
