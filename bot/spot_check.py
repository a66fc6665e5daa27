"""`cards check PHOTO`: whose code lies on a photo, in lines for people and an exit code for scripts."""

import click

from bot.app import desk_of, kept_bot_name, open_house
from bot.settings import Settings
from handlers.intake.admission import the_office
from handlers.office import cards
from handlers.office.cards import Checked, Press, Verdict
from handlers.texts import say

_KEYS = {Verdict.ACTIVE: "cardroom-line-ours", Verdict.REVOKED: "cardroom-line-revoked"}


async def check_photo(settings: Settings, photo: bytes) -> None:
    """Says of each code what it is. Exit 0 when there is one and all are ours and in use, else 1. Raises `Refused`."""
    async with open_house(settings, intake=False) as house:
        desk = desk_of(house)
        office_id = await house.store.read(the_office)
        press = Press(settings.public, kept_bot_name(settings), settings.lang)
        found = await cards.check_photo(desk, office_id, photo, press)
    for one in found:
        click.echo(_line(settings.lang, one))
    if not found:
        click.echo(say(settings.lang, "cardroom-line-none"))
    if not cards.all_in_order(found):
        raise click.exceptions.Exit(1)


def _line(lang: str, one: Checked) -> str:
    if one.view is None:
        return say(lang, "cardroom-line-foreign", leads=one.host or say(lang, "cardroom-check-no-address"))
    view = one.view
    facts = {"team": view.team.name, "place": view.place, "way": view.batch.way, "code": cards.short_code(view.batch)}
    words = {"words": " ".join(one.words)} if one.verdict is Verdict.ACTIVE else {}
    return say(lang, _KEYS[one.verdict], **facts, **words)
