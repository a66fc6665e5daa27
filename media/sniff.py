"""What a file is, by its content alone. What is not on the list does not come in; names and claims are never asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Reason, Refused

MAX_BYTES = 20 * 1024 * 1024


class MediaKind(StrEnum):
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`mime` and `extension` (without a dot) are ours and are the only ones ever served."""

    kind: MediaKind
    mime: str
    extension: str

    @property
    def is_picture(self) -> bool:
        """`pictures.safe_picture` can draw it; other images are for download only."""
        return self.mime in _DRAWABLE


_DRAWABLE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_JPEG = Sniffed(MediaKind.IMAGE, "image/jpeg", "jpg")
_PNG = Sniffed(MediaKind.IMAGE, "image/png", "png")
_GIF = Sniffed(MediaKind.IMAGE, "image/gif", "gif")
_WEBP = Sniffed(MediaKind.IMAGE, "image/webp", "webp")
_HEIC = Sniffed(MediaKind.IMAGE, "image/heic", "heic")
_OGG = Sniffed(MediaKind.AUDIO, "audio/ogg", "ogg")
_MP3 = Sniffed(MediaKind.AUDIO, "audio/mpeg", "mp3")
_AAC = Sniffed(MediaKind.AUDIO, "audio/aac", "aac")
_M4A = Sniffed(MediaKind.AUDIO, "audio/mp4", "m4a")
_WAV = Sniffed(MediaKind.AUDIO, "audio/wav", "wav")
_AMR = Sniffed(MediaKind.AUDIO, "audio/amr", "amr")
_WEBM_AUDIO = Sniffed(MediaKind.AUDIO, "audio/webm", "weba")
_WEBM = Sniffed(MediaKind.VIDEO, "video/webm", "webm")
_MP4 = Sniffed(MediaKind.VIDEO, "video/mp4", "mp4")
_3GP = Sniffed(MediaKind.VIDEO, "video/3gpp", "3gp")
_MOV = Sniffed(MediaKind.VIDEO, "video/quicktime", "mov")
_PDF = Sniffed(MediaKind.DOCUMENT, "application/pdf", "pdf")
_TEXT = Sniffed(MediaKind.DOCUMENT, "text/plain", "txt")
# With its own extension an office program would offer to run what is inside; so it has none.
_MACROS = Sniffed(MediaKind.DOCUMENT, "application/octet-stream", "bin")

_STARTS: tuple[tuple[re.Pattern[bytes], Sniffed], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sniffed)
    for pattern, sniffed in (
        (rb"\xff\xd8\xff", _JPEG),
        (rb"\x89PNG\r\n\x1a\n", _PNG),
        (rb"GIF8[79]a", _GIF),
        (rb"RIFF.{4}WEBP", _WEBP),
        (rb"RIFF.{4}WAVE", _WAV),
        (rb"OggS.{24}(OpusHead|\x01vorbis|Speex   )", _OGG),
        (rb"#!AMR(-WB)?\n", _AMR),
        (rb"%PDF-\d", _PDF),
        (rb"ID3[\x02-\x04]", _MP3),
        (rb"\xff[\xfa\xfb\xf2\xf3\xe2\xe3][^\xf0-\xff]", _MP3),  # MPEG audio, layer III, a valid bit rate
        (rb"\xff[\xf0\xf1\xf8\xf9]", _AAC),  # ADTS frame
    )
)

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"dash",
    b"MSNV",
    b"M4V ",
    b"M4VP",
)
_TRACK = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)

_FILM = re.compile(rb"V_(VP[89]|AV1|MPEG)")  # whole codec names: two letters of one turn up in sound by chance

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED: tuple[tuple[bytes, Sniffed], ...] = (
    (b"word/document.xml", Sniffed(MediaKind.DOCUMENT, _OFFICE + "wordprocessingml.document", "docx")),
    (b"xl/workbook.xml", Sniffed(MediaKind.DOCUMENT, _OFFICE + "spreadsheetml.sheet", "xlsx")),
    (b"ppt/presentation.xml", Sniffed(MediaKind.DOCUMENT, _OFFICE + "presentationml.presentation", "pptx")),
)
_OLE: tuple[tuple[bytes, Sniffed], ...] = (
    ("WordDocument".encode("utf-16-le"), Sniffed(MediaKind.DOCUMENT, "application/msword", "doc")),
    ("Workbook".encode("utf-16-le"), Sniffed(MediaKind.DOCUMENT, "application/vnd.ms-excel", "xls")),
    ("PowerPoint Document".encode("utf-16-le"), Sniffed(MediaKind.DOCUMENT, "application/vnd.ms-powerpoint", "ppt")),
)


def sniff(data: bytes) -> Sniffed:
    """What `data` is. Raises `Refused`: TOO_LARGE above `MAX_BYTES`, BAD_FILE when empty or not on the list.

    A page, a drawing or a script that is text comes in as plain text, which it is until somebody renames it.
    Archives and programs do not come in.
    """
    if len(data) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE)
    for pattern, sniffed in _STARTS:
        if pattern.match(data):
            return sniffed
    found = _iso_media(data) or _matroska(data) or _office(data) or _text(data)
    if found is None:
        raise Refused(Reason.BAD_FILE)
    return found


def _iso_media(data: bytes) -> Sniffed | None:
    if data[4:8] != b"ftyp":
        return None
    brand = data[8:12]
    if brand in _HEIC_BRANDS:
        return _HEIC
    if brand in (b"M4A ", b"M4B "):
        return _M4A
    if brand[:3] not in (b"3gp", b"3g2") and brand != b"qt  " and brand not in _MP4_BRANDS:
        return None
    # Sound recorders of many phones write the brand of a film; only the tracks tell.
    if {match[1] for match in _TRACK.finditer(data)} == {b"soun"}:
        return _M4A
    return _MOV if brand == b"qt  " else _3GP if brand.startswith(b"3g") else _MP4


def _matroska(data: bytes) -> Sniffed | None:
    if not data.startswith(b"\x1a\x45\xdf\xa3") or b"webm" not in data[:64]:
        return None
    head = data[:65536]
    return _WEBM if _FILM.search(head) else _WEBM_AUDIO


def _office(data: bytes) -> Sniffed | None:
    """Names inside the container are searched, not parsed: nothing a hostile directory could wear out."""
    if data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data:
        known, macros = _ZIPPED, b"vbaProject.bin"
    elif data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        known, macros = _OLE, "_VBA_PROJECT".encode("utf-16-le")
    else:
        return None
    found = next((sniffed for name, sniffed in known if name in data), None)
    return _MACROS if found and macros in data else found


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def _text(data: bytes) -> Sniffed | None:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _TEXT if text.strip() and not _CONTROLS.search(text) else None
    return None
