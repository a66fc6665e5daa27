"""One turn of a conversation: decide, do what was asked, feed the outcome back. Reads now; writes later, at once."""

from typing import assert_never

from domain.errors import CannotStore, Refused
from domain.ids import AttachmentId
from handlers import texts
from handlers.conversation import advance, effects, events
from handlers.conversation.effects import Effect
from handlers.conversation.events import Event
from handlers.conversation.replies import Reply
from handlers.conversation.talk import News, Part, State
from handlers.founding import Write
from handlers.intake import admission, reading, submission, threads
from handlers.intake.threads import Memory
from handlers.sealing import words_of
from handlers.services import IntakeServices
from storage.desk import counters
from storage.intake import drafts
from storage.store import Tx


class Turn:
    """What a chat stood at, what has happened since, and what shall be written for it."""

    def __init__(self, services: IntakeServices, memory: Memory, address: str = "") -> None:
        self.state: State = memory.state
        self.replies: list[Reply] = []
        self.news: tuple[News, ...] = ()
        self.writes: list[Write] = []
        self.gone: list[AttachmentId] = []  # files to delete once the turn is durable
        self.wipe = False
        self.for_desk = False  # whether the desk has something to fold
        self._services = services
        self._memory = memory
        self._address = address  # where the channel reaches this chat; empty when it cannot
        self._stored: dict[int, Part] | None = None
        self._kept: dict[int, Part] = {}  # told in this turn, not stored yet

    async def take(self, event: Event) -> None:
        """Lets `event` happen, with all that follows from it."""
        pending: Event | None = event
        while pending is not None:
            moved = advance(self.state, pending)
            self.state = moved.state
            self.replies.extend(moved.replies)
            pending = None
            for effect in moved.effects:
                pending = await self._do(effect)

    async def parts(self) -> tuple[Part, ...]:
        """The draft's messages with their content, in the order they were told.

        Raises `CannotStore` when one is missing: a tip is sealed whole or not at all.
        """
        if not self.state.parts:
            return ()
        if self._stored is None:
            self._stored = await threads.load_parts(self._services, self._memory)
        known = self._stored | self._kept
        if any(ref.seq not in known for ref in self.state.parts):
            raise CannotStore("a message of the draft is gone")
        return tuple(known[ref.seq] for ref in self.state.parts)

    async def _do(self, effect: Effect) -> Event | None:
        match effect:
            case effects.Keep(part=part):
                self._keep(part)
            case effects.Drop(seqs=seqs):
                self._drop(seqs)
            case effects.Count(step=step):
                self._count(step)
            case effects.Wipe():
                self.wipe = True
                self.writes.append(await submission.unsubscribe(self._services, self.state, self._memory.peer))
                return events.Wiped()
            case _:
                return await self._ask(effect)
        return None

    async def _ask(
        self,
        effect: effects.Admit | effects.FindPlace | effects.Prepare | effects.Submit | effects.LookUp
        | effects.Append | effects.Withdraw | effects.Subscribe,
    ) -> Event:  # fmt: skip
        match effect:
            case effects.Admit(code=code):
                return await self._admit(code)
            case effects.FindPlace(text=text):
                return events.Places(await admission.find_places(self._services, self.state.card, text), text)
            case effects.Prepare(code=code, stretched=stretched):
                return await self._prepare(code, stretched)
            case effects.LookUp(code=code, stretched=stretched):
                return await self._look_up(code, stretched)
            case effects.Submit():
                return await self._submit()
            case effects.Append():
                return await self._append()
            case effects.Withdraw():
                return await self._withdraw()
            case effects.Subscribe():
                return await self._subscribe()
            case _:
                assert_never(effect)

    def _keep(self, part: Part) -> None:
        self._kept[part.seq] = part
        self.writes.append(threads.keep_part(self._services, self._memory, part))

    def _drop(self, seqs: tuple[int, ...]) -> None:
        peer = self._memory.peer

        def write(tx: Tx) -> None:
            if not seqs:
                self.gone.extend(drafts.delete_parts(tx, peer.channel, peer.tag))
            for seq in seqs:
                self.gone.extend(f for f in [drafts.delete_part(tx, peer.channel, peer.tag, seq)] if f)

        self.writes.append(write)

    def _count(self, step: str) -> None:
        card = self.state.card
        if card is None or card.batch_id is None:
            return
        round_id, batch_id, day = card.round_id, card.batch_id, self._services.clock().date()
        self.writes.append(lambda tx: counters.add_funnel(tx, round_id, batch_id, day, step=step))

    async def _admit(self, code: str) -> Event:
        try:
            return events.Admitted(await admission.admit(self._services, code, self.state.lang))
        except Refused:
            return events.NotAdmitted("card-unknown" if code else "no-round")

    async def _prepare(self, code: str, stretched: str) -> Event:
        if not code:
            code, fresh = await self._services.receipts.take()
            stretched = fresh.hex()
        parts = await self.parts()
        return events.Prepared(code, stretched, parts, texts.doors(words_of(parts)))

    async def _look_up(self, code: str, stretched: str) -> Event:
        if not stretched:
            stretched = (await self._services.receipts.stretch(code)).hex()
        self.news = await reading.news(self._services, bytes.fromhex(stretched))
        return events.LookedUp(code, stretched, self.news)

    async def _submit(self) -> Event:
        done = await submission.submit(self._services, self.state, await self.parts(), self._memory.peer)
        self._send_off(done.writes)
        return done.event

    async def _append(self) -> Event:
        self._send_off(await submission.append(self._services, self.state, await self.parts(), self._memory.peer))
        return events.Added()

    async def _withdraw(self) -> Event:
        self.for_desk = True
        self.writes.append(await submission.withdraw(self._services, self.state))
        return events.Withdrawn()

    async def _subscribe(self) -> Event:
        peer, address = self._memory.peer, self._address
        self.writes.append(await submission.subscribe(self._services, self.state, peer, address))
        return events.Subscribed()

    def _send_off(self, writes: list[Write]) -> None:
        """The draft becomes a tip: its parts go, its files stay."""
        self.for_desk = True
        peer = self._memory.peer
        self.writes += [*writes, lambda tx: drafts.delete_parts(tx, peer.channel, peer.tag)]
