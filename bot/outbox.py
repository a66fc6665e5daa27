"""Delivers what was promised: in order within a chat, side by side across chats, at least once. Knows no library."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from bot.carrier import Carrier, Gone, Outcome, Sent, Trouble, Wait
from domain.errors import BadSeal, CannotStore, Refused
from domain.tips import Channel
from handlers import wire
from handlers.intake.threads import hour_of
from handlers.promising import team_of
from handlers.sealing import body_aad, peer_aad
from handlers.services import IntakeServices
from storage.desk import news
from storage.intake import drafts, outbox
from storage.intake.outbox import OutChannel, Outgoing, OutKind
from storage.office import teams
from storage.store import Tx
from vault.lock import unlock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How the outbox works; all times in seconds. `lease`: a row claimed by a process that died is free after it."""

    side_by_side: int = 32
    look: float = 10.0
    lease: float = 30.0
    first_pause: float = 1.0
    longest_pause: float = 300.0


PACE = Pace()
"""As it is set when nobody says otherwise."""


class Outbox:
    """Run `run()` as a task; `wake()` after each commit; `stop()` lets what is under way finish."""

    def __init__(self, services: IntakeServices, carriers: Mapping[OutChannel, Carrier], pace: Pace = PACE) -> None:
        self._services = services
        self._carriers = carriers
        self._pace = pace
        self._woken = asyncio.Event()
        self._busy: set[asyncio.Task[None]] = set()
        self._settled: list[Callable[[Tx], None]] = []  # what became of deliveries, to be written with the next claim
        self._stopping = False

    def wake(self) -> None:
        """There may be something to deliver."""
        self._woken.set()

    async def pending(self) -> int:
        """How many messages wait. Raises `CannotStore`."""
        return await self._services.store.read(outbox.pending)

    async def run(self) -> None:
        """Delivers until `stop()`."""
        while not self._stopping:
            self._woken.clear()
            rows = await self._turn()
            for row in rows:
                task = asyncio.create_task(self._deliver(row))
                self._busy.add(task)
                task.add_done_callback(self._done)
            if not rows and not self._settled:
                await self._rest()
        if self._busy:
            await asyncio.wait(self._busy)
        await self._turn()

    def stop(self) -> None:
        """Claims nothing more; `run()` ends once what is under way has ended."""
        self._stopping = True
        self.wake()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.look):
                await self._woken.wait()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a delivery broke: %s", type(error).__name__)
        self.wake()  # the chat's next message may go now

    async def _turn(self) -> list[Outgoing]:
        """Writes what became of deliveries and claims what is due, in one transaction. Nothing when it cannot."""
        settled, self._settled = self._settled, []
        room = 0 if self._stopping or not self._carriers else self._pace.side_by_side - len(self._busy)
        now = self._services.clock()
        until = now + timedelta(seconds=self._pace.lease)

        def work(tx: Tx) -> list[Outgoing]:
            for one in settled:
                one(tx)
            return outbox.claim(tx, now, until, room) if room > 0 else []

        if not settled and room <= 0:
            return []
        try:
            return await self._services.store.write(work)
        except CannotStore:
            # Those rows stay claimed and come again after their lease.
            _log.warning("deliveries could not be noted")
            return []

    async def _deliver(self, row: Outgoing) -> None:
        try:
            address, body = self._open(row)
        except BadSeal:
            _log.error("a waiting message cannot be opened")
            self._settled.append(lambda tx: outbox.settle(tx, (row.id,)))
            return
        try:
            self._settle(row, address, await self._carry(row, address, body))
        except CannotStore:
            # The row stays claimed and comes again after its lease.
            _log.warning("a delivery could not be made")

    def _open(self, row: Outgoing) -> tuple[str, bytes]:
        """Address and body. `key_epoch` names the hour's key; 0 is the intake's own, for what is without content."""
        secrets_ = self._services.secrets
        key = secrets_.draft_key(row.key_epoch, create=False) if row.key_epoch else secrets_.peer_lock_key
        if key is None:
            raise BadSeal("its hour is over")
        return unlock(key, row.peer, peer_aad(row.channel)).decode(), unlock(key, row.body, body_aad(row.id))

    async def _carry(self, row: Outgoing, address: str, body: bytes) -> Outcome:
        carrier = self._carriers.get(row.channel)
        if carrier is None:
            return Trouble()
        try:
            # Within the lease, so that nobody else takes the row meanwhile.
            async with asyncio.timeout(self._pace.lease * 0.8):
                match row.kind:
                    case OutKind.MESSAGE | OutKind.NOTICE | OutKind.GROUP:
                        spoken = wire.decode_spoken(body)
                        return await carrier.send(address, spoken.text, [(b.id, b.label) for b in spoken.choices])
                    case OutKind.DELETE:
                        return await self._delete(carrier, Channel(row.channel), address)
                    case _:
                        assert_never(row.kind)
        except TimeoutError:
            return Trouble()

    async def _delete(self, carrier: Carrier, channel: Channel, address: str) -> Outcome:
        """Deletes all messages of the chat that we know of, which are forgotten only once that worked."""
        tag = self._services.secrets.chat_tag(channel, address)
        numbers = await self._services.store.read(lambda tx: drafts.list_messages(tx, channel, tag))
        outcome = await carrier.delete(address, numbers)
        if isinstance(outcome, Sent):
            self._settled.append(lambda tx: drafts.forget_messages(tx, channel, tag, numbers))
        return outcome

    def _settle(self, row: Outgoing, address: str, outcome: Outcome) -> None:
        match outcome:
            case Sent(numbers=numbers):
                self._settled.append(lambda tx: self._note(tx, row, address, numbers))
            case Gone():
                self._settled.append(lambda tx: self._give_up(tx, row))
            case Wait(seconds=seconds):
                self._again(row, seconds)
            case Trouble():
                self._again(row, self._pause(row.tries))
            case _:
                assert_never(outcome)

    def _note(self, tx: Tx, row: Outgoing, address: str, numbers: Sequence[int]) -> None:
        """The row goes; in a reporter's chat the numbers stay, so that 擦除本对话 finds the messages."""
        outbox.settle(tx, (row.id,))
        if row.kind is OutKind.GROUP:
            self._note_group(tx, row, refused=False)
        else:
            self._remember(tx, Channel(row.channel), address, numbers)

    def _give_up(self, tx: Tx, row: Outgoing) -> None:
        outbox.settle(tx, (row.id,))
        if row.kind is OutKind.GROUP:
            self._note_group(tx, row, refused=True)

    def _note_group(self, tx: Tx, row: Outgoing, *, refused: bool) -> None:
        """A group that takes nothing any more would look like a team to which nothing comes: its page says so."""
        day = self._services.clock().date() if refused else None
        with suppress(Refused):  # the team went meanwhile
            team = teams.get_team(tx, team_of(row.order_key))
            news.set_refused_day(tx, team.round_id, team.id, day)

    def _remember(self, tx: Tx, channel: Channel, address: str, numbers: Sequence[int]) -> None:
        tag, hour = self._services.secrets.chat_tag(channel, address), hour_of(self._services.clock())
        for number in numbers:
            drafts.note_message(tx, channel, tag, number, hour)

    def _again(self, row: Outgoing, seconds: float) -> None:
        due = self._services.clock() + timedelta(seconds=seconds)

        def give_back(tx: Tx) -> None:
            with suppress(Refused):  # it went meanwhile
                outbox.retry(tx, row.id, due)

        self._settled.append(give_back)
        asyncio.get_running_loop().call_later(seconds, self.wake)

    def _pause(self, tries: int) -> float:
        """Doubles with each try; half of it is left to chance so that chats do not come back in step."""
        whole = min(self._pace.first_pause * (1 << min(tries, 20)), self._pace.longest_pause)
        return whole * (0.5 + secrets.randbelow(1000) / 2000)
