"""Files that members put beside their words. They are sealed and on disk before anything names them."""

from handlers.conversation.talk import File
from handlers.keeping import keep_file as keep
from handlers.services import DeskServices


async def keep_file(services: DeskServices, data: bytes, name: str) -> File:
    """A member's file, sealed and stored durably, for a `Wish` or a `Note`.

    Raises `Refused` (TOO_LARGE, BAD_FILE) and `CannotStore`. A file that no row comes to name is swept away later.
    """
    _, file = await keep(services, data, name=name)
    return file
