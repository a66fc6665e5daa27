"""Runs the conversation: load a chat, let things happen, store it in one transaction, answer. Knows no channel."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from domain.errors import Reason, Refused
from domain.ids import OfficeId
from domain.rounds import Target
from domain.tips import Channel
from domain.words import clean
from handlers import texts
from handlers.conversation.events import Chose, Edited, Event, Resume, Said, Sent, Start
from handlers.conversation.offers import offers
from handlers.conversation.replies import Reply, ReplyKind, Spoken
from handlers.conversation.talk import News, Part, State, Step
from handlers.founding import Write
from handlers.intake import outgoing, threads
from handlers.intake.admission import look_again, the_office
from handlers.intake.outgoing import Outbound
from handlers.intake.scanning import count_scan
from handlers.intake.threads import Memory, Peer
from handlers.intake.turn import Turn
from handlers.services import IntakeServices
from storage.intake import drafts, seen
from storage.store import Tx

__all__ = ["Answer", "Outbound", "Peer", "handle", "peek"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chat is told. `parts` are the draft's own words, `news` the team's; `fresh` is False for a repetition."""

    state: State
    spoken: tuple[Spoken, ...]
    parts: tuple[Part, ...] = ()
    news: tuple[News, ...] = ()
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class _Call:
    """What `handle` was asked to do."""

    peer: Peer
    happened: tuple[Event, ...]
    update_key: str
    outbound: Outbound | None
    with_parts: bool


class _Repeated(Exception):  # noqa: N818 - undoes the transaction; not an error
    """This update was taken in before."""


_locks: WeakValueDictionary[Peer, asyncio.Lock] = WeakValueDictionary()


async def handle(
    services: IntakeServices,
    peer: Peer,
    *happened: Event,
    update_key: str = "",
    outbound: Outbound | None = None,
    with_parts: bool = False,
) -> Answer:
    """Lets events happen to a chat, one after another, in one transaction; what is answered is durable.

    `update_key` makes it idempotent: the same key again changes nothing. With `outbound` the replies are put into the
    outbox in the same transaction. Raises `CannotStore` when nothing could be made durable.
    """
    call = _Call(peer, happened, update_key, outbound, with_parts)
    async with _turn_of(peer):
        try:
            return await _attempt(services, call)
        except Refused as refusal:
            if refusal.reason is not Reason.STALE:
                raise
            return await _attempt(services, call)


async def peek(services: IntakeServices, peer: Peer, *happened: Event, with_parts: bool = False) -> Answer:
    """The same computation, of which nothing is stored: what a page shows."""
    turn = await _play(services, await _recall(services, peer), happened or (Resume(),), "")
    return await _answer(turn, with_parts)


async def _attempt(services: IntakeServices, call: _Call) -> Answer:
    memory = await _recall(services, call.peer)
    turn = await _play(services, memory, call.happened, call.outbound.address if call.outbound else "")
    answer = await _answer(turn, call.with_parts)
    write = _writes(services, memory, turn, answer, call)
    try:
        await services.store.write(write)
    except _Repeated:
        return replace(await peek(services, call.peer, with_parts=call.with_parts), fresh=False)
    await _count_scans(services, call)
    for file_id in turn.gone:
        await asyncio.to_thread(services.files.delete, file_id)
    if turn.for_desk:
        services.nudge()
    return answer


async def _count_scans(services: IntakeServices, call: _Call) -> None:
    """A card that opens Telegram is scanned where its code arrives; the others are on the page that they open."""
    if call.peer.channel is Channel.TELEGRAM:
        for event in call.happened:
            if isinstance(event, Start) and event.code:
                await count_scan(services, event.code, Target.TELEGRAM)


async def _recall(services: IntakeServices, peer: Peer) -> Memory:
    def load(tx: Tx) -> tuple[drafts.Thread | None, OfficeId]:
        row = drafts.load_thread(tx, peer.channel, peer.tag)
        return row, row.office_id if row else the_office(tx)

    row, office_id = await services.store.read(load)
    memory = threads.recall(services, peer, office_id, row)
    if row is None or memory.lost or memory.epoch == row.key_epoch:
        return memory
    # The hour has changed since: what was known of the card may be over.
    return replace(memory, state=await look_again(services, memory.state))


async def _play(services: IntakeServices, memory: Memory, happened: tuple[Event, ...], address: str) -> Turn:
    turn = Turn(services, memory, address)
    for event in happened:
        turn.replies.clear()  # the last event's answer stands for all
        await turn.take(_understood(event, turn.state))
    return turn


async def _answer(turn: Turn, with_parts: bool) -> Answer:
    spoken = tuple(texts.render(reply, turn.state.lang) for reply in _worth_saying(turn.replies))
    parts = await turn.parts() if with_parts or turn.state.step is Step.CHECK else ()
    return Answer(turn.state, spoken, parts, turn.news)


def _writes(services: IntakeServices, memory: Memory, turn: Turn, answer: Answer, call: _Call) -> Write:
    """All of a turn, for one transaction. Raises `_Repeated` there when another was faster with the same update."""
    peer, today = call.peer, services.clock().date()
    writes = [threads.remember(services, memory, turn.state), *turn.writes]
    if call.outbound:
        writes += outgoing.promise(services, peer, call.outbound, answer.spoken, wipe=turn.wipe)

    def write(tx: Tx) -> None:
        if call.update_key and not seen.first_time(tx, peer.channel, call.update_key, today):
            raise _Repeated
        turn.gone.clear()
        for one in writes:
            one(tx)

    return write


def _worth_saying(replies: list[Reply]) -> list[Reply]:
    """One tick is enough, however many messages came at once."""
    ticks = [reply for reply in replies if reply.kind is ReplyKind.TICK]
    return [reply for reply in replies if reply.kind is not ReplyKind.TICK or reply is ticks[-1]]


def _understood(event: Event, state: State) -> Event:
    """Words that work anywhere, and typed labels, become choices; everything typed is cleaned once, here."""
    match event:
        case Said(text=text, ref=ref):
            said = clean(text).strip()
            command = texts.command(said) or texts.picked(said, offers(state), state.lang)
            if command:
                return Chose(command)
            return Said(said, ref) if said else Resume()
        case Sent(caption=caption):
            return replace(event, caption=clean(caption).strip())
        case Edited(ref=ref, text=text):
            return Edited(ref, clean(text).strip())
        case _:
            return event


@asynccontextmanager
async def _turn_of(peer: Peer) -> AsyncIterator[None]:
    """One event of a chat at a time; chats side by side."""
    lock = _locks.get(peer)
    if lock is None:
        lock = _locks[peer] = asyncio.Lock()
    async with lock:
        yield
