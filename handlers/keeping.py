"""Keeping a file, for both halves: sealed under a key of its own before it touches the disk."""

import asyncio

from handlers.conversation.talk import File, PartKind
from handlers.sealing import FILE_CONTEXT
from handlers.services import DeskServices, IntakeServices
from media.names import display_name
from media.sniff import sniff
from vault.seal import seal_file


async def keep_file(
    services: IntakeServices | DeskServices, data: bytes, *, name: str = "", seconds: int = 0
) -> tuple[PartKind, File]:
    """Seals a file and stores it durably; what it is is read from its content.

    Raises `Refused` (TOO_LARGE, BAD_FILE) and `CannotStore`.
    """
    found = sniff(data)
    key, sealed = await asyncio.to_thread(seal_file, data, FILE_CONTEXT)
    file_id = await asyncio.to_thread(services.files.put, sealed)
    return PartKind(found.kind.value), File(
        file_id.hex(), key.hex(), display_name(name), found.mime, len(data), seconds
    )
