"""What the QR codes on a photo say. The photo may be anybody's: it is decoded in a child process, never here."""

from media.pictures import in_child

_MOST = 64 * 1024  # bytes of what a child says that are looked at


async def codes_on_photo(data: bytes) -> tuple[str, ...]:
    """The text of each QR code on a JPEG, PNG, GIF or WebP, as it stands there: foreign words, to be shown as such.

    Empty when none is found. Raises `Refused`: TOO_LARGE, or BAD_FILE for what is no picture or breaks the limits.
    """
    said = (await in_child(data, "codes"))[:_MOST].decode("utf-8", "replace")
    return tuple(text for text in said.split("\0") if text)
