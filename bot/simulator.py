"""The conversation in a terminal: the same runner, the same storage, one line at a time. A number picks a choice."""

import asyncio
import secrets
import sys
from collections.abc import Sequence

import click

from bot.app import open_house, prepare
from bot.settings import Settings
from domain.tips import Channel
from handlers.conversation.events import Chose, Event, Said, Start
from handlers.conversation.replies import Button
from handlers.intake.converse import Answer, Peer, handle
from handlers.services import IntakeServices
from handlers.texts import say


async def talk(settings: Settings, card: str) -> None:
    """Talks until the input ends. Raises `CannotStore` when nothing can be stored."""
    await prepare(settings, desk=False)
    async with open_house(settings, desk=False, pool_size=1) as house:
        if house.intake is not None:
            await _talk(house.intake, settings.lang, card)


async def _talk(services: IntakeServices, lang: str, card: str) -> None:
    peer = Peer(Channel.WEB, services.secrets.chat_tag("simulator", secrets.token_hex(16)))
    click.echo(say(lang, "simulate-hint"))
    choices = _show(await handle(services, peer, Start(card, lang)))
    while line := await asyncio.to_thread(sys.stdin.readline):
        choices = _show(await handle(services, peer, _event(line.strip(), choices)))


def _event(line: str, choices: Sequence[Button]) -> Event:
    """A number on the list or a choice id is a choice; everything else is content."""
    if line.isascii() and line.isdigit() and 0 < int(line) <= len(choices):
        return Chose(choices[int(line) - 1].id)
    if line in {choice.id for choice in choices}:
        return Chose(line)
    return Said(line)


def _show(answer: Answer) -> Sequence[Button]:
    for spoken in answer.spoken:
        click.echo(f"\n{spoken.text}")
    choices = answer.spoken[-1].choices if answer.spoken else ()
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number}  {choice.label}  [{choice.id}]")
    return choices
