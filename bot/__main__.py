"""The commands: `python -m bot VERB`. Heavy imports wait until their verb is called, so that help comes at once."""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from domain.errors import CannotStore, Refused

if TYPE_CHECKING:
    from bot.settings import Settings

Verb = Callable[["Settings"], Coroutine[Any, Any, None]]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """码上巡: tips by contact card, sealed and routed to the team that inspects the place."""


def _run(verb: Verb) -> None:
    """Runs a verb with the settings. A refusal is one clear line and exit 1; anything else is a fault."""
    from bot.settings import WrongSettings, load  # noqa: PLC0415 - only when a verb runs

    os.umask(0o077)  # whatever a verb writes is for its own user only
    try:
        asyncio.run(verb(load()))
    except Refused as no:
        from handlers.texts import refusal  # noqa: PLC0415

        raise click.ClickException(refusal("zh", no)) from None
    except (CannotStore, WrongSettings, OSError) as no:
        raise click.ClickException(str(no)) from None


@main.command()
def demo() -> None:
    """Make an invented county in the data folder, or find it again, and serve it."""
    from bot.demo.run import run_demo  # noqa: PLC0415

    _run(run_demo)


@main.command()
@click.option("--name", required=True, help="Name of the office, e.g. 某县委巡察办.")
@click.option("--login", required=True, help="Sign-in name of the first director.")
@click.option("--director", required=True, help="Name of the first director.")
def init(name: str, login: str, director: str) -> None:
    """Make database, secrets and the first office invite."""
    from bot.verbs import found  # noqa: PLC0415

    _run(lambda settings: found(settings, name, login, director))


@main.command()
@click.argument("login")
@click.option("--new-phone", is_flag=True, help="The second factor is lost too: it begins anew.")
def director(login: str, *, new_phone: bool) -> None:
    """A fresh link for the director LOGIN who lost the password, where no other director can make one."""
    from bot.verbs import let_in_again  # noqa: PLC0415

    _run(lambda settings: let_in_again(settings, login, new_phone=new_phone))


def _serve(*, intake: bool, desk: bool) -> None:
    from bot.run import run  # noqa: PLC0415

    _run(lambda settings: run(settings, intake=intake, desk=desk))


@main.command()
def serve() -> None:
    """Serve everything in one process."""
    _serve(intake=True, desk=True)


@main.command()
def intake() -> None:
    """Serve the half that faces the internet: it writes tips and reads none."""
    _serve(intake=True, desk=False)


@main.command()
def desk() -> None:
    """Serve the half for teams and the office."""
    _serve(intake=False, desk=True)


@main.command(name="import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what is wrong.")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), help="Write an empty form here instead.")
def import_(file: Path | None, dry_run: bool, template: Path | None) -> None:
    """Import one round from FILE.xlsx: teams, units, assignments, members."""
    from bot.importing import import_round, write_template  # noqa: PLC0415

    if template is not None:
        chosen_place = template
        _run(lambda _settings: write_template(chosen_place))
        return
    if file is None:
        raise click.UsageError("give FILE.xlsx, or --template PATH")
    chosen = file
    _run(lambda settings: import_round(settings, chosen, dry_run=dry_run))


@main.group(invoke_without_command=True)
@click.option("--round", "ordinal", type=int, help="Ordinal of the round (第几轮).")
@click.option("--unit", default="", help="Only the cards of this unit.")
@click.option("--count", default=10, show_default=True, help="Cards of each batch, rounded up to full sheets of ten.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the PDF goes.")
@click.option("--duplex", is_flag=True, help="Front, back, front, back: for a printer that turns the paper by itself.")
@click.pass_context
def cards(
    context: click.Context, ordinal: int | None, unit: str, count: int, out: Path | None, *, duplex: bool
) -> None:
    """Print contact cards as PDF: fronts first, then one back per batch. Or check a photo of one.

    Above each back stands on how many sheets it is to be printed: as many as the batch has fronts.
    """
    if context.invoked_subcommand is not None:
        return
    if ordinal is None or out is None:
        raise click.UsageError("give --round and --out, or check PHOTO")
    from bot.verbs import print_cards  # noqa: PLC0415

    round_, place = ordinal, out
    _run(lambda settings: print_cards(settings, round_, unit, count, place, duplex=duplex))


@cards.command()
@click.argument("photo", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(photo: Path) -> None:
    """Say whose code lies on PHOTO. Exit 0 when it is ours and in use, 1 when it is not, or none is found."""
    from bot.spot_check import check_photo  # noqa: PLC0415

    data = photo.read_bytes()
    _run(lambda settings: check_photo(settings, data))


@main.command()
@click.option("--round", "ordinal", type=int, required=True, help="Ordinal of the round (第几轮).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the xlsx goes.")
def export(ordinal: int, out: Path) -> None:
    """Write a round's clear ledger as xlsx: every tip by team and number, no word of any."""
    from bot.verbs import export_ledger  # noqa: PLC0415

    _run(lambda settings: export_ledger(settings, ordinal, out))


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot.verbs import migrate_database  # noqa: PLC0415

    _run(migrate_database)


@main.command()
@click.option("--round", "ordinal", type=int, required=True, help="Ordinal of the round (第几轮).")
@click.option("--team", required=True, help="Ordinal or name of the team.")
@click.option("--login", required=True, help="The member of that team who is given its keys.")
@click.option("--generation", type=int, default=0, help="An older key, where others keep it.")
def escrow(ordinal: int, team: str, login: str, generation: int) -> None:
    """Two custodians open a team's tips for one of its members, by both their passwords."""
    from bot.escrow import open_chest  # noqa: PLC0415

    _run(lambda settings: open_chest(settings, ordinal, team, login, generation))


@main.group()
def audit() -> None:
    """The desk's own record of who did what."""


def _digits(_context: click.Context, _option: click.Parameter, typed: str | None) -> str | None:
    """A MAC as printed, without its dashes. Raises `BadParameter`, also for nothing: an empty one would ask nothing."""
    digits = None if typed is None else re.sub(r"[\s-]", "", typed).lower()
    if digits is not None and not re.fullmatch("[0-9a-f]{16,64}", digits):
        raise click.BadParameter("16 to 64 of the digits 0-9 and a-f, as on a report or in an archive")
    return digits


@audit.command()
@click.option("--head", callback=_digits, help="A check code (校验码) as a report or an archive has it.")
def verify(head: str | None) -> None:
    """Say whether anybody changed the record. Exit 0 when it is whole, 1 when it is not, or lacks the head."""
    from bot.audit import verify_audit  # noqa: PLC0415

    _run(lambda settings: verify_audit(settings, head))


@main.command()
@click.option("--card", default="", help="Card code; without it the place is typed.")
def simulate(card: str) -> None:
    """Talk to the bot in this terminal."""
    from bot.simulator import talk  # noqa: PLC0415

    _run(lambda settings: talk(settings, card))


if __name__ == "__main__":
    sys.exit(main())
