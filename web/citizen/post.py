"""One post of the villager's form, read as it comes: words, files, a button. Files of a foreign form are not stored."""

import re
from contextlib import aclosing
from dataclasses import dataclass, field

from aiohttp import web

from domain.errors import Reason, Refused
from handlers.conversation.events import Chose, Event, Resume, Said, Sent, TooBig
from handlers.keeping import keep_file
from handlers.services import IntakeServices
from web.citizen.visitor import Visitor
from web.forms import Field, Upload, pieces

_TELLING = frozenset({"done", "anonymous", "real_name", "submit"})
"""Choices that mean 说完了: what is still in the box is sent along."""
_NONCE = re.compile(r"[0-9a-f]{32}")
_MOST_FILES = 20


@dataclass(slots=True)
class Post:
    """What came. `ours`: the form was made by us for this very browser."""

    ours: bool = False
    nonce: str = ""
    text: str = ""
    choice: str = ""
    seconds: int = 0
    files: list[Event] = field(default_factory=list)
    refused: Reason | None = None
    notes: list[str] = field(default_factory=list)  # keys of what else must be said about the files

    def holds_back(self) -> bool:
        """The button that was pressed does not send what is in the box."""
        return bool(self.choice) and self.choice not in _TELLING

    def status(self) -> int:
        return 413 if self.refused is Reason.TOO_LARGE else 200

    def events(self) -> tuple[Event, ...]:
        """What the reporter did, in order: words, files, then the button."""
        return (
            *((Said(self.text),) if self.text.strip() and not self.holds_back() else ()),
            *self.files,
            *((Chose(self.choice),) if self.choice and self.refused is None else ()),
        ) or (Resume(),)


async def read_post(request: web.Request, who: Visitor, services: IntakeServices) -> Post:
    form = Post()
    try:
        async with aclosing(pieces(request)) as came:
            async for piece in came:
                match piece:
                    case Field(name, text):
                        _fill(form, request, who, name, text)
                    case Upload():
                        await _keep(form, services, piece)
    except Refused as refused:
        if not form.ours or refused.reason not in {Reason.TOO_LARGE, Reason.THROTTLED}:
            raise
        form.refused = refused.reason
        if refused.reason is Reason.TOO_LARGE:
            form.files.append(TooBig(refused.reason))
        else:
            form.notes = ["chat-too-slow-files"]
    return form


def _fill(form: Post, request: web.Request, who: Visitor, name: str, text: str) -> None:
    match name:
        case "seal":
            form.ours = who.sent(request, text)
        case "nonce" if _NONCE.fullmatch(text):
            form.nonce = text
        case "text":
            form.text = text
        case "choice":
            form.choice = text[:100]
        case "seconds" if text.isdecimal():
            form.seconds = min(int(text[:6]), 7200)


async def _keep(form: Post, services: IntakeServices, upload: Upload) -> None:
    """A file is stored only for a form of ours; an empty one is a field that nobody used."""
    if not form.ours or not upload.data:
        return
    if len(form.files) >= _MOST_FILES:
        form.notes = ["chat-too-many-files"]
        return
    try:
        kind, file = await keep_file(services, upload.data, name=upload.name, seconds=form.seconds)
    except Refused as refused:
        form.refused = refused.reason
        form.files.append(TooBig(refused.reason))
    else:
        form.files.append(Sent(kind, file, album=form.nonce))
