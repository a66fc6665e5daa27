"""Entering over HTTP: the form keeps what was typed, its slip is shown once per form, and files stay within limits."""

import re
from dataclasses import dataclass, field
from io import BytesIO

import aiohttp
import pytest

from domain.ids import TeamId
from handlers.conversation.events import Chose, Said
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from storage.intake import boxes
from tests.web.desk_site import Member, Page, Site
from tests.web.site import PNG
from web.uploads import MOST_FILES

WORDS = "鱼塘租金三年没有公开"


@dataclass
class Filled:
    """The entry form as a browser sends it: the token first, files last."""

    member: Member
    fields: dict[str, str] = field(default_factory=dict)

    async def sends(self, *files: bytes, csrf: str | None = None, last: str = "", **changed: str) -> Page:
        form = aiohttp.FormData(default_to_multipart=True)
        token = self.member.csrf if csrf is None else csrf
        if token and not last:
            form.add_field("csrf", token)
        for name, value in {**self.fields, **changed}.items():
            form.add_field(name, value)
        for n, data in enumerate(files):
            form.add_field("files", BytesIO(data), filename=f"{n}.png", content_type="image/png")
        if last:
            form.add_field("csrf", last)
        return await self.member.ask("POST", "/desk/entry", data=form)


@pytest.fixture
async def form(site: Site) -> Filled:
    member = await site.member("zhou")
    page = await member.get("/desk/entry")
    assert page.status == 200
    hidden = {name: re.search(rf'name="{name}" value="([0-9a-f]+)"', page.text)[1] for name in ("team", "form")}  # type: ignore[index]  # it is there
    typed = {"channel": "visit", "day": "2026-11-11", "unit": "unknown", "kind": "other", "identity": "anonymous"}
    return Filled(member, {**hidden, **typed, "name": "", "phone": "", "words": WORDS})


async def count(form: Filled, site: Site) -> int:
    assert form.member.session is not None
    queue = await read_queue(
        site.world.desk, form.member.session, TeamId(bytes.fromhex(form.fields["team"])), ViewName.ALL
    )
    return queue.counts[ViewName.ALL]


def code_of(page: Page) -> str:
    return "".join(re.findall(r"<span>(\d{4})</span>", page.text))


async def test_the_slip_has_all_that_a_visitor_needs_and_not_what_it_is_about(form: Filled, site: Site) -> None:
    page = await form.sends(PNG)
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    for shown in ("1-0001", "第一巡察组", "11 月 11 日", "0000-0000001", "http://127.0.0.1/progress"):
        assert shown in page.text
    assert WORDS not in page.text
    assert len(code_of(page)) == 16
    tip = re.search(r"/desk/tips/(\w{32})", page.text)
    assert tip
    opened = await form.member.get(f"/desk/tips/{tip[1]}")
    assert WORDS in opened.text
    assert "周宁 代录" in opened.text
    asking = site.world.villager("visitor")
    await asking.does(Chose("progress"))
    assert (await asking.does(Said(code_of(page)))).state.step == "follow"


async def test_a_form_that_is_sent_twice_enters_one_tip_and_shows_the_same_slip(form: Filled, site: Site) -> None:
    first, again = await form.sends(), await form.sends()
    assert code_of(first) == code_of(again) != ""
    assert "没有再录一件" in again.text
    assert "没有再录一件" not in first.text
    assert await count(form, site) == 1
    assert code_of(first) not in (await form.member.get("/desk/entry")).text


async def test_a_wrong_form_comes_back_with_everything_typed_and_the_field_marked(form: Filled, site: Site) -> None:
    page = await form.sends(unit="", name="周大山", phone="0000-0000000", words=f"{WORDS} <b>\n\n第二段")
    assert page.status == 409
    for kept in ("周大山", "0000-0000000", "&lt;b&gt;\n\n第二段", 'value="2026-11-11"', form.fields["form"]):
        assert kept in page.text
    assert re.search(r'value="visit" checked', page.text)
    assert page.text.count('aria-invalid="true"') == 3  # the unit, and the two fields of a name
    assert {"bad-unit", "bad-name"} <= set(re.findall(r'id="([^"]+)"', page.text))
    assert await count(form, site) == 0
    assert code_of(await form.sends()) != ""


async def test_a_file_that_may_not_come_in_gives_the_form_back(form: Filled, site: Site) -> None:
    page = await form.sends(PNG, b"\x00\x01 nothing that is known")
    assert page.status == 409
    assert "有一个文件收不了" in page.text
    assert "刚才选的 2 个文件没有存" in page.text
    assert WORDS in page.text
    assert await count(form, site) == 0


async def test_too_many_and_too_large_files_are_refused_with_the_words_kept(form: Filled, site: Site) -> None:
    many = await form.sends(*[PNG] * (MOST_FILES + 1))
    assert "文件太多，一次最多 10 个" in many.text
    big = PNG + b"\0" * (20 * 1024 * 1024)
    one = await form.sends(big)
    assert "这个文件太大，最多 20 MB" in one.text
    together = await form.sends(*[big[: 15 * 1024 * 1024]] * 5)
    assert "文件合起来太大" in together.text
    for page in (many, one, together):
        assert page.status == 409
        assert WORDS in page.text
    assert await count(form, site) == 0
    assert not list((site.world.data / "attachments").iterdir())


async def test_files_above_a_megabyte_come_in_and_all_ten_of_them(form: Filled, site: Site) -> None:
    large = PNG + b"\0" * (5 * 1024 * 1024)
    page = await form.sends(*[large] * 9, PNG)
    assert page.status == 200
    kept = await site.world.desk.store.read(boxes.kept_files)
    assert len(kept) == 10


async def test_without_the_token_first_nothing_is_read_or_stored(form: Filled, site: Site) -> None:
    stranger = await site.member("heyu")
    assert (await form.sends(PNG, csrf="")).status == 403
    assert (await form.sends(PNG, csrf=stranger.csrf)).status == 403
    assert (await form.sends(PNG, last=form.member.csrf)).status == 403
    assert (await form.member.post_bare("/desk/entry", form.fields)).status == 403
    assert await count(form, site) == 0
    assert not list((site.world.data / "attachments").iterdir())


async def test_the_rooms_bytes_are_given_back_whatever_happens(form: Filled, site: Site) -> None:
    big = PNG + b"\0" * (15 * 1024 * 1024)
    for _ in range(4):
        await form.sends(*[big] * 5)
        await form.sends(*[big] * 3, unit="")
        await form.sends(*[big] * 3, csrf="x")
    assert (await form.sends(*[big] * 3)).status == 200
    assert await count(form, site) == 1


async def test_when_nothing_can_be_stored_the_words_stay_in_the_form(form: Filled, site: Site) -> None:
    site.world.desk.secrets.destroy_round(site.world.made.round_id)
    page = await form.sends(PNG)
    assert page.status == 409
    assert f"{WORDS}</textarea>" in page.text  # no key opens any more: the words are there to be copied
    assert await count(form, site) == 0


async def test_a_full_disk_gives_the_form_back(form: Filled, site: Site) -> None:
    attachments = site.world.data / "attachments"
    attachments.rmdir()
    attachments.write_bytes(b"")
    page = await form.sends(PNG)
    assert page.status == 503
    assert "现在存不了" in page.text
    assert WORDS in page.text
    assert code_of(page) == ""
    assert await count(form, site) == 0


async def test_another_teams_form_does_not_exist(form: Filled, site: Site) -> None:
    stranger = await site.member("shen")
    assert stranger.session is not None
    theirs = stranger.session.teams[0].hex()
    assert (await form.member.get(f"/desk/entry?team={theirs}")).status == 404
    assert (await form.sends(team=theirs)).status == 404
    assert (await form.sends(team="zz")).status == 404
    assert (await stranger.get(f"/desk/entry?team={theirs}")).status == 200


async def test_a_short_form_without_files_may_come_without_pieces(form: Filled, site: Site) -> None:
    page = await form.member.post("/desk/entry", form.fields)
    assert page.status == 200
    assert len(code_of(page)) == 16
    assert await count(form, site) == 1
