"""移交材料: what a receiving organ is given of a tip: a PDF and the original files. Internal notes stay here."""

import asyncio
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import AttachmentId, TipId
from handlers.conversation.talk import File
from handlers.desk.paper.passages import Passage, facts_of, passages_of, passed_on
from handlers.desk.paper.words import Speak, label, made_by, speaker
from handlers.desk.tip.attachments import Served, file_name, files_of, open_attachment
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.letters import Letter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from media.sniff import sniff
from qr.font import drawable, faces, texts_of
from reports import dossier
from reports.dossier import NEEDED, Dossier, Section, dossier_pdf
from storage.intake.tips import TipEvent

LARGEST = 100 * 1024 * 1024
"""Bytes of all attachments together."""

_ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class _Work:
    """What a package is made of. `files`: those of the reporter, by their place among all files of the tip."""

    tip: OpenTip
    event: TipEvent | None
    files: Mapping[int, tuple[AttachmentId, File]]
    speak: Speak
    mark: str
    with_name: bool


async def make_package(
    services: DeskServices, session: Session, tip_id: TipId, *, with_name: bool = False, lang: str = "zh"
) -> Served:
    """A zip with the dossier and the reporter's files as they came, under names of ours.

    `with_name`: a reporter who gave a name is named; otherwise, and for an anonymous tip always, nobody is.
    Raises what `stand` raises, TOO_LARGE (`package-too-large`), `CannotStore` when the disk fails.
    """
    tip, speak = await open_tip(services, session, tip_id), speaker(lang)
    event = await services.store.read(lambda tx: passed_on(tx, tip.standing))
    work = _Work(tip, event, _theirs(tip), speak, drawable(made_by(services, session.name, speak)), with_name)
    if sum(file.size for _, file in work.files.values()) > LARGEST:
        raise Refused(Reason.TOO_LARGE, "package-too-large")
    data = await asyncio.to_thread(_pack, services, work)
    deed = trail.Deed(session.office_id, session.member_id, "package-named" if with_name else "package", "tip", tip_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    return Served(data, _ZIP, f"{tip.label}.zip", inline=False)


def _theirs(tip: OpenTip) -> dict[int, tuple[AttachmentId, File]]:
    letters = [said for said in tip.thread if isinstance(said.value, Letter)]
    wanted = files_of(letters)
    places = enumerate(files_of(tip.thread), start=1)
    return {place: (file_id, wanted[file_id]) for place, file_id in places if file_id in wanted}


def _pack(services: DeskServices, work: _Work) -> bytes:
    """Reads and decrypts every file: call it in a thread."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        lines = tuple(_add(services, work, archive, place) for place in work.files)
        archive.writestr(f"{work.tip.label}.pdf", _pdf(_dossier(work, lines)))
    return data.getvalue()


def _add(services: DeskServices, work: _Work, archive: zipfile.ZipFile, place: int) -> str:
    """Puts a file in and gives its line in the list. One that is lost or broken is named as such: the rest goes on."""
    file_id, file = work.files[place]
    kind = work.speak(f"desk-{_kind(file)}")
    try:
        data = open_attachment(services, file_id, file)
        name = file_name(work.tip.label, place, sniff(data))
    except Refused:
        return work.speak("paper-attachment-broken", n=place, kind=kind)
    archive.writestr(name, data)
    return work.speak("paper-attachment-line", n=place, kind=kind, name=name)


def _kind(file: File) -> str:
    first = file.mime.partition("/")[0]
    return first if first in {"image", "audio", "video"} else "document"


def _dossier(work: _Work, attached: tuple[str, ...]) -> Dossier:
    speak, tip = work.speak, work.tip
    said = passages_of(tip, speak)
    words = Section(speak("paper-words"), tuple(_printed(one, speak) for one in said if one.is_first))
    exchange = Section(speak("paper-exchange"), tuple(_printed(one, speak) for one in said if not one.is_first))
    listed = Section(
        speak("paper-attachments"), (dossier.Passage("", "\n".join(attached) or speak("paper-no-attachments")),)
    )
    return Dossier(
        title=speak("paper-dossier-title"),
        facts=tuple((name, drawable(value)) for name, value in (*_passed_on(work), *_known(work))),
        receipt_title=speak("paper-receipt"),
        receipt=tuple(speak(f"paper-receipt-{line}") for line in ("by", "on", "seal")),
        sections=tuple(one for one in (words, exchange, listed) if one.passages),
        mark=work.mark,
        foot=tip.label,
    )


def _known(work: _Work) -> tuple[tuple[str, str], ...]:
    return facts_of(work.tip, work.speak, with_name=work.with_name)


def _passed_on(work: _Work) -> tuple[tuple[str, str], ...]:
    """Where it goes and since when, once a member has made that move."""
    speak, event = work.speak, work.event
    if event is None:
        return ()
    organ = label(speak, "reason", event.reason)
    return ((speak("paper-receiver"), organ), (speak("paper-handed-on"), event.on.isoformat()))


def _printed(said: Passage, speak: Speak) -> dossier.Passage:
    day = said.on.isoformat() if said.on else ""
    return dossier.Passage(drawable(speak("paper-said-by", who=said.who, day=day)), drawable(said.text))


def _pdf(made: Dossier) -> bytes:
    with faces("".join({*NEEDED, *(char for text in texts_of(made) for char in text)} - {"\n", "\t"})) as cut:
        return dossier_pdf(made, dossier.Faces(cut.regular, cut.bold))
