"""Somebody new, from the invite to the first session."""

from dataclasses import dataclass

from handlers.people import accounts, sessions
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from tests.world import World
from vault import totp

NEW_PASSWORD = "ten grey carp below the stone bridge"


@dataclass
class Newcomer:
    """Somebody with a fresh invite into the first team."""

    world: World
    token: str
    throttle: Throttle

    async def accept(self, password: str = NEW_PASSWORD) -> Session:
        cookie = await accounts.accept_invite(self.world.desk, self.throttle, self.token, password)
        session = await sessions.load_session(self.world.desk, cookie)
        assert session is not None
        return session

    async def code(self, session: Session) -> str:
        enrolled = await sessions.enrolment(self.world.desk, session, "test")
        assert enrolled is not None
        return totp.code_at(enrolled[0], self.world.clock())
