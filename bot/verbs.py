"""What each command does, over a house put together for it. Words for people come from the texts."""

from pathlib import Path

import click

from bot.app import desk_of, kept_bot_name, open_house, prepare
from bot.settings import Settings
from domain.errors import Reason, Refused
from domain.rounds import Round
from handlers.desk.arriving.fold import fold
from handlers.intake.admission import the_office
from handlers.office import cards
from handlers.office.cards import Press
from handlers.office.importing import planning
from handlers.office.watch.ledger import frame_of, make_ledger
from handlers.people import accounts, trail
from handlers.services import DeskServices
from handlers.texts import say
from storage import migrate
from storage.office import rounds


async def found(settings: Settings, name: str, login: str, director: str) -> None:
    """`init`. Raises `Refused` when an office is there already."""
    await prepare(settings)
    async with open_house(settings, intake=False) as house:
        token = await planning.found_office(desk_of(house), name=name, login=login, director=director)
    click.echo(say(settings.lang, "init-invite", link=f"{settings.public}/invite/{token}"))


async def let_in_again(settings: Settings, login: str, *, new_phone: bool) -> None:
    """`director`. Raises `Refused` when nobody of that name directs the office."""
    async with open_house(settings, intake=False) as house:
        token = await accounts.let_director_in_again(desk_of(house), login, new_phone=new_phone)
    click.echo(say(settings.lang, "director-invite", link=f"{settings.public}/invite/{token}"))


async def print_cards(
    settings: Settings, ordinal: int, unit: str, count: int, out: Path, *, duplex: bool = False
) -> None:
    """`cards`. Raises `Refused` when there is no such round or unit, or nothing to print."""
    async with open_house(settings, intake=False) as house:
        desk = desk_of(house)
        round_ = await _round(desk, ordinal)
        views = await cards.list_batches(desk, round_.id, settings.lang)
        chosen = [view for view in views if not unit or any(unit == one.name for one in view.units)]
        press = Press(settings.public, kept_bot_name(settings), settings.lang)
        pdf = await cards.print_cards(desk, chosen, press, count, duplex=duplex)
    out.write_bytes(pdf)
    click.echo(str(out))


async def export_ledger(settings: Settings, ordinal: int, out: Path) -> None:
    """`export`: what waits gets its number first, so that the ledger is whole. Raises `Refused`: no such round."""
    async with open_house(settings, intake=False) as house:
        desk = desk_of(house)
        round_ = await _round(desk, ordinal)
        await fold(desk)
        frame = await frame_of(desk, round_.id, settings.lang)
        data = await make_ledger(desk, frame)
        deed = trail.Deed(round_.office_id, None, "export", "round", round_.id)
        await desk.store.write(lambda tx: trail.note(tx, desk, deed))
    out.write_bytes(data)
    name = say(settings.lang, "office-round", ordinal=round_.ordinal)
    click.echo(say(settings.lang, "export-done", round=name, path=str(out)))


async def _round(desk: DeskServices, ordinal: int) -> Round:
    found = await desk.store.read(lambda tx: rounds.list_rounds(tx, the_office(tx)))
    for round_ in found:
        if round_.ordinal == ordinal:
            return round_
    raise Refused(Reason.UNKNOWN, f"round {ordinal}")


async def migrate_database(settings: Settings) -> None:
    """`migrate`."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    await migrate.upgrade(settings.database)
