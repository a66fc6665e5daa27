"""What the outbox asks of a channel, and what became of a message there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived; `numbers` are the channel's numbers of the messages that now stand there."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """The channel asks for a pause of so many seconds before this chat hears more."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """It can never arrive: the chat is closed to us or the channel refuses this message."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The channel could not be reached or has a fault of its own; worth trying again."""


Outcome = Sent | Wait | Gone | Trouble


class Carrier(Protocol):
    """A channel that messages go out by. Neither method raises for what the channel answers."""

    async def send(self, address: str, text: str, buttons: Sequence[tuple[str, str]]) -> Outcome: ...

    async def delete(self, address: str, numbers: Sequence[int]) -> Outcome: ...
