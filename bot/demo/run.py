"""`make run`: makes the demo county where it is missing, prints its cards, serves it, and says where to look."""

import json
import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import click

from bot.app import House, desk_of, kept_bot_name, open_house, prepare
from bot.demo import county as demo
from bot.demo import tips as demo_tips
from bot.serve import Running, until_signal
from bot.settings import Settings
from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES, Role, TeamKind
from handlers.intake.admission import the_office
from handlers.office import cards
from handlers.office.cards import BatchView, Press
from handlers.services import DeskServices
from handlers.texts import say
from storage.office import teams
from storage.people import members
from storage.store import Tx
from web.demo import Door

_NOTE, _CARDS = "demo.json", "cards.pdf"


async def run_demo(settings: Settings) -> None:
    """Serves the demo until a signal. Raises `Refused` when it would be open to more than this machine."""
    await prepare(settings)
    async with open_house(settings) as house:
        desk = desk_of(house)
        round_id, password = await _find_or_build(house, settings.data_dir / _NOTE)
        views = await cards.list_batches(desk, round_id, settings.lang)
        await _print_once(desk, settings, views)
        people = await desk.store.read(lambda tx: _people(tx, desk))
        door = Door(lambda login: demo.enter(desk, login, password), {one.login: one.way for one in people})

        async def ready(running: Running) -> None:
            click.echo(_welcome(settings, running.url, views, people))

        await until_signal(house, settings, ready, door)


async def _find_or_build(house: House, note: Path) -> tuple[RoundId, str]:
    """The round and the members' password. The note is written last: without it the folder is half made."""
    if note.exists():
        known = json.loads(note.read_text())
        return RoundId(bytes.fromhex(known["round"])), known["password"]
    password = secrets.token_urlsafe(24)
    made = await demo.build(house, password)
    await demo_tips.tell_examples(house, made, password)
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"round": made.round_id.hex(), "password": password}, file)
    return made.round_id, password


async def _print_once(desk: DeskServices, settings: Settings, views: list[BatchView]) -> None:
    path = settings.data_dir / _CARDS
    if not path.exists():
        path.write_bytes(
            await cards.print_cards(
                desk, views, Press(settings.public, kept_bot_name(settings), settings.lang), demo.EACH
            )
        )


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody of the demo. `role` of the first seat; `team` empty for the office."""

    login: str
    name: str
    role: Role
    team: str

    @property
    def way(self) -> str:
        if self.role in OFFICE_ROLES:
            return "/office"
        return "/desk" if self.team else "/me"


def _people(tx: Tx, desk: DeskServices) -> list[_Person]:
    """Everybody, the office first, then by team."""
    today, found = desk.clock().date(), []
    for member in members.list_members(tx, the_office(tx)):
        seat = members.memberships_of(tx, member.id, today)[0]
        team = teams.get_team(tx, seat.team_id) if seat.team_id else None
        order = (team is not None, list(TeamKind).index(team.kind) if team else 0, team.ordinal if team else 0)
        found.append((order, _Person(member.login, member.name, seat.role, team.name if team else "")))
    return [person for _, person in sorted(found, key=lambda one: one[0])]


def _welcome(settings: Settings, url: str, views: list[BatchView], people: list[_Person]) -> str:
    lang, lines = settings.lang, []
    public = settings.public_url or url
    lines.append(say(lang, "demo-ready", url=public))
    lines += [f"  {public}/k/{view.batch.code}　{view.team.name}　{view.units[0].name}" for view in views]
    lines.append(say(lang, "demo-members"))
    # The way past the sign-in answers this machine only, whatever else is listened to.
    here = url if ip_address(settings.host).is_loopback else f"http://127.0.0.1:{url.rpartition(':')[2]}"
    lines += [
        f"  {here}/demo/{one.login}　{one.name}　{say(lang, f'desk-role-{one.role}')}　{one.team}".rstrip("　")
        for one in people
    ]
    lines.append(say(lang, "demo-cards", path=str(settings.data_dir / _CARDS)))
    lines.append(say(lang, "demo-telegram"))
    return "\n".join(lines)
