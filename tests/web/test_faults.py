"""Error pages of the members' side: in the desk's frame, with a way back, and nothing of what was asked in them."""

import asyncio
import re
from io import BytesIO

import pytest
from aiohttp import ClientSession, DummyCookieJar, web

from domain.errors import CannotStore
from tests.web.desk_site import Member, Page, Site
from tests.world import World
from web import access, faults, guard, pages
from web.server import Runner


def told(page: Page) -> tuple[int, str, str]:
    """Status, heading and where the button of the page leads."""
    heading = re.search(r"<h1>([^<]*)</h1>", page.text)
    back = re.search(r'<a class="btn" href="([^"]*)"', page.text)
    return page.status, heading[1] if heading else "", back[1] if back else ""


@pytest.mark.parametrize(
    ("login", "path", "home"),
    [("zhou", "/desk/nowhere", "/desk"), ("zhou", "/office", "/desk"), ("fang", "/office/nowhere", "/office"),
     ("fang", "/desk", "/office"), ("ning", "/me/nowhere", "/me")],
)  # fmt: skip
async def test_an_address_that_is_not_there_leads_back_to_ones_own_work(
    site: Site, login: str, path: str, home: str
) -> None:
    page = await (await site.member(login)).get(path)
    assert told(page) == (404, "没有打开", home)
    assert 'href="/"' not in page.text
    assert "desk.css" in page.text


def links(page: Page) -> list[str]:
    """Where the page's header leads, its form for searching among them."""
    header = re.search(r"<header.*?</header>", page.text, re.DOTALL)
    assert header
    return re.findall(r'(?:href|action)="([^"?]*)', header[0])


@pytest.mark.parametrize(
    ("login", "path", "like"),
    [("zhou", "/me", "/desk/entry"), ("zhou", "/me/ties", ""), ("zhou", "/desk/nowhere", ""),
     ("fang", "/me", "/office/days"), ("fang", "/me/ties", "/office/days"), ("fang", "/office/nowhere", "/office/days"),
     ("ning", "/me", ""), ("ning", "/me/nowhere", "")],
)  # fmt: skip
async def test_every_page_of_a_member_has_the_way_back_in_its_header(
    site: Site, login: str, path: str, like: str
) -> None:
    member = await site.member(login)
    found = links(await member.get(path))
    expected = links(await member.get(like)) if like else {"zhou": ["/desk", "/desk"], "ning": ["/me"]}[login]
    assert [one for one in found if one != "/me"] == [one for one in expected if one != "/me"]


async def test_a_stranger_sees_no_way_but_that_to_sign_in(site: Site) -> None:
    page = await site.visitor().get("/office/nowhere")
    assert told(page) == (404, "没有打开", "/sign-in")
    assert links(page) == ["/sign-in"]


async def test_somebody_signed_out_is_led_to_sign_in_in_the_browsers_language(site: Site) -> None:
    visitor = site.visitor()
    english = await visitor.get("/me/nowhere", **{"Accept-Language": "fr;q=0.9, en-GB, zh;q=0.1"})
    assert told(english) == (404, "This did not open", "/sign-in")
    assert '<html lang="en"' in english.text
    assert told(await visitor.get("/me/nowhere"))[1] == "没有打开"
    member = await site.member("zhou")
    assert told(await member.get("/desk/nowhere", **{"Accept-Language": "en"}))[1] == "没有打开"


async def test_an_invite_that_is_no_more_says_so(site: Site) -> None:
    page = await site.visitor().get("/invite/" + "x" * 43)
    assert told(page) == (404, "没有打开", "/sign-in")
    assert "邀请已经用过，或者过期了" in page.text


async def test_a_wrong_method_and_a_foreign_form_are_answered_in_the_same_frame(site: Site) -> None:
    member = await site.member("zhou")
    wrong = await member.post("/desk/nowhere")
    assert told(wrong)[::2] == (404, "/desk")
    method = await member.post("/desk/changes")
    assert told(method)[::2] == (405, "/desk")
    assert method.headers["Allow"] == "GET,HEAD"
    foreign = await member.post_bare("/desk/bulk", {}, Origin="https://elsewhere.example")
    assert told(foreign) == (403, "没有打开", "/desk")


async def test_a_body_that_is_too_large_is_refused_in_the_same_frame(site: Site) -> None:
    member = await site.member("fang")
    body = BytesIO(f"csrf={member.csrf}&name=".encode() + b"x" * 2_000_000)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    page = await member.ask("POST", "/office/units", data=body, headers=kind)
    assert told(page)[::2] == (413, "/office")
    assert "20 MB" in page.text


async def _broken(_: web.Request) -> web.Response:
    raise RuntimeError("a sentence of a tip")


async def _full(_: web.Request) -> web.Response:
    raise CannotStore("disk")


async def test_the_page_of_a_fault_needs_no_database_and_tells_nothing(world: World) -> None:
    app = web.Application()
    guard.register(app, "http://127.0.0.1")
    pages.register(app)
    access.register(app, world.desk)
    faults.register(app)
    app.router.add_get("/office/broken", _broken)
    app.router.add_get("/office/full", _full)
    runner = Runner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url, cookie = f"http://127.0.0.1:{runner.addresses[0][1]}", (await world.sign_in("fang"))[0]
    await world.house.store.aclose()
    async with ClientSession(cookie_jar=DummyCookieJar()) as http:
        for path, status in (("/office/broken", 500), ("/office/full", 503)):
            page = await Member(url, http, {"desk": cookie}).get(path)
            assert told(page) == (status, "没有打开", "/office")
            assert "sentence" not in page.text
            assert "/office/rounds" in links(page)
            assert page.headers["Cache-Control"] == "no-store"
    await runner.cleanup()


@pytest.mark.parametrize("target", ["OPTIONS *", "CONNECT h:443", "GET http://h"])
async def test_an_address_without_a_path_is_one_that_is_not_there(site: Site, target: str) -> None:
    reader, writer = await asyncio.open_connection(*site.url.removeprefix("http://").split(":"))
    writer.write(f"{target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
    assert (await reader.readline()).startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 405 "))
    writer.close()


async def test_a_villagers_address_keeps_the_villagers_page(site: Site) -> None:
    page = await site.visitor().get("/nowhere")
    assert page.status == 404
    assert 'href="/"' in page.text
    assert "desk.css" not in page.text
