"""`serve`, `intake`, `desk`: both halves or one, served until a signal. Loads nothing that a half does not need."""

import click

from bot.app import open_house, prepare
from bot.serve import Running, until_signal
from bot.settings import Settings
from handlers.texts import say


async def run(settings: Settings, *, intake: bool, desk: bool) -> None:
    """`serve`, `intake`, `desk`: prepared first, then served until a signal."""
    await prepare(settings, desk=desk)
    async with open_house(settings, intake=intake, desk=desk) as house:
        if intake and desk:
            click.echo(say(settings.lang, "serve-both-halves"), err=True)
        await until_signal(house, settings, _say_listening)


async def _say_listening(running: Running) -> None:
    click.echo(running.url)
