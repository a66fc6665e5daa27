"""A form of a tip's page as it came: its fields by name, and its files, sealed and stored before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from domain.errors import Refused
from domain.ids import MemberId, TipId
from handlers.conversation.talk import File
from handlers.desk.locking.standing import stand
from handlers.desk.writing.carrying import carried
from handlers.keeping import keep_file
from web.access import services_of, session_of
from web.ids import id_of
from web.uploads import Form, read_what_came


@dataclass(frozen=True, slots=True)
class Sent:
    """`name`: the last part of the form's address."""

    name: str
    fields: Mapping[str, str]
    files: tuple[File, ...] = ()

    def __getitem__(self, field: str) -> str:
        """The field's words, empty when it was not sent."""
        return self.fields.get(field, "")

    @property
    def version(self) -> int:
        """Of the tip as its sender saw it; -1 for what is no number."""
        text = self["version"]
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    @property
    def member(self) -> MemberId:
        """Raises 404."""
        return MemberId(id_of(self["member"]))


async def read_sent(request: web.Request, tip_id: TipId, name: str) -> tuple[Sent, Refused | None]:
    """The form, and which limit it broke or why its tip does not open. Raises `Refused(BAD_INPUT)` for no form."""
    form = await read_what_came(request)
    sent = Sent(name, form.fields)
    if not form.files and not sent["carried"]:
        return sent, form.refused
    return await _with_files(request, tip_id, form, sent)


async def _with_files(request: web.Request, tip_id: TipId, form: Form, sent: Sent) -> tuple[Sent, Refused | None]:
    """Files go to the disk only for a tip that their sender can open."""
    services, session, refused = services_of(request), session_of(request), form.refused
    try:
        await stand(services, session, tip_id)
    except Refused as closed:
        return sent, closed
    files = list(await carried(services, session, tip_id, sent["carried"]))
    for one in form.files:
        try:
            _, file = await keep_file(services, one.data, name=one.name)
        except Refused as bad:
            refused = refused or bad
        else:
            files.append(file)
    return replace(sent, files=tuple(files)), refused
