"""A tip's files for the desk: pictures drawn anew, voice as it is, the rest as a download under a name of ours."""

import asyncio
from dataclasses import dataclass

from domain.errors import BadSeal, Reason, Refused
from domain.ids import AttachmentId, TipId
from handlers.conversation.talk import File
from handlers.desk.queue import number_label
from handlers.desk.standing import stand
from handlers.desk.thread import letters_of
from handlers.letters import Letter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import FILE_CONTEXT
from handlers.services import DeskServices
from media.pictures import safe_picture
from media.sniff import MediaKind, sniff
from vault.open import open_file

OPEN_FILE = "open-file"
"""What the audit calls looking at a picture or hearing a voice; marked by file, member and day."""


@dataclass(frozen=True, slots=True)
class Served:
    """Bytes for the browser. Not `inline`: they are to be saved, never shown."""

    data: bytes
    mime: str
    name: str
    inline: bool


async def read_file(
    services: DeskServices, session: Session, tip_id: TipId, file_id: AttachmentId, *, original: bool = False
) -> Served:
    """A file of a tip that I can open. `original`: as it came, to be saved.

    Raises what `stand` raises, `Refused(UNKNOWN)` when the tip has no such file, `Refused(BAD_FILE)` for a picture that
    cannot be drawn, `CannotStore` when the disk fails.
    """
    standing = await stand(services, session, tip_id)
    found = await services.store.read(lambda tx: letters_of(tx, standing))
    files = _files(found)
    if file_id not in files:
        raise Refused(Reason.UNKNOWN)
    data = await asyncio.to_thread(_open, services, file_id, files[file_id])
    kind = sniff(data)
    place = list(files).index(file_id) + 1
    name = f"{number_label(standing.team, standing.work.number)}-{place}.{kind.extension}"
    if kind.is_picture and not original:
        picture = await safe_picture(data)
        await _note_open(services, session, file_id)
        return Served(picture.data, picture.mime, name, inline=True)
    if kind.kind is MediaKind.AUDIO and not original:
        await _note_open(services, session, file_id)
        return Served(data, kind.mime, name, inline=True)
    deed = trail.Deed(session.office_id, session.member_id, "download", "tip", tip_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    return Served(data, kind.mime, name, inline=False)


async def _note_open(services: DeskServices, session: Session, file_id: AttachmentId) -> None:
    """Once a day: a page shows its pictures each time, and a player asks for a voice piece by piece."""
    mark = file_id + session.member_id + services.clock().date().isoformat().encode()
    await trail.note_once(services, trail.Deed(session.office_id, session.member_id, OPEN_FILE, "file", mark))


def _files(found: tuple[Letter, ...]) -> dict[AttachmentId, File]:
    parts = [part for letter in found for part in letter.parts]
    return {AttachmentId(bytes.fromhex(part.file.id)): part.file for part in parts if part.file}


def _open(services: DeskServices, file_id: AttachmentId, file: File) -> bytes:
    try:
        return open_file(bytes.fromhex(file.key), services.files.get(file_id), FILE_CONTEXT)
    except BadSeal:
        raise Refused(Reason.BAD_FILE) from None
