"""An office account takes everything it can: every page, form, file, log and row, and all keys. No word of a tip."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from domain.errors import BadSeal
from domain.ids import Locked, TipId
from domain.rounds import OFFICE_ROLES, TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Sent, Start
from handlers.desk.arriving.entering import desk_of, enter, mint
from handlers.desk.arriving.entry_form import Typed, read_entry
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.standing import stand
from handlers.desk.moves import notes, transferring
from handlers.keeping import keep_file
from handlers.office import cards
from handlers.office.rounds import opening
from handlers.office.watch import reminding
from handlers.people import accounts
from handlers.people.throttle import Throttle
from tests.handlers.office.watch_side import moves, session_of, team_id
from tests.promises.attacker import Attacker, keys_of, stolen
from tests.promises.reader import Reader, filled
from tests.promises.scanner import find, spellings
from tests.web.desk_site import Site
from tests.web.routes import ROUTES
from tests.web.site import PNG
from tests.world import World
from vault.context import Context
from vault.keys import Seed
from vault.members import open_grant

CANARY = {
    "told": "金丝雀所述四七一一",
    "place": "金丝雀岔口五八二二",
    "name": "金丝雀名六九三三",
    "phone": "0000-8765432",
    "file": "canary-file-7144",
    "content": "canary-content-8255",
    "entered": "金丝雀代录九三六六",
    "visitor": "金丝雀访一四七七",
    "asked": "金丝雀问二五八八",
    "answered": "金丝雀答三六九九",
    "note": "金丝雀备注四七〇〇",
    "handed": "金丝雀移交五八一一",
    "of us": "金丝雀回避六九二二",
    "noted of us": "金丝雀议七〇三三",
}
OFFICE_PASSWORD = "eleven slow barges under the willow bridge"
PDF = b"%PDF-1.7\n1 0 obj\n(" + CANARY["content"].encode() + b")\nendobj\n%%EOF\n"
OFFICE = ("fang", "qiao")


async def told(world: World) -> None:
    """A tip with a name and files, told on the web, asked about, answered and handed over."""
    villager = world.villager("web")
    await villager.does(Start(world.card("苇庄镇")), Said(CANARY["told"]))
    for data, name in ((PNG, f"{CANARY['file']}.png"), (PDF, f"{CANARY['file']}.pdf")):
        await villager.does(Sent(*await keep_file(world.intake, data, name=name)))
    await villager.does(Chose("done"), Said(CANARY["place"]), Chose("skip"), Chose("real_name"))
    await villager.does(Said(CANARY["name"]), Said(CANARY["phone"]), Chose("recusal:no"))
    answer = await villager.does(Chose("submit"))
    assert answer.state.step == "receipt", answer
    tip = (await fold(world.desk))[0].tip_id
    await moves(world, "tang", tip, Action.ACCEPT)
    await moves(world, "tang", tip, Action.ASK, words=CANARY["asked"])
    asked = world.villager("asks")
    for event in (Chose("progress"), Said(answer.state.code), Chose("add"), Said(CANARY["answered"]), Chose("done")):
        added = await asked.does(event)
    if "submit" in {choice.id for spoken in added.spoken for choice in spoken.choices}:
        await asked.does(Chose("submit"))
    await fold(world.desk)
    tang = await session_of(world, "tang")
    _, file = await keep_file(world.desk, PDF, name=f"{CANARY['file']}.pdf")
    await notes.note(world.desk, tang, tip, CANARY["note"], (file,))
    await moves(world, "tang", tip, Action.HAND_OVER, reason="to-township", words=CANARY["handed"])


async def entered(world: World) -> TipId:
    """A visitor's words, typed in by a member."""
    zhou = await session_of(world, "zhou")
    desk = await desk_of(world.desk, zhou, zhou.teams[0])
    typed = Typed("visit", "2026-11-11", "unknown", "other", "real_name", CANARY["visitor"], CANARY["phone"],
                  CANARY["entered"])  # fmt: skip
    entry = read_entry(typed, desk.units, world.clock.now.date(), files=0)
    receipt = await mint(world.desk, zhou, desk.round.id, b"f" * 16)
    return (await enter(world.desk, zhou, desk, entry, receipt=receipt, files=[])).tip_id


async def lived(world: World) -> None:
    """A round with work in every corner: a tip about the inspection, one passed on to the recusal queue."""
    await told(world)
    tip = await entered(world)
    zhou, recusal = await session_of(world, "zhou"), await team_id(world, 1, TeamKind.RECUSAL)
    version = (await stand(world.desk, zhou, tip)).work.version
    await transferring.transfer(world.desk, zhou, tip, version, recusal, words=CANARY["note"])
    villager = world.villager("of us")
    await villager.does(Start(world.card("苇庄镇")), Said(CANARY["of us"]), Chose("done"), Chose("skip"))
    await villager.does(Chose("anonymous"), Chose("recusal:yes"), Chose("submit"))
    about = (await fold(world.desk))[0].tip_id
    await notes.note(world.desk, await session_of(world, "jiang"), about, CANARY["noted of us"])
    world.clock.forward(days=30)


def clean(read: dict[str, bytes]) -> list[tuple[str, str]]:
    """Which canary stands in what was read."""
    ways = {name: spellings(words) for name, words in CANARY.items()}
    return [
        (name, where) for where, body in read.items() for name, some in ways.items() if any(w in body for w in some)
    ]


async def ids_of(site: Site) -> dict[str, list[str]]:
    """What stands in the addresses: two of each that there are."""
    world = site.world
    fang = await session_of(world, "fang")
    views = await cards.list_batches(world.desk, world.made.round_id, "zh")
    note = await reminding.remind(world.desk, fang, await team_id(world, 1), "请抓紧")
    return {
        "round": [world.made.round_id.hex()],
        "team": [(await team_id(world, 1)).hex(), (await team_id(world, 1, TeamKind.RECUSAL)).hex()],
        "unit": [views[0].units[0].id.hex()],
        "batch": [views[0].batch.id.hex()],
        "member": [
            (await session_of(world, "tang")).member_id.hex(),
            (await session_of(world, "jiang")).member_id.hex(),
        ],
        "id": [note.hex()],
        "name": ["office.css"],
        "token": ["no-token"],
    }


async def test_no_page_form_or_file_of_the_office_has_a_word_of_a_tip(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await lived(site.world)
    ids = await ids_of(site)
    for login in OFFICE:
        reader = Reader(await site.member(login))
        assert reader.member.session
        roles = reader.member.session.roles & OFFICE_ROLES
        mine = [path for (method, path), allowed in ROUTES.items() if method == "GET" and allowed & roles]
        pages = {path: filled(path, ids) for path in mine}
        await reader.follows(one for some in pages.values() for one in some)
        there = {name.split()[1].partition("?")[0] for name, status in reader.answered.items() if status != 404}
        assert [path for path, some in pages.items() if there.isdisjoint(some)] == [], "an id is missing above"
        assert len(reader.read) > len(pages)
        assert clean(reader.read) == [], login
    fang = Reader(await site.member("fang"))
    await opening.close_round(site.world.desk, await session_of(site.world, "fang"), site.world.made.round_id)
    await fang.follows(["/office", "/office/rounds", f"/office/rounds/{ids['round'][0]}/archive"])
    await fang.sends_all()
    assert clean(fang.read) == []
    archives = [body for name, body in fang.read.items() if name.startswith("POST") and "/archive" in name]
    assert archives
    assert b"SHA256SUMS" in archives[0]
    assert clean({"log": caplog.text.encode(), "records": repr([one.args for one in caplog.records]).encode()}) == []


async def with_own_passwords(world: World) -> None:
    """The office's people choose passwords that nobody else has."""
    for login in OFFICE:
        session, old = await session_of(world, login), "seven quiet herons over the reed bed"
        await accounts.change_password(world.desk, Throttle(), session, old, OFFICE_PASSWORD)


class Insider(Attacker):
    """Goes on from what it opened: every seed is tried on every grant, whoever it names, and so on to the end."""

    def reachable(self) -> dict[Seed, bytes]:
        known = {seed: key_id for key_id, seed in self.members().items()}
        tried: set[Seed] = set()
        while fresh := set(known) - tried:
            tried |= fresh
            for seed in fresh:
                known |= dict.fromkeys(self._through(seed), b"")
        return known

    def _through(self, seed: Seed) -> Iterator[Seed]:
        guesses = list(dict.fromkeys([*self._guesses(), bytes(seed)[:32], bytes(seed)[-32:]]))
        for row in self._all("SELECT g.*, k.round_id, k.generation FROM 'grant' g JOIN key k ON k.id = g.key_id"):
            context = Context("grant", row["round_id"] or b"", row["key_id"], row["generation"])
            for guess in guesses:
                with suppress(BadSeal):
                    yield open_grant(seed, row["holder_key_id"], guess, Locked(row["box"]), context)

    def opened(self) -> list[bytes]:
        messages = list(self._boxes(self.reachable()))
        return [*messages, *self._locked(), *self._files(messages)]


async def test_database_both_secret_folders_and_the_offices_passwords_open_no_box(world: World, tmp_path: Path) -> None:
    await lived(world)
    await with_own_passwords(world)
    assert find(CANARY.values(), world.data) == [], "nothing lies in the clear"
    insider = Insider(stolen(world, tmp_path / "stolen"), [OFFICE_PASSWORD], keys_of(world))
    assert len(insider.members()) == len(OFFICE)
    assert len(insider.reachable()) > len(OFFICE), "the office's own key opens: the way of trying is right"
    assert list(insider._boxes(insider.reachable())) == []
    assert clean({str(n): plain for n, plain in enumerate(insider.opened())}) == []
    insider.close()


async def test_the_same_attack_by_a_member_of_the_team_reads_it(world: World, tmp_path: Path) -> None:
    await lived(world)
    await with_own_passwords(world)
    member = Attacker(stolen(world, tmp_path / "stolen"), ["seven quiet herons over the reed bed"], keys_of(world))
    read = dict(enumerate(member.all_plain()))
    member.close()
    missing = set(CANARY) - {name for name, _ in clean({str(n): plain for n, plain in read.items()})}
    assert missing == set(), "or the attack above could not have found it"
