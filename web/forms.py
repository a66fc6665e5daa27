"""Bodies as they come in, piece by piece and within limits. This file knows no page and no conversation."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from domain.errors import Reason, Refused
from web.guard import UPLOADS

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of one file: what the Bot API can fetch too, so that both channels take the same."""
FIELD_LIMIT = 1024 * 1024
JSON_LIMIT = 1024 * 1024
_IN_MEMORY = 128 * 1024 * 1024
_CHUNK = 1024 * 1024
"""More than aiohttp ever buffers: where a smaller piece is asked for, its reader uses what it has itself deprecated."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form. `data` is empty when no file was chosen."""

    field: str
    name: str
    mime: str
    data: bytes


class UploadRoom:
    """How many bytes of uploads may be in memory at once; one per process."""

    def __init__(self, size: int = _IN_MEMORY) -> None:
        self._left = size

    def take(self, size: int) -> None:
        """Raises `Refused(THROTTLED)` when nothing is left; text is not concerned."""
        if size > self._left:
            raise Refused(Reason.THROTTLED, UPLOADS)
        self._left -= size

    def give_back(self, size: int) -> None:
        self._left += size


UPLOAD_ROOM = web.AppKey("UPLOAD_ROOM", UploadRoom)


async def pieces(request: web.Request, room: UploadRoom | None = None) -> AsyncGenerator[Field | Upload, None]:
    """The fields and files of a form in the order in which they come; `room` if not the villagers' own.

    A file is in memory only until the next piece is asked for. Raises `Refused(TOO_LARGE)` at the first byte over a
    limit, without reading on, and `Refused(BAD_INPUT)` for what is no form.
    """
    if request.content_type == "application/x-www-form-urlencoded":
        for name, value in (await _urlencoded(request)).items():
            yield Field(name, value)
        return
    if request.content_type != "multipart/form-data":
        raise Refused(Reason.BAD_INPUT, "form")
    room = room or request.config_dict[UPLOAD_ROOM]
    try:
        reader = await request.multipart()
        while (part := await _next_part(reader)) is not None:
            data = await _read(part, room, FIELD_LIMIT if part.filename is None else FILE_LIMIT)
            try:
                yield _piece(part, data)
            finally:
                room.give_back(len(data))
    except (ValueError, AssertionError, LookupError):
        # aiohttp's multipart reader raises these for a body that is none.
        raise Refused(Reason.BAD_INPUT, "form") from None


async def _next_part(reader: MultipartReader) -> BodyPartReader | None:
    """Raises `Refused(BAD_INPUT)` for a part that is no field: without a name, or a form within the form."""
    part = await reader.next()
    if part is not None and (not isinstance(part, BodyPartReader) or part.name is None):
        raise Refused(Reason.BAD_INPUT, "form part")
    return part


def _piece(part: BodyPartReader, data: bytes) -> Field | Upload:
    name = part.name or ""
    if part.filename is None:
        return Field(name, data.decode("utf-8", "replace"))
    return Upload(name, part.filename, part.headers.get("Content-Type", ""), data)


async def _read(part: BodyPartReader, room: UploadRoom, limit: int) -> bytes:
    """The part's bytes, taken from `room`; whoever gets them gives them back."""
    data = bytearray()
    try:
        while chunk := await part.read_chunk(_CHUNK):
            room.take(len(chunk))
            data += chunk
            if len(data) > limit:
                raise Refused(Reason.TOO_LARGE)
    except BaseException:
        room.give_back(len(data))
        raise
    return bytes(data)


async def _urlencoded(request: web.Request) -> dict[str, str]:
    try:
        pairs = parse_qsl((await body(request, FIELD_LIMIT)).decode("ascii"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        raise Refused(Reason.BAD_INPUT, "form") from None
    return dict(pairs)


async def body(request: web.Request, limit: int) -> bytes:
    """The whole body. Raises `Refused(TOO_LARGE)` at the first byte over `limit`, without reading on."""
    if (request.content_length or 0) > limit:
        raise Refused(Reason.TOO_LARGE)
    data = bytearray()
    async for chunk in request.content.iter_any():
        data += chunk
        if len(data) > limit:
            raise Refused(Reason.TOO_LARGE)
    return bytes(data)


async def json_object(request: web.Request) -> dict[str, Any]:
    """A JSON object. Raises `Refused(BAD_INPUT)` for anything else: not UTF-8, too deep, huge numbers, NaN, gzip."""
    data = await body(request, JSON_LIMIT)
    try:
        found = json.loads(data, parse_constant=_no_number, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError):
        raise Refused(Reason.BAD_INPUT, "json") from None
    if not isinstance(found, dict):
        raise Refused(Reason.BAD_INPUT, "json")
    return {name: _whole(value) for name, value in found.items()}


def _whole(value: object) -> object:
    """Text without halves of characters, which JSON can escape and UTF-8 cannot hold."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _no_number(name: str) -> float:
    raise ValueError(name)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
