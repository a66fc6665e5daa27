"""`escrow`: two custodians open a team's tips for one of its members at this terminal, each by their password."""

import click

from bot.app import desk_of, open_house
from bot.settings import Settings
from handlers.intake.admission import the_office
from handlers.office.keys import withdrawing
from handlers.texts import say


async def open_chest(settings: Settings, ordinal: int, team: str, login: str, generation: int) -> None:
    """Asks for both passwords, which are not shown. Raises `Refused`; nothing was given then."""
    async with open_house(settings, intake=False) as house:
        desk = desk_of(house)
        office_id, lang = await house.store.read(the_office), settings.lang
        chest = await withdrawing.find(desk, office_id, ordinal, team, generation)
        first, second = (
            click.prompt(say(lang, "escrow-password", name=one.name, login=one.login), hide_input=True)
            for one in (chest.first, chest.second)
        )
        given = await withdrawing.give(desk, chest, login, (first, second), lang=lang)
    click.echo(say(lang, "escrow-given", team=chest.team.name, login=login, n=given))
    if chest.others:
        click.echo(say(lang, "escrow-others", n=chest.others))
