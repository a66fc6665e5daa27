"""`audit verify`: whether anybody changed the desk's own record, in a line for people and an exit code for scripts."""

from datetime import datetime

import click

from bot.app import ZONE, desk_of, open_house
from bot.settings import Settings
from handlers.intake.admission import the_office
from handlers.people import trail_check
from handlers.people.trail_check import Checked
from handlers.texts import say


async def verify_audit(settings: Settings, head: str | None) -> None:
    """Exit 0 when the chain is whole, and holds the line with the MAC `head` (its first digits in hex) if one is given;
    else 1. Raises `Refused` before `init`."""
    async with open_house(settings, intake=False) as house:
        office_id = await house.store.read(the_office)
        found = await trail_check.check(desk_of(house), office_id, head or "")
    click.echo(_line(settings.lang, found, head))
    if found.last is None or found.is_broken or (head and not found.head_at):
        raise click.exceptions.Exit(1)


def _line(lang: str, found: Checked, head: str | None) -> str:
    if found.last is None:
        return say(lang, "trail-check-nothing")
    key = f"trail-check-{'broken' if found.is_broken else 'whole'}"
    facts: dict[str, str | int] = {"n": found.last.n}
    if found.is_broken:
        facts["day"] = _day(lang, found.last.entry.at)
    if head and found.head_at:
        return say(lang, f"{key}-head", **facts, head=_day(lang, found.head_at))
    return say(lang, f"{key}-no-head" if head else key, **facts)


def _day(lang: str, at: datetime) -> str:
    day = at.astimezone(ZONE).date()
    return say(lang, "digest-one-day", year=str(day.year), day=day)
