"""Invented villagers tell the example tips, and members take the first steps with them, all by the real use cases."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import House
from bot.demo.county import DATA, Demo, enter
from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.tips import Action, Channel
from handlers.conversation.events import Chose, Said, Start
from handlers.conversation.talk import Step
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish
from handlers.desk.moves.acting import act as do
from handlers.desk.moves.notes import note
from handlers.intake import reading
from handlers.intake.converse import Answer, Peer, handle
from handlers.office import cards
from handlers.people import sessions
from handlers.people.sessions import Session
from handlers.services import Clock, DeskServices, IntakeServices
from handlers.texts import OFFICE_LANG


@dataclass(frozen=True, slots=True)
class Example:
    """One tip of demo.toml. A choice that begins with `=` is typed.

    A move is [member, days ago, act or act:reason, words].
    """

    card: str
    days_ago: int
    channel: str
    place: str
    words: Sequence[str]
    choices: Sequence[str]
    moves: Sequence[Sequence[str | int]] = ()


async def tell_examples(house: House, demo: Demo, password: str) -> None:
    """Tells them, each on its own day. Raises `Refused` when one does not reach its receipt."""
    intake, desk = house.intake, house.desk
    if intake is None or desk is None:
        raise Refused(Reason.NOT_ALLOWED, "a demo needs both halves")
    batches = await cards.list_batches(desk, demo.round_id, OFFICE_LANG)
    codes = {view.units[0].name: view.batch.code for view in batches}
    desks = _Desks(desk, password)
    examples = [Example(**raw) for raw in tomllib.loads(DATA.read_text("utf-8"))["tips"]]
    for example in sorted(examples, key=lambda one: -one.days_ago):
        then = _stopped(intake.clock() - timedelta(days=example.days_ago))
        tip_id = await _tell(replace(intake, clock=then), codes[example.card], example)
        await fold(desk)
        for login, days_ago, act, *words in example.moves:
            await _move(
                desks.on(int(days_ago)), await desks.session(str(login)), tip_id, str(act), "".join(map(str, words))
            )
    await desks.sign_out()


class _Desks:
    """The desk as it was so many days ago, and the members who sit at it, each signed in once."""

    def __init__(self, desk: DeskServices, password: str) -> None:
        self._desk, self._password = desk, password
        self._sessions: dict[str, Session] = {}

    def on(self, days_ago: int) -> DeskServices:
        return replace(self._desk, clock=_stopped(self._desk.clock() - timedelta(days=days_ago)))

    async def session(self, login: str) -> Session:
        """Raises `Refused(BAD_SIGN_IN)` when the county has no such member."""
        if login not in self._sessions:
            found = await sessions.load_session(self._desk, await enter(self._desk, login, self._password))
            if found is None:
                raise Refused(Reason.BAD_SIGN_IN)
            self._sessions[login] = found
        return self._sessions[login]

    async def sign_out(self) -> None:
        for one in self._sessions.values():
            await sessions.sign_out(self._desk, one)


async def _tell(services: IntakeServices, code: str, example: Example) -> TipId:
    peer = Peer(Channel(example.channel), services.secrets.chat_tag("demo", example.words[0]))
    answer = await handle(services, peer, Start(code), *map(Said, example.words), Chose("done"))
    if answer.state.step is Step.WHERE:
        answer = await handle(services, peer, Said(example.place))
    for choice in example.choices:
        answer = await handle(services, peer, Said(choice[1:]) if choice.startswith("=") else Chose(choice))
    tip_id = await _found(services, answer)
    await handle(services, peer, Chose("noted"))
    return tip_id


async def _found(services: IntakeServices, answer: Answer) -> TipId:
    found = await reading.find_tip(services, bytes.fromhex(answer.state.stretched))
    if answer.state.step is not Step.RECEIPT or found is None:
        raise Refused(Reason.BAD_INPUT, "example")
    return found[0].id


async def _move(desk: DeskServices, session: Session, tip_id: TipId, act: str, words: str) -> None:
    version = (await stand(desk, session, tip_id)).work.version
    if act == "note":
        await note(desk, session, tip_id, words)
    else:
        action, _, reason = act.partition(":")
        await do(desk, session, tip_id, Wish(Action(action), version, reason, words))


def _stopped(then: datetime) -> Clock:
    return lambda: then
