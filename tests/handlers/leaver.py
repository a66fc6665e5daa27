"""Somebody who was put out and kept everything: their seed, the round's secret, the database before and after."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import select

from domain.errors import BadSeal
from domain.ids import RoundId, Sealed, TipId
from handlers.desk.keyring import open_held
from handlers.people.sessions import Session
from handlers.sealing import box_context
from storage import keys
from storage.boxes import BoxKind
from storage.keys import Grant
from storage.schema.boxes import box, envelope
from storage.schema.people import grant
from storage.store import Tx
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
