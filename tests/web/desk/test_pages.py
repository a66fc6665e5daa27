"""The desk's pages over real HTTP: what they show, what they never run, and what they say when a rule refuses."""

import asyncio
import json
import re

import aiohttp
from sqlalchemy import update

from domain.ids import KeyId, TipId, new_id
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.listing.queue import At, read_queue
from handlers.desk.listing.views import ViewName
from storage.intake import boxes
from storage.people import audit, keys
from storage.people.keys import Key, KeyKind
from storage.schema.people import key as key_table
from tests.patience import PATIENCE
from tests.web.desk.file_side import picture, tell_with_files, voice
from tests.web.desk_site import Site
from vault.keys import new_seed, public_half

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


async def test_what_a_villager_writes_is_shown_and_never_run(site: Site) -> None:
    tip = await site.tip(words=EVIL)
    zhou = await site.member("zhou")
    for path in ("/desk", f"/desk/tips/{tip}"):
        page = await zhou.get(path)
        assert "&lt;script&gt;alert(1)" in page.text
        assert "<script>alert" not in page.text
        assert "onerror=alert" not in page.text.replace("&lt;img src=x onerror=alert(2)&gt;", "")
        assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]


async def test_a_picture_is_drawn_anew_and_everything_else_is_saved_not_shown(site: Site) -> None:
    tip = await tell_with_files(site, picture(), voice(), b"%PDF-1.4 with a script")
    zhou = await site.member("zhou")
    page = await zhou.get(f"/desk/tips/{tip}")
    files = list(dict.fromkeys(re.findall(r"/files/(\w{32})", page.text)))
    drawn, sound, pdf = [await zhou.get(f"/desk/tips/{tip}/files/{one}") for one in files]
    assert drawn.headers["Content-Type"] == "image/jpeg"
    assert b"trailing secret" not in drawn.body
    assert b"where the reporter lives" not in drawn.body
    assert (sound.headers["Content-Type"], sound.body) == ("audio/wav", voice())
    assert pdf.headers["Content-Disposition"].startswith("attachment; ")
    assert "etc" not in pdf.headers["Content-Disposition"]
    for served in (drawn, sound, pdf):
        assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert served.headers["Cache-Control"] == "no-store"


async def test_a_player_may_ask_for_a_part_of_a_voice(site: Site) -> None:
    tip = await tell_with_files(site, voice())
    zhou = await site.member("zhou")
    page = await zhou.get(f"/desk/tips/{tip}")
    path = re.findall(r'<audio[^>]+src="([^"]+)"', page.text)[0]
    part = await zhou.get(path, Range="bytes=0-1")
    assert (part.status, part.body) == (206, voice()[:2])
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(voice())}"
    assert (await zhou.get(path, Range=f"bytes={len(voice())}-")).status == 416


async def test_whoever_comes_second_is_told_so_in_words(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await site.member("zhou"), await site.member("tang")
    version = (await zhou.get(f"/desk/tips/{tip}")).version
    assert (await zhou.post(f"/desk/tips/{tip}/claim", {"version": version})).status == 303
    late = await tang.post(f"/desk/tips/{tip}/claim", {"version": version})
    assert late.status == 409
    assert "有人刚刚改过" in late.text


async def test_forms_do_the_work_without_script(site: Site) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    here = f"/desk/tips/{tip}"
    for name, fields in (
        ("claim", {}),
        ("accept", {}),
        ("write", {"to": "reporter", "text": "在哪一年？"}),
        ("write", {"to": "note", "text": "先看账"}),
    ):
        page = await zhou.get(here)
        answer = await zhou.post(f"{here}/{name}", {"version": page.version, **fields})
        assert (answer.status, answer.location) == (303, here), name
    page = await zhou.get(here)
    assert all(words in page.text for words in ("等反映人", "在哪一年？", "先看账", "暂停 等回话"))


async def test_the_queue_counts_every_view_and_goes_on_where_a_page_ended(site: Site) -> None:
    tips = [await site.tip() for _ in range(3)]
    zhou = await site.member("zhou")
    assert zhou.session is not None
    queue = await read_queue(site.world.desk, zhou.session, zhou.session.teams[0], ViewName.RECEIVED, at=At(limit=2))
    assert [row.tip.id.hex() for row in queue.rows] == tips[:2]
    assert queue.span.after is not None
    day, number = queue.span.after
    rest = await zhou.get(f"/desk?view=received&after={day.isoformat()}.{number}")
    assert re.findall(r"/desk/tips/(\w+)", rest.text) == tips[2:]
    assert "待受理 <b>3</b>" in rest.text
    assert (await zhou.get("/desk?view=received&after=nonsense")).status == 404


async def test_new_tips_are_announced_and_the_line_ends_with_the_session(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    path = f"{site.url}/desk/events?team={zhou.session.teams[0].hex()}&since=0"
    async with site.http.get(path, headers={"Cookie": f"desk={zhou.cookies['desk']}"}) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert await _said(stream) == {"new": 0, "changed": []}
        tip = await site.tip()
        assert await _said(stream) == {"new": 1, "changed": [tip]}
        await zhou.post("/sign-out")
        async with asyncio.timeout(PATIENCE):
            assert await stream.content.read() in {b"\n", b""}


async def _said(stream: aiohttp.ClientResponse) -> object:
    """The next message of a stream."""
    async with asyncio.timeout(PATIENCE):
        while not (line := await stream.content.readline()).startswith(b"data: "):
            pass
    return json.loads(line.removeprefix(b"data: "))


async def test_another_key_at_the_intake_is_a_red_banner_and_one_line_in_the_audit(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    assert 'role="alert"' not in (await zhou.get("/desk")).text
    mine, office = zhou.session.teams[0], zhou.session.office_id
    swapped = update(key_table).where(key_table.c.team_id == mine).values(public=b"\x01" * 1216)
    await site.world.house.store.write(lambda tx: tx.execute(swapped))
    for _ in range(2):
        assert "对不上" in (await zhou.get("/desk")).text
    lines = await site.world.house.store.read(lambda tx: audit.list_lines(tx, office))
    assert [line.entry.act for line in lines].count("key-differs") == 1


async def test_a_forged_lock_is_a_red_banner_and_a_note_under_it_is_not_written(site: Site) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    assert zhou.session is not None
    round_id, here = site.world.made.round_id, f"/desk/tips/{tip}"
    assert 'role="alert"' not in (await zhou.get(here)).text
    half, team_id = public_half(new_seed()), zhou.session.teams[0]
    made = Key(KeyId(new_id()), zhou.session.office_id, KeyKind.SUBSET, half.public, half.verify, round_id=round_id,
               team_id=team_id, tip_id=TipId(bytes.fromhex(tip)))  # fmt: skip
    await site.world.house.store.write(lambda tx: keys.insert_key(tx, made))
    await site.world.house.store.write(lambda tx: boxes.insert_holder(tx, round_id, TipId(bytes.fromhex(tip)), made.id))
    page = await zhou.get(here)
    assert "被人动过" in page.text
    answer = await zhou.post(f"{here}/write", {"version": page.version, "to": "note", "text": "先看账"})
    assert answer.status == 409
    assert "被人动过" in answer.text
    assert "先看账" not in (await zhou.get(here)).text


async def test_a_number_in_an_address_that_no_tip_can_have_is_an_address_that_does_not_exist(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    team = zhou.session.teams[0].hex()
    for number in ("9" * 10, "9" * 19, "9" * 5000, "-1", "1_0", "٣", ""):
        assert (await zhou.get(f"/desk?after=2026-11-25.{number}")).status == 404, number[:20]
        assert (await zhou.get(f"/desk/events?team={team}&since={number}")).status == 404, number[:20]


async def test_a_look_at_a_file_is_one_line_a_day_for_each_member(site: Site) -> None:
    tip = await tell_with_files(site, picture(), voice())
    zhou, tang = await site.member("zhou"), await site.member("tang")
    assert zhou.session is not None
    office = zhou.session.office_id
    files = list(dict.fromkeys(re.findall(r"/files/(\w{32})", (await zhou.get(f"/desk/tips/{tip}")).text)))

    async def looks() -> int:
        lines = await site.world.house.store.read(lambda tx: audit.list_lines(tx, office))
        return [line.entry.act for line in lines].count("open-file")

    assert await looks() == 0
    for one in files:
        for _ in range(2):
            assert (await zhou.get(f"/desk/tips/{tip}/files/{one}", Range="bytes=0-1")).status in {200, 206}
    assert await looks() == 2
    await tang.get(f"/desk/tips/{tip}/files/{files[0]}")
    assert await looks() == 3
    site.world.clock.forward(days=1)
    await (await site.member("zhou")).get(f"/desk/tips/{tip}/files/{files[0]}")
    assert await looks() == 4


async def test_a_real_name_is_shown_to_those_who_can_read_the_tip(site: Site) -> None:
    villager = site.world.villager("by name")
    await villager.does(Start(site.world.card("苇庄镇")))

    await villager.does(Said("路灯不亮"))
    await villager.does(Chose("done"))
    for event in (Chose("skip"), Chose("real_name"), Said("周大山"), Said("0000-0000000"), Chose("recusal:no")):
        await villager.does(event)
    assert (await villager.does(Chose("submit"))).state.step == "receipt"
    tip = (await fold(site.world.desk))[0].tip_id.hex()
    page = await (await site.member("tang")).get(f"/desk/tips/{tip}")
    assert "周大山" in page.text
    assert "0000-0000000" in page.text
    assert "周大山" not in (await (await site.member("tang")).get("/desk")).text
