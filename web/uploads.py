"""A member's form that may bring files, read as it comes: its token first, and not a byte past a limit."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from domain.errors import Reason, Refused
from web import forms
from web.forms import Field, UploadRoom, pieces

MOST_FILES = 10
MOST_BYTES = 60 * 1024 * 1024
"""Bytes of all files of one form together; `forms.FILE_LIMIT` holds for each."""
MOST_FIELDS, MOST_TEXT = 300, 4 * 1024 * 1024
"""Fields that are no files, and all their characters together: a form that never ends fills no memory."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: `name` is what its sender calls it."""

    name: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Form:
    """A form, read whole, or up to the limit it broke: then `refused` says which, and what came before stands here."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)
    refused: Refused | None = None
    text: int = 0  # characters of all fields

    @property
    def size(self) -> int:
        return sum(len(one.data) for one in self.files)


@dataclass(slots=True)
class _Stream:
    """A form under way, and the bytes of its files that are held in memory until the answer is made."""

    came: AsyncGenerator[Field | forms.Upload, None]
    room: UploadRoom
    held: int = 0

    def hold(self, upload: forms.Upload) -> Upload:
        self.room.take(len(upload.data))
        self.held += len(upload.data)
        return Upload(upload.name, upload.data)


_ROOM = web.AppKey("DESK_UPLOAD_ROOM", UploadRoom)
_STREAM = web.RequestKey("stream", _Stream)


def register(app: web.Application) -> None:
    """Room of the desk's own: what members upload takes nothing from the villagers."""
    app[_ROOM] = UploadRoom()


def is_stream(request: web.Request) -> bool:
    """Whether the form comes in pieces; else it is short and `request.post()` reads it."""
    return request.content_type == "multipart/form-data"


async def first_field(request: web.Request, name: str) -> str:
    """The value of the form's first field, empty when that is another one. Nothing behind it is read.

    Raises `Refused(BAD_INPUT)` for what is no form.
    """
    async for piece in _stream(request).came:
        return piece.text if isinstance(piece, Field) and piece.name == name else ""
    return ""


async def read_what_came(request: web.Request) -> Form:
    """The form of a page that `needs(…, stream=True)`. A limit that is broken stands in `refused`, what is typed stays:
    TOO_LARGE (`too-many-files`, `files-too-large`, `form-too-large`, or a single file), THROTTLED.

    A page that wants its words back has its files last. Raises `Refused(BAD_INPUT)` for what is no form.
    """
    if not is_stream(request):
        sent = await request.post()
        return Form({name: value for name, value in sent.items() if isinstance(value, str)})
    form, stream = Form(), _stream(request)
    try:
        async for piece in stream.came:
            _take(form, stream, piece)
    except Refused as refused:
        if refused.reason not in {Reason.TOO_LARGE, Reason.THROTTLED}:
            raise
        form.refused = refused
    return form


@asynccontextmanager
async def given_back(request: web.Request) -> AsyncIterator[None]:
    """Around an answer: closes the form's stream behind it, and gives its room back."""
    try:
        yield
    finally:
        stream = request.get(_STREAM)
        if stream is not None:
            await stream.came.aclose()
            stream.room.give_back(stream.held)


def _take(form: Form, stream: _Stream, piece: Field | forms.Upload) -> None:
    match piece:
        case Field(name, text):
            form.text += len(text)
            if form.text > MOST_TEXT or (name not in form.fields and len(form.fields) == MOST_FIELDS):
                raise Refused(Reason.TOO_LARGE, "form-too-large")
            form.fields[name] = text
        case forms.Upload() if piece.data:  # an empty one is a field that nobody used
            if len(form.files) == MOST_FILES:
                raise Refused(Reason.TOO_LARGE, "too-many-files")
            if form.size + len(piece.data) > MOST_BYTES:
                raise Refused(Reason.TOO_LARGE, "files-too-large")
            form.files.append(stream.hold(piece))


def _stream(request: web.Request) -> _Stream:
    found = request.get(_STREAM)
    if found is None:
        room = request.app[_ROOM]
        found = request[_STREAM] = _Stream(pieces(request, room), room)
    return found
