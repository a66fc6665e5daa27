"""`import`: a round from a workbook, looked at or brought in. Words for people come from the texts."""

import asyncio
from pathlib import Path

import click

from bot.app import desk_of, open_house, prepare
from bot.settings import Settings
from handlers.intake.admission import the_office
from handlers.office.importing import planning
from handlers.office.importing.tally import Change, Tally
from handlers.texts import say
from reports.faults import PlanErrors, Problem
from reports.foreign import in_turn
from reports.plan import Plan
from reports.template import template
from reports.workbook import read_sound


async def write_template(path: Path) -> None:
    """`import --template`: the form to fill in."""
    await asyncio.to_thread(path.write_bytes, template())
    click.echo(str(path))


async def import_round(settings: Settings, file: Path, *, dry_run: bool) -> None:
    """`import FILE.xlsx`. Raises `ClickException` with every problem on a line of its own, `Refused` without office."""
    try:
        plan = await in_turn(read_sound, await asyncio.to_thread(file.read_bytes))
        # Of a file with problems, looking names all of them, and nothing is made.
        await (_look(settings, plan) if dry_run or plan.problems else _import(settings, plan))
    except PlanErrors as errors:
        raise click.ClickException("\n".join(_lines(settings.lang, errors))) from None


async def _look(settings: Settings, plan: Plan) -> None:
    """What an import would change; before there is an office, whether it could be imported."""
    if not (settings.secrets / "desk").is_dir():
        plan.findings().stop()
        click.echo(say(settings.lang, "import-good", teams=len(plan.teams), units=len(plan.units)))
        return
    async with open_house(settings, intake=False) as house:
        office_id = await house.store.read(the_office)
        changes = await planning.look_at(desk_of(house), office_id, plan, None)
    if changes.is_empty:
        click.echo(say(settings.lang, "import-nothing"))
        return
    click.echo(say(settings.lang, "import-would"))
    for tally in changes.tallies:
        _show(settings.lang, tally)


async def _import(settings: Settings, plan: Plan) -> None:
    await prepare(settings)
    async with open_house(settings, intake=False) as house:
        office_id = await house.store.read(the_office)
        done = await planning.import_plan(desk_of(house), office_id, plan, None)
    if done.changes.is_empty:
        click.echo(say(settings.lang, "import-nothing"))
        return
    click.echo(say(settings.lang, "import-done", teams=len(plan.teams), units=len(plan.units)))
    for login, token in done.invites:
        click.echo(f"{login}\t{settings.public}/invite/{token}")


def _show(lang: str, tally: Tally) -> None:
    counts = {"new": len(tally.new), "changed": len(tally.changed), "gone": len(tally.gone), "same": tally.same}
    click.echo(say(lang, "import-tally", sheet=tally.title, **counts))
    for change in tally.changed:
        click.echo(say(lang, "import-changed", name=_said(lang, change)))
    for key, names in (("import-gone", tally.gone), ("import-left", tally.left)):
        for name in names:
            click.echo(say(lang, key, name=name))


def _said(lang: str, change: Change) -> str:
    fields = [
        say(lang, "office-look-field", heading=heading, value=value) if value else heading
        for heading, value in change.fields
    ]
    return f"{change.name} {say(lang, 'office-look-between').join(fields)}".strip()


def _lines(lang: str, errors: PlanErrors) -> list[str]:
    more = [say(lang, "import-more", n=errors.more)] if errors.more else []
    return [_line(lang, one) for one in errors.problems] + more


def _line(lang: str, one: Problem) -> str:
    """One problem: where it is, as near as it is known, and what is wrong."""
    fault = say(lang, f"fault-{one.fault}", **one.args)
    if not one.row:
        return f"{one.sheet or say(lang, 'office-whole-file')}　{fault}"
    return (
        say(lang, "import-problem", sheet=one.sheet, row=str(one.row), column=one.column, heading=one.heading) + fault
    )
