"""The office looks at everything it has, does something itself, and looks again: no page, link, export or archive tells
whether somebody wrote, or a team worked, in between."""

import io
import re
import zipfile
from collections import Counter

from openpyxl import load_workbook

from domain.tips import Action
from handlers.desk.tip.thread import open_tip
from handlers.office.rounds import opening
from handlers.office.watch import settings
from handlers.people.reading_log import PAGE
from tests.handlers.office.side import ready_round
from tests.handlers.office.watch_side import moves, tell
from tests.web.desk_site import Member, Site
from web.office.figures.volume import ALERTS, BOARDS

PLACES = (
    "/office", "/office/watch", "/office/wall", "/office/trail", "/office/trail/office", "/office/members",
    "/office/duty", "/office/cards", "/office/cards/log", "/office/reports", "/office/safekeeping",
)  # fmt: skip
Seen = dict[str, Counter[str]]
"""Whatever stands on pages, by the path without its query: words, numbers and addresses, each so often."""


async def test_what_a_reporter_and_a_team_did_between_two_deeds_of_the_office_shows_nowhere(site: Site) -> None:
    world, closed = site.world, (await ready_round(site.world))
    fang = await site.member("fang")
    assert fang.session is not None
    tip = await tell(world, "before")
    await opening.open_round(world.desk, fang.session, closed)
    await opening.close_round(world.desk, fang.session, closed)
    for _ in range(PAGE):  # so that there are older pages
        await deed(site, fang)
    world.clock.forward(minutes=60)
    fang = await site.member("fang")
    files = (f"/office/rounds/{closed.hex()}/archive", "/office/numbers.xlsx")
    await look(fang, files)  # the first archive of a round ends its invitations
    steps = [await look(fang, files)]
    for between in (None, tip):
        await deed(site, fang)
        if between is not None:
            await tell(world, "in between")
            await moves(world, "zhou", between, Action.ACCEPT)
        await deed(site, fang)
        steps.append(await look(fang, files))
    quiet, busy = changes(steps[0], steps[1]), changes(steps[1], steps[2])
    assert quiet, "the office sees its own deeds"
    assert any("before=" in word for word in steps[0]["/office/trail/office"]), "or no older page was looked at"
    assert busy == quiet


async def test_nothing_that_was_shown_a_minute_before_the_full_hour_moves_with_it(site: Site) -> None:
    world, closed = site.world, (await ready_round(site.world))
    fang = await site.member("fang")
    assert fang.session is not None
    tip = await tell(world, "before")
    await opening.open_round(world.desk, fang.session, closed)
    await opening.close_round(world.desk, fang.session, closed)
    world.clock.forward(days=6, minutes=59)
    archive = f"/office/rounds/{closed.hex()}/archive"
    fang, places = await site.member("fang"), ("/office", "/office/watch", "/office/wall", "/office/reports")
    before = await look(fang, (archive, "/office/numbers.xlsx"), places)
    assert "没有人打开过来信" in " ".join(before["/office/watch"]), "or no alert was compared"
    await tell(world, "in between")
    await open_tip(world.desk, (await site.member("tang")).session, tip)
    await moves(world, "zhou", tip, Action.ACCEPT)
    world.clock.forward(minutes=1)
    for one in (site.app[BOARDS], site.app[ALERTS]):
        await one.count_all(world.desk)
    assert changes(before, await look(fang, (archive, "/office/numbers.xlsx"), places)) == {}


async def deed(site: Site, fang: Member) -> None:
    """The same every time, and at the same minute."""
    assert fang.session is not None
    await settings.set_unread_days(site.world.desk, fang.session, 3)


def changes(before: Seen, after: Seen) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """By place, what came and what went."""
    moved = {at: (after[at] - before.get(at, Counter()), before.get(at, Counter()) - after[at]) for at in after}
    return {at: both for at, both in moved.items() if any(both)}


async def look(member: Member, files: tuple[str, ...], places: tuple[str, ...] = PLACES) -> Seen:
    """Every page of the office that leads on from `places` by its own trail, and the files."""
    found: Seen = {}
    for path in places:
        onward: str | None = path
        while onward:
            page = await member.get(onward)
            assert page.status == 200, onward
            # How many lines of the last minute stood there: each deed of the office moves it (handlers: test_trail.py).
            text = re.sub(r"&amp;skip=\d+", "", page.text)
            found.setdefault(path, Counter()).update(re.findall(r"[^\s<>]+", text))
            older = re.search(r'href="(/office/trail[^"]*before=[^"]*)"', page.text)
            onward = older[1].replace("&amp;", "&") if older else None
    for path in files:
        answer = await (member.get(path) if path.endswith(".xlsx") else member.post(path))
        assert answer.status == 200, path
        found[path] = Counter(words_in(answer.body))
    return found


def words_in(data: bytes) -> list[str]:
    """Every cell of a workbook, or of all workbooks in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        books = [packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")]
    sheets = [sheet for book in books or [data] for sheet in load_workbook(io.BytesIO(book)).worksheets]
    return [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell]
