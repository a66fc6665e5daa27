"""Who may come in where. The table in routes.py is walked whole: a route that is not in it turns this red."""

import asyncio
import re

import pytest

from domain.rounds import Role
from handlers.people import sessions
from storage.office import teams, units
from storage.people import members
from tests.web.desk_site import Member, Site
from tests.web.routes import ANY, HALF, OPEN, ROUTES

LOGINS = {
    Role.DIRECTOR: "fang",
    Role.CLERK: "qiao",
    Role.LEADER: "zhou",
    Role.LIAISON: "heyu",
    Role.INSPECTOR: "tang",
    Role.CUSTODIAN: "ning",
}
STREAMS = {"/desk/events", "/desk/tips/{tip}/live"}
"""Lines that end with the session only."""


def registered(site: Site) -> set[tuple[str, str]]:
    found = set()
    for route in site.app.router.routes():
        if route.method != "HEAD" and route.resource is not None:
            found.add((route.method, route.resource.canonical))
    return found


def test_every_route_is_in_the_table(site: Site) -> None:
    assert registered(site) == {*ROUTES, *HALF, *OPEN}


async def ask(member: Member, method: str, path: str, fields: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    return await (member.get(path) if method == "GET" else member.post(path, fields))


def filled(path: str, **ids: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: ids.get(found[1], "ab" * 16), path)


async def existing(site: Site, member: Member) -> dict[str, str]:
    """Of each kind of thing one that is there: about an unknown one every page is silent, whoever asks."""
    assert member.session is not None
    batch, office_id = next(iter(site.world.batches.values())), member.session.office_id
    unit = (await site.world.house.store.read(lambda tx: units.list_units(tx, office_id)))[0]
    ids = {"round": batch.round.id, "team": batch.team.id, "batch": batch.batch.id, "unit": unit.id}
    ids["member"] = member.session.member_id
    return {"tip": await site.tip(), **{name: one.hex() for name, one in ids.items()}}


@pytest.mark.parametrize("role", sorted(LOGINS))
async def test_a_role_that_is_not_in_the_table_meets_an_address_that_does_not_exist(site: Site, role: Role) -> None:
    member = await site.member(LOGINS[role])
    there, nowhere = await existing(site, member), (await member.get("/desk/nowhere")).body
    for (method, path), roles in ROUTES.items():
        if role in roles:
            continue
        answer = await ask(member, method, filled(path, **there))
        assert answer.status == 404, (method, path)
        assert answer.body == nowhere, (method, path)


@pytest.mark.parametrize("role", sorted(LOGINS))
async def test_a_role_in_the_table_is_let_in(site: Site, role: Role) -> None:
    member = await site.member(LOGINS[role])
    assert member.session is not None
    tip = await site.tip()
    team = member.session.teams[0].hex() if member.session.teams else ""
    round_id = site.world.made.round_id
    some_team = (await site.world.house.store.read(lambda tx: teams.list_teams(tx, round_id)))[0].id
    office_id = member.session.office_id
    some_unit = (await site.world.house.store.read(lambda tx: units.list_units(tx, office_id)))[0].id
    own = {
        "team": team, "member": member.session.member_id.hex(), "session": member.session.token_hash.hex(),
        "unit": some_unit.hex(),
    }  # fmt: skip
    for (method, path), roles in ROUTES.items():
        if role not in roles or path.endswith("{file}") or path in STREAMS or "{batch}" in path or "{id}" in path:
            continue
        if method == "POST" and path.startswith("/office"):
            continue  # their own tests: here they would change the county
        ids = {"tip": tip, "round": round_id.hex(), "member": own["member"], "team": some_team.hex()}
        ids |= {"unit": some_unit.hex()}
        answer = await ask(member, method, filled(path, **ids), own)
        assert answer.status not in {403, 404}, (method, path)
        assert "/sign-in" not in answer.location, (method, path)
        if path.endswith("/end"):
            member = await site.member(LOGINS[role])  # that was my own session


async def test_nobody_signed_in_is_sent_to_sign_in_and_may_post_nothing(site: Site) -> None:
    visitor = site.visitor()
    for method, path in ROUTES:
        answer = await (visitor.get(filled(path)) if method == "GET" else visitor.post_bare(filled(path), {}))
        assert (answer.status, answer.location) == ((303, "/sign-in") if method == "GET" else (403, "")), path


async def test_half_a_sign_in_opens_the_second_step_only(site: Site) -> None:
    member = await site.member("zhou")
    assert member.session is not None
    half = await sessions.begin(site.world.desk, member.session.member_id, member.session.seed)
    member.cookies["desk"] = half
    assert (await member.get("/sign-in/code")).status == 200
    for (method, path), roles in ROUTES.items():
        if roles >= ANY or Role.LEADER in roles:
            answer = await ask(member, method, filled(path))
            assert (answer.status, answer.location) == (303, "/sign-in/code"), path


async def test_a_form_without_its_token_or_from_elsewhere_is_forbidden(site: Site) -> None:
    member, tip = await site.member("zhou"), await site.tip()
    path = f"/desk/tips/{tip}/claim"
    page = await member.get(f"/desk/tips/{tip}")
    good = {"version": page.version, "csrf": page.csrf}
    stranger = await site.member("heyu")
    assert (await member.post_bare(path, {"version": page.version})).status == 403
    assert (await member.post_bare(path, {**good, "csrf": stranger.csrf})).status == 403
    assert (await member.post_bare(path, good, Origin="https://elsewhere.example")).status == 403
    assert (await member.post_bare(path, good, **{"Sec-Fetch-Site": "cross-site"})).status == 403
    assert (await member.post_bare(path, good, Origin=site.url)).status == 303


async def test_another_teams_tip_answers_exactly_as_an_unknown_one(site: Site) -> None:
    ours, member = await site.tip("苇庄镇"), await site.member("shen")  # another team's leader
    assert (await (await site.member("zhou")).get(f"/desk/tips/{ours}")).status == 200
    for method, rest in (("GET", ""), ("GET", "/files/" + "ab" * 16), ("POST", "/claim"), ("POST", "/accept"),
                         ("POST", "/decline"), ("POST", "/write"), ("POST", "/recuse")):  # fmt: skip
        fields = {"version": "1", "reason": "hotline", "text": "x", "to": "reporter", "member": "ab" * 16}
        theirs = await ask(member, method, f"/desk/tips/{ours}{rest}", fields)
        unknown = await ask(member, method, f"/desk/tips/{'cd' * 16}{rest}", fields)
        assert (theirs.status, theirs.body) == (404, unknown.body), rest
        same = {name: value for name, value in theirs.headers.items() if name != "Date"}
        assert same == {name: value for name, value in unknown.headers.items() if name != "Date"}


async def test_another_teams_queue_answers_exactly_as_an_unknown_one(site: Site) -> None:
    zhou, shen = await site.member("zhou"), await site.member("shen")
    assert zhou.session is not None
    ours = zhou.session.teams[0].hex()
    for path in ("/desk?team={}", "/desk/team?team={}", "/desk/events?since=0&team={}"):
        theirs, unknown = await shen.get(path.format(ours)), await shen.get(path.format("cd" * 16))
        assert (theirs.status, theirs.body) == (404, unknown.body), path


async def test_a_custodian_begins_at_their_own_page(site: Site) -> None:
    member = await site.member(LOGINS[Role.CUSTODIAN])
    page = await member.get("/me")
    assert page.status == 200
    assert "保管人" in page.text
    assert 'href="/office' not in page.text
    assert 'href="/desk' not in page.text


async def test_signing_out_ends_the_cookie_at_once(site: Site) -> None:
    member = await site.member("zhou")
    kept = dict(member.cookies)
    assert (await member.post("/sign-out")).location == "/sign-in"
    assert "desk" not in member.cookies
    member.cookies = kept
    assert (await member.get("/desk")).location == "/sign-in"


async def test_a_new_sign_in_ends_the_session_that_the_browser_brought(site: Site) -> None:
    member = await site.member("zhou")
    before = dict(member.cookies)
    fields = {"login": "tang", "password": "seven quiet herons over the reed bed"}
    wrong = await member.post("/sign-in", {**fields, "password": "wrong"})
    assert wrong.status == 409
    assert "登录名或密码不对" in wrong.text
    assert (await member.get("/desk")).status == 200
    assert (await member.post("/sign-in", fields)).location == "/sign-in/code"
    assert member.cookies["desk"] != before["desk"]
    member.cookies = before
    assert (await member.get("/desk")).location == "/sign-in"


async def test_a_token_of_odd_bytes_is_a_wrong_token(site: Site) -> None:
    visitor = site.visitor()
    await visitor.get("/sign-in")
    address, cookie = site.url.removeprefix("http://"), visitor.cookies["visit"].encode()
    reader, writer = await asyncio.open_connection(*address.split(":"))
    writer.write(b"POST /sign-in HTTP/1.1\r\nHost: " + address.encode() + b"\r\nCookie: visit=" + cookie)
    writer.write(b"\r\nX-CSRF: \xff\xfe\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 403 ")
    writer.close()


async def test_a_disabled_member_is_out_at_the_next_request(site: Site) -> None:
    member = await site.member("zhou")
    assert member.session is not None
    mine = member.session.member_id
    await site.world.house.store.write(lambda tx: members.set_member_state(tx, mine, members.MemberState.DISABLED))
    assert (await member.get("/desk")).location == "/sign-in"


async def test_a_custodian_reads_on_the_own_page_what_the_duty_is(site: Site) -> None:
    assert "另一位保管人一起到服务器前输密码" in (await (await site.member("ning")).get("/me")).text
    assert "您是保管人" not in (await (await site.member("zhou")).get("/me")).text


async def test_changing_the_password_ends_my_other_sessions(site: Site) -> None:
    here, there = await site.member("zhou"), await site.member("zhou")
    new = "ten grey carp below the stone bridge"
    fields = {"old": "seven quiet herons over the reed bed", "password": new, "again": new}
    assert "密码换好了" in (await here.post("/me/password", fields)).text
    assert (await there.get("/desk")).location == "/sign-in"
    assert (await here.get("/desk")).status == 200
    visitor = site.visitor()
    await visitor.get("/sign-in")
    assert (await visitor.post("/sign-in", {"login": "zhou", "password": fields["old"]})).status == 409
    assert (await visitor.post("/sign-in", {"login": "zhou", "password": new})).location == "/sign-in/code"


async def test_the_cookie_is_locked_to_the_site_and_to_forms_of_its_own(site: Site) -> None:
    visitor = site.visitor()
    answer = await visitor.get("/sign-in")
    made = answer.headers["Set-Cookie"]
    assert all(word in made for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
    assert "http，" in answer.text or "没有加密" in answer.text  # a plain address is said to be one


async def test_wrong_name_wrong_password_and_disabled_member_look_the_same(site: Site) -> None:
    zhou = await site.member("tang")
    assert zhou.session is not None
    mine = zhou.session.member_id
    await site.world.house.store.write(lambda tx: members.set_member_state(tx, mine, members.MemberState.DISABLED))
    right = "seven quiet herons over the reed bed"
    answers = []
    for login, password in (("nobody", right), ("zhou", "wrong"), ("tang", right)):
        visitor = site.visitor()
        await visitor.get("/sign-in")
        answer = await visitor.post("/sign-in", {"login": login, "password": password})
        answers.append((answer.status, answer.text.replace(answer.csrf, "")))
    assert len(set(answers)) == 1
    assert answers[0][0] == 409
