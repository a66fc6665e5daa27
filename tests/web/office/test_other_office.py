"""What another office has answers at every address exactly as what nobody has, and nothing changes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storage.office import teams
from tests.handlers.office.elsewhere import Theirs, theirs
from tests.handlers.office.import_side import everything
from tests.handlers.office.side import plan_round
from tests.web.desk_site import Page, Site
from tests.web.routes import ROUTES

FIELDS = {
    "name": "新名", "code": "N1", "alias": "别名", "ordinal": "9", "phone": "0000-0000000", "day": "2026-11-12",
    "words": "请抓紧", "why": "人手不够", "reason": "人手不够", "until": "2026-12-12", "sure": "1", "version": "1",
    "way": "入户", "count": "20", "cards": "20", "login": "new", "relation": "other",
}  # fmt: skip
"""Typed well enough that nothing but whose it is stands in the way."""


def filled(path: str, ids: Mapping[str, bytes]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]].hex(), path)


def of_theirs(of: Theirs) -> dict[str, bytes]:
    return {"round": of.round.id, "team": of.team.id, "unit": of.unit, "member": of.member, "batch": of.batch.id}


async def asks(site: Site, asked: Iterator[tuple[str, str, dict[str, str]]]) -> dict[str, Page]:
    """What a director is answered, by method and address."""
    member = await site.member("fang")
    found = {}
    for method, path, fields in asked:
        answer = await (member.get(path) if method == "GET" else member.post(path, fields))
        found[f"{method} {path} {fields}"] = answer
    return found


async def compare(site: Site, asked: list[tuple[str, str, dict[str, str]]]) -> None:
    """Each is answered as an address that does not exist; no row of the database is another one afterwards."""
    nowhere = await (await site.member("fang")).get("/office/nowhere")
    before = await rows(site)
    for what, answer in (await asks(site, iter(asked))).items():
        assert (answer.status, answer.body) == (404, nowhere.body), what
    assert await rows(site) == before


async def rows(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """The whole database but for the public figures, which are counted by themselves, whatever is asked."""
    found = await everything(site.world)
    return {table: [row for row in found[table] if "release" not in row] for table in found if table != "release"}


async def test_an_address_made_of_another_offices_ids_is_none(site: Site) -> None:
    ids = of_theirs(await theirs(site.world))
    named = [(method, path) for method, path in ROUTES if path.startswith("/office") and "{" in path]
    assert len(named) > 50
    await compare(site, [(method, filled(path, ids), FIELDS if method == "POST" else {}) for method, path in named])


async def test_nor_is_one_that_leads_from_a_round_of_ours_to_their_team_or_place(site: Site) -> None:
    round_id = await plan_round(site.world)
    team = (await site.world.house.store.read(lambda tx: teams.list_teams(tx, round_id)))[0].id.hex()
    ids = of_theirs(await theirs(site.world)) | {"round": round_id}
    fields = {**FIELDS, f"t-{ids['unit'].hex()}": team}
    named = [(method, path) for method, path in ROUTES if "{round}" in path and re.search(r"\{(team|unit)\}", path)]
    assert len(named) >= 6
    await compare(site, [(method, filled(path, ids), fields if method == "POST" else {}) for method, path in named])


ROUND_ASKED = (
    "/office", "/office/cards", "/office/cards/new", "/office/cards/log", "/office/numbers", "/office/numbers.xlsx",
    "/office/watch", "/office/wall", "/office/reports", "/office/reports/file", "/office/public", "/office/public/file",
)  # fmt: skip


async def test_no_page_about_a_round_shows_a_round_of_another_office(site: Site) -> None:
    of = await theirs(site.world)
    asked = [("GET", f"{path}?round={of.round.id.hex()}", dict[str, str]()) for path in ROUND_ASKED]
    asked += [("POST", f"/office/wall/address?round={of.round.id.hex()}", {})]
    await compare(site, asked)


async def test_no_form_takes_an_id_of_another_office(site: Site) -> None:
    world, of = site.world, await theirs(site.world)
    ours, fang = world.made.round_id.hex(), (await site.member("fang")).session
    assert fang is not None
    team = (await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id)))[0].id.hex()
    mine = fang.member_id.hex()
    await compare(
        site,
        [
            (
                "POST",
                "/office/cards",
                {**FIELDS, "round": of.round.id.hex(), "place": f"{of.team.id.hex()}.{of.unit.hex()}"},
            ),
            ("POST", "/office/cards/missing", {**FIELDS, "round": of.round.id.hex()}),
            ("POST", "/office/cards/print", {"round": of.round.id.hex()}),
            ("POST", "/office/cards/print", {"round": ours, "batch": of.batch.id.hex()}),
            ("POST", "/office/duty", {f"of.{of.member.hex()}": mine}),
            ("POST", "/office/duty", {f"of.{mine}": of.member.hex()}),
            ("POST", "/office/members", {**FIELDS, "seat": f"leader.{of.team.id.hex()}"}),
            ("POST", f"/office/members/{of.member.hex()}/role", {"seat": f"leader.{team}"}),
            ("GET", f"/office/trail?member={of.member.hex()}", {}),
            ("GET", f"/office/trail/office?member={of.member.hex()}", {}),
            ("GET", f"/office?round={ours}&team={of.team.id.hex()}", {}),
            ("GET", f"/office?round={ours}&batch={of.batch.id.hex()}", {}),
            ("GET", f"/office/rounds/new?like={of.round.id.hex()}", {}),
            ("POST", "/me/ties", {"unit": of.unit.hex(), "relation": "other"}),
        ],
    )
