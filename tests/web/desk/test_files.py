"""Files on the desk over real HTTP: pictures under the viewer's name, films to play, everything else to save."""

import pytest

from domain.ids import TipId
from handlers.desk.tip import attachments
from handlers.desk.tip.thread import open_tip
from tests.media.picture_side import drawn, picture
from tests.web.desk.file_side import tell_with_files
from tests.web.desk_site import Member, Page, Site

MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"hdlr" + bytes(8) + b"vide" + bytes(400)
MOV = b"\0\0\0\x18ftypqt  \0\0\0\0qt  qt  " + b"hdlr" + bytes(8) + b"vide" + bytes(400)
WEBM = b"\x1a\x45\xdf\xa3webm" + b"V_VP9" + bytes(400)


async def files_of(site: Site, member: Member, *files: bytes) -> list[str]:
    """The addresses of the files of a fresh tip."""
    assert member.session is not None
    tip = await tell_with_files(site, *files)
    thread = (await open_tip(site.world.desk, member.session, TipId(bytes.fromhex(tip)))).thread
    return [f"/desk/tips/{tip}/files/{one.hex()}" for one in attachments.files_of(thread)]


@pytest.mark.parametrize(("data", "mime"), [(MP4, "video/mp4"), (WEBM, "video/webm")])
async def test_a_film_is_played_in_pieces_and_can_be_saved(site: Site, data: bytes, mime: str) -> None:
    zhou = await site.member("zhou")
    path = (await files_of(site, zhou, data))[0]
    whole = await zhou.get(path)
    assert (whole.status, whole.headers["Content-Type"], whole.body) == (200, mime, data)
    assert whole.headers["Content-Disposition"].startswith("inline; ")
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    part = await zhou.get(path, Range="bytes=4-7")
    assert (part.status, part.body) == (206, data[4:8])
    assert (await zhou.get(f"{path}?save")).headers["Content-Disposition"].startswith("attachment; ")


async def test_a_film_that_not_every_player_knows_is_saved_not_played(site: Site) -> None:
    zhou = await site.member("zhou")
    served = await zhou.get((await files_of(site, zhou, MOV))[0])
    assert (served.status, served.headers["Content-Type"]) == (200, "video/quicktime")
    assert served.headers["Content-Disposition"].startswith("attachment; ")


async def test_a_picture_is_shown_small_and_large_and_saved_as_it_came(site: Site) -> None:
    zhou, photo = await site.member("zhou"), picture(size=(4000, 3000))
    path = (await files_of(site, zhou, photo))[0]

    def width(page: Page) -> int:
        assert page.headers["Content-Type"] == "image/jpeg"
        return drawn(page.body).width

    assert (width(await zhou.get(path)), width(await zhou.get(f"{path}?large"))) == (1600, 3200)
    saved = await zhou.get(f"{path}?save")
    assert saved.body == photo
    assert saved.headers["Content-Disposition"].startswith("attachment; ")


async def test_two_viewers_see_two_pictures(site: Site) -> None:
    zhou, tang = await site.member("zhou"), await site.member("tang")
    path = (await files_of(site, zhou, picture(size=(800, 600))))[0]
    assert (await zhou.get(path)).body != (await tang.get(path)).body


async def test_a_file_of_another_tip_is_a_file_that_does_not_exist(site: Site) -> None:
    zhou = await site.member("zhou")
    path = (await files_of(site, zhou, MP4))[0]
    other = await site.tip()
    file_id = path.rsplit("/", 1)[1]
    theirs, unknown = [await zhou.get(f"/desk/tips/{other}/files/{one}") for one in (file_id, "ab" * 16)]
    assert (theirs.status, theirs.body) == (404, unknown.body)
