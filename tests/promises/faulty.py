"""The program with one fault, for `python -m tests.promises.faulty POINT`: it kills itself there, or talks a lot.

Points of a tip's way: `before-commit`, `after-commit` (nothing acknowledged yet), `after-reply` (delivered, not noted).
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from bot import serve
from bot.app import open_house, prepare
from bot.outbox import Outbox, Pace
from bot.serve import Running, until_signal
from bot.settings import load
from bot.telegram.send import Sender
from handlers.conversation.events import Event, Said
from handlers.conversation.talk import State
from handlers.intake import converse
from storage.store import Store
from tests.patience import PATIENCE

POISON = "poison-9917"
"""Words that make the program break over them, when it is asked to."""

QUICK = Pace(look=0.2, lease=2.5, first_pause=0.1)
"""What a process that died had claimed is soon free again; on a slow machine a message may come twice."""

_tips: list[str] = []


def die() -> None:
    """As if somebody pulled the plug."""
    os.kill(os.getpid(), signal.SIGKILL)


def before_commit() -> None:
    """Everything is written, nothing is durable."""
    event.listen(Engine, "commit", lambda _: die() if _tips else None)


def after_commit() -> None:
    """The tip is durable; nobody was told."""
    commit = Store._commit

    async def and_die(store: Store, jobs: list[Any]) -> list[Any]:
        outcomes = await commit(store, jobs)
        if _tips:
            die()
        return outcomes

    Store._commit = and_die  # type: ignore[method-assign]


def after_reply() -> None:
    """The receipt was delivered; the outbox does not know it yet."""
    send = Sender.send

    async def and_die(sender: Sender, address: str, text: str, buttons: Any) -> Any:
        outcome = await send(sender, address, text, buttons)
        if _tips and "已收到" in text:  # and not over an older message that is sent once more
            die()
        return outcome

    Sender.send = and_die  # type: ignore[method-assign]


def talkative() -> None:
    """Every library says all it can say, and some words break the program with themselves in the message."""
    logging.basicConfig(level=logging.DEBUG, format="%(name)s %(levelname)s %(message)s")
    understood = converse._understood

    def broken(happened: Event, state: State) -> Event:
        if isinstance(happened, Said) and POISON in happened.text:
            raise RuntimeError(happened.text)
        return understood(happened, state)

    converse._understood = broken


def plain() -> None:
    """No fault; only the quick pace, or for `patient` one that leaves a slow machine its time."""


POINTS: dict[str, Callable[[], None]] = {
    "before-commit": before_commit,
    "after-commit": after_commit,
    "after-reply": after_reply,
    "talkative": talkative,
    "plain": plain,
    "patient": plain,
}


def _note_tip(_c: Connection, _cursor: object, statement: str, _p: object, _x: object, _many: bool) -> None:
    if statement.startswith("INSERT INTO tip "):
        _tips.append(statement)


def main(point: str) -> None:
    """Serves everything, with the fault of `point`."""
    event.listen(Engine, "before_cursor_execute", _note_tip)
    POINTS[point]()
    pace = replace(QUICK, lease=PATIENCE) if point == "patient" else QUICK
    serve.Outbox = partial(Outbox, pace=pace)  # type: ignore[misc, assignment]
    asyncio.run(_serve())


async def _serve() -> None:
    settings = load()
    await prepare(settings)
    async with open_house(settings, pool_size=4) as house:  # few codes ahead: a short life needs no more
        await until_signal(house, settings, _ready)


async def _ready(running: Running) -> None:
    sys.stdout.write(f"{running.url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
