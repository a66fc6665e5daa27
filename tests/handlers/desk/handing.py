"""Short ways to pass a tip on to another team."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from handlers.desk.moves.transferring import transfer
from handlers.people.sessions import Session
from tests.handlers.desk.side import Told

OURS, THEIRS = "zhou", "shen"
"""Leaders of the first and the second team."""


async def hand(told: Told, by: Session, to: TeamId, words: str = "") -> None:
    await transfer(told.world.desk, by, told.id, await told.version(by), to, words=words)


async def refusal(told: Told, session: Session) -> tuple[Reason, str]:
    with pytest.raises(Refused) as caught:
        await told.opened(session)
    return caught.value.reason, caught.value.detail
