"""Somebody who was put out and kept everything: their seed, the round's secret, the database before and after."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import select

from domain.errors import BadSeal
from domain.ids import RoundId, Sealed, TeamId, TipId
from domain.rounds import Role
from handlers.desk.locking.keyring import open_held
from handlers.office.keys import removing, rotating
from handlers.people import roster, sessions
from handlers.people.inviting import Newcomer as Invited
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from handlers.sealing import box_context
from storage.intake.boxes import BoxKind
from storage.people import keys
from storage.people.keys import Grant
from storage.schema.boxes import box, envelope
from storage.schema.people import grant
from storage.store import Tx
from tests.handlers.people.newcomer import Newcomer
from tests.world import World
from vault.keys import OpenKey, open_key
from vault.open import read


@dataclass
class Leaver:
    """`looks` takes the database as it stands; `opened` is all that opens of whatever they ever looked at."""

    world: World
    session: Session
    opened: set[bytes] = field(default_factory=set)
    held: list[OpenKey] = field(default_factory=list)

    async def looks(self) -> None:
        given = await self.world.house.store.read(_grants)
        for key, one in given:
            with suppress(BadSeal):
                self.held.append(open_held(self.world.desk, self.session, key, one).open)
        self.held.append(open_key(self.session.seed))
        self.opened |= set(await self.world.house.store.read(lambda tx: list(self._boxes(tx))))

    def reads(self, words: str) -> bool:
        return any(words.encode() in one for one in self.opened)

    def _boxes(self, tx: Tx) -> Iterator[bytes]:
        """Every envelope of every box, tried with every key that was ever theirs."""
        same = (box.c.round_id == envelope.c.round_id, box.c.owner_id == envelope.c.owner_id)
        joined = select(box, envelope.c.key_id, envelope.c.sealed).join(envelope, (box.c.seq == envelope.c.seq))
        for row in tx.execute(joined.where(*same)).all():
            context = box_context(BoxKind(row.kind), RoundId(row.round_id), TipId(row.owner_id), row.seq)
            for key in self.held:
                with suppress(BadSeal):
                    yield read(key, row.key_id, Sealed(row.body), Sealed(row.sealed), context)


def _grants(tx: Tx) -> list[tuple[keys.Key, Grant]]:
    rows = tx.execute(select(grant)).all()
    found = [Grant(row.key_id, row.holder_key_id, row.box, row.granted_by, row.granted_on) for row in rows]
    return [(keys.get_key(tx, one.key_id), one) for one in found]


async def put_out(world: World, login: str, *, by: str = "fang") -> Leaver:
    """Disables a member who had looked at everything before."""
    (_, boss), (_, gone) = await world.sign_in(by), await world.sign_in(login)
    leaver = Leaver(world, gone)
    await leaver.looks()
    await removing.disable(world.desk, boss, gone.member_id)
    return leaver


async def served(world: World, team_id: TeamId) -> keys.Key:
    return (await world.house.store.read(lambda tx: keys.team_keys(tx, world.made.round_id, team_id)))[0]


async def outdated(world: World) -> list[tuple[str, tuple[str, ...]]]:
    _, director = await world.sign_in("fang")
    return [(one.team.name, one.names) for one in await rotating.list_outdated(world.desk, director)]


async def joined(world: World, team_id: TeamId) -> Session:
    """A newcomer of the team who signed in and was given no key."""
    _, fang = await world.sign_in("fang")
    token = await roster.invite(world.desk, fang, Invited("newhand", "新来", Role.INSPECTOR, team_id))
    newcomer = Newcomer(world, token, Throttle())
    half = await newcomer.accept()
    cookie = await sessions.confirm_code(world.desk, newcomer.throttle, half, await newcomer.code(half))
    full = await sessions.load_session(world.desk, cookie)
    assert full is not None
    return full
