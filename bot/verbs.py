"""What each command does, over a house put together for it. Words for people come from the texts."""

from pathlib import Path

import click

from bot.app import House, kept_bot_name, open_house, prepare
from bot.settings import Settings
from domain.errors import Reason, Refused
from domain.rounds import Round
from handlers.intake.admission import the_office
from handlers.office import cards, planning
from handlers.office.cards import Press
from handlers.services import DeskServices
from handlers.texts import say
from reports.plan import Plan, PlanErrors, Problem
from reports.template import template
from reports.workbook import read_plan
from storage import migrate, rounds


async def found(settings: Settings, name: str, login: str, director: str) -> None:
    """`init`. Raises `Refused` when an office is there already."""
    await prepare(settings)
    async with open_house(settings, intake=False) as house:
        token = await planning.found_office(_desk(house), name=name, login=login, director=director)
    click.echo(say(settings.lang, "init-invite", link=f"{settings.public}/invite/{token}"))


async def write_template(path: Path) -> None:
    """`import --template`: the form to fill in."""
    path.write_bytes(template())
    click.echo(str(path))


async def import_round(settings: Settings, file: Path, *, dry_run: bool) -> None:
    """`import FILE.xlsx`. Raises `Refused` with every problem on a line of its own."""
    plan = _read(settings.lang, file)
    if dry_run:
        click.echo(say(settings.lang, "import-good", teams=len(plan.teams), units=len(plan.units)))
        return
    await prepare(settings)
    async with open_house(settings, intake=False) as house:
        office_id = await house.store.read(the_office)
        done = await planning.import_plan(_desk(house), office_id, plan, None)
    click.echo(say(settings.lang, "import-done", teams=len(plan.teams), units=len(plan.units)))
    for login, token in done.invites:
        click.echo(f"{login}\t{settings.public}/invite/{token}")


def _read(lang: str, file: Path) -> Plan:
    try:
        return read_plan(file.read_bytes())
    except PlanErrors as errors:
        raise click.ClickException("\n".join(_line(lang, one) for one in errors.problems)) from None


def _line(lang: str, one: Problem) -> str:
    """One problem: where it is, as near as it is known, and what is wrong."""
    fault = say(lang, f"fault-{one.fault}")
    if not one.row:
        return f"{one.sheet or say(lang, 'office-whole-file')}　{fault}"
    return say(lang, "import-problem", sheet=one.sheet, row=one.row, column=one.column, heading=one.heading) + fault


async def print_cards(settings: Settings, ordinal: int, unit: str, count: int, out: Path) -> None:
    """`cards`. Raises `Refused` when there is no such round or unit, or nothing to print."""
    async with open_house(settings, intake=False) as house:
        desk = _desk(house)
        round_ = await _round(desk, ordinal)
        views = await cards.list_batches(desk, round_.id, settings.lang)
        chosen = [view for view in views if not unit or any(unit == one.name for one in view.units)]
        pdf = await cards.print_cards(
            desk, chosen, Press(settings.public, kept_bot_name(settings), settings.lang), count
        )
    out.write_bytes(pdf)
    click.echo(str(out))


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


def _desk(house: House) -> DeskServices:
    if house.desk is None:
        raise Refused(Reason.NOT_ALLOWED, "desk")
    return house.desk
