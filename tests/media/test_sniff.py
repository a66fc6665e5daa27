"""What may come in is decided by content: never by a name, never by a claim."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from media.sniff import MAX_BYTES, MediaKind, sniff


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def film(brand: bytes, *tracks: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + bytes(16) + b"".join(b"hdlr" + bytes(8) + track for track in tracks)


def ogg(codec: bytes) -> bytes:
    return b"OggS" + bytes(22) + b"\x01\x13" + codec


def ole(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + b"".join(name.encode("utf-16-le") for name in names)


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"

WELCOME = [
    (b"\xff\xd8\xff\xe0", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF89a", "image/gif", "gif"),
    (b"RIFF\x01\x02\x03\x0aWEBPVP8 ", "image/webp", "webp"),
    (film(b"heic"), "image/heic", "heic"),
    (ogg(b"OpusHead"), "audio/ogg", "ogg"),
    (b"ID3\x04\x00", "audio/mpeg", "mp3"),
    (b"\xff\xfb\x90\x00", "audio/mpeg", "mp3"),
    (b"\xff\xf1\x50\x80", "audio/aac", "aac"),
    (film(b"M4A "), "audio/mp4", "m4a"),
    (film(b"isom", b"soun"), "audio/mp4", "m4a"),
    (film(b"3gp4", b"soun"), "audio/mp4", "m4a"),
    (b"RIFF\x01\x02\x03\x04WAVEfmt ", "audio/wav", "wav"),
    (b"#!AMR\n\x3c", "audio/amr", "amr"),
    (WEBM + b"A_OPUS", "audio/webm", "weba"),
    (WEBM + b"V_VP8A_OPUS", "video/webm", "webm"),
    (film(b"isom", b"vide", b"soun"), "video/mp4", "mp4"),
    (film(b"3gp5", b"vide"), "video/3gpp", "3gp"),
    (film(b"qt  ", b"vide"), "video/quicktime", "mov"),
    (b"%PDF-1.7\n", "application/pdf", "pdf"),
    (ole("Root Entry", "WordDocument"), "application/msword", "doc"),
    (ole("Root Entry", "Workbook"), "application/vnd.ms-excel", "xls"),
    ("低保名单\n".encode(), "text/plain", "txt"),
    ("低保名单\n".encode("gb18030"), "text/plain", "txt"),
    ("低保名单\n".encode("utf-16"), "text/plain", "txt"),
]


@pytest.mark.parametrize(("data", "mime", "extension"), WELCOME)
def test_what_a_phone_or_an_office_makes_is_known_by_its_content(data: bytes, mime: str, extension: str) -> None:
    sniffed = sniff(data)
    assert (sniffed.mime, sniffed.extension) == (mime, extension)


@pytest.mark.parametrize(("folder", "extension"), [("word/document", "docx"), ("xl/workbook", "xlsx")])
def test_an_office_file_is_known_among_archives(folder: str, extension: str) -> None:
    assert sniff(zipped("[Content_Types].xml", f"{folder}.xml")).extension == extension


@pytest.mark.parametrize(
    "data",
    [
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        ole("Root Entry", "Workbook", "_VBA_PROJECT_CUR"),
    ],
)
def test_a_file_with_macros_gets_no_name_that_an_office_program_opens(data: bytes) -> None:
    sniffed = sniff(data)
    assert (sniffed.mime, sniffed.extension) == ("application/octet-stream", "bin")
    assert sniffed.kind is MediaKind.DOCUMENT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        zipped("a.jpg"),  # an archive, whatever its name was
        zipped("AndroidManifest.xml", "classes.dex"),
        b"MZ\x90\x00\x03\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"Rar!\x1a\x07\x01\x00",
        b"7z\xbc\xaf\x27\x1c\x00",
        b"\x1f\x8b\x08\x00\x00",
        ole("Root Entry", "SummaryInformation"),  # an installer has the same start as .doc
        film(b"crx "),
        ogg(b"\x80theora"),
        b"text\x00with a zero",
        b"\xff\xfe\x00",
    ],
)
def test_archives_programs_and_the_unknown_do_not_come_in(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        sniff(data)
    assert refused.value.reason is Reason.BAD_FILE


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"#!/bin/sh\nrm -r .\n",
        b"@echo off\r\ndel *\r\n",
    ],
)
def test_a_page_a_drawing_and_a_script_are_plain_text_and_documents(data: bytes) -> None:
    sniffed = sniff(data)
    assert (sniffed.mime, sniffed.extension) == ("text/plain", "txt")
    assert sniffed.kind is MediaKind.DOCUMENT


def test_no_document_is_ever_a_picture() -> None:
    documents = [sniff(data) for data, _, _ in WELCOME if sniff(data).kind is MediaKind.DOCUMENT]
    documents.append(sniff(b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"))
    assert len(documents) > 5
    assert not any(document.is_picture for document in documents)


def test_a_photo_that_we_cannot_draw_anew_is_no_picture() -> None:
    assert not sniff(film(b"heic")).is_picture
    assert sniff(b"\xff\xd8\xff\xe0").is_picture


def test_twenty_megabytes_come_in_and_one_byte_more_does_not() -> None:
    photo = b"\xff\xd8\xff" + bytes(MAX_BYTES - 3)
    assert sniff(photo).extension == "jpg"
    with pytest.raises(Refused) as refused:
        sniff(photo + b"x")
    assert refused.value.reason is Reason.TOO_LARGE


@given(st.binary(max_size=200), st.sampled_from([data[:12] for data, _, _ in WELCOME]) | st.just(b""))
def test_any_bytes_are_sniffed_or_refused(tail: bytes, start: bytes) -> None:
    with contextlib.suppress(Refused):
        assert sniff(start + tail).extension.isalnum()


def test_sound_that_happens_to_hold_two_letters_of_a_film_codec_stays_sound() -> None:
    data = b"\x1a\x45\xdf\xa3" + b"\x42\x82\x84webm" + b"A_OPUS" + b"\x00V_\x17" * 9
    assert sniff(data).kind is MediaKind.AUDIO
