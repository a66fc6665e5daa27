"""A member's move on a tip: checked against the two tables, told to the reporter, and stored whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain import rules
from domain.errors import Reason, Refused
from domain.ids import MemberId, TipId
from domain.rules import RULES, Words
from domain.tips import MOVES, Action, State, TipWork, move
from domain.words import clean
from handlers import letters
from handlers.conversation.talk import File
from handlers.desk.locking.standing import Standing, check_holders, stand_seen
from handlers.desk.mine import answers_for
from handlers.desk.moves import rectifying
from handlers.desk.moves.step import Step, enter
from handlers.desk.tip.reading import letters_of
from handlers.desk.writing.messages import Message, note_of, store_messages
from handlers.desk.writing.signing import signed
from handlers.letters import Letter, TeamLetter
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import say
from storage.intake import tips
from storage.intake.boxes import BoxKind
from storage.store import Tx
from vault.keys import reporter_hash

LONGEST = 4000
"""Characters that one move may carry."""

_APPROVED = frozenset({
    Action.VERIFY, Action.HAND_OVER, Action.PROPOSE_NOTICE, Action.REPORT_BACK, Action.ANSWER, Action.RESOLVE,
})  # fmt: skip
"""The work on a tip: who did any of it does not approve it."""

ELSEWHERE = frozenset({Action.ASSIGN, Action.REPEAT, Action.SPLIT, Action.TRANSFER})
"""Moves that need more than words: each has a use case of its own."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants to do to the tip they saw at `version`. `files` were sealed and stored before."""

    action: Action
    version: int
    reason: str = ""
    words: str = ""
    files: tuple[File, ...] = ()


async def act(services: DeskServices, session: Session, tip_id: TipId, wish: Wish) -> None:
    """Makes the move.

    Raises what `stand_seen` raises, and `Refused`: STALE when the tip is no longer at `wish.version`, WRONG_STATE,
    NOT_ALLOWED (`leader-only`, `heads-only`, `own-work`, `wrong-reporter`, `lock-differs`), BAD_INPUT (`reason`,
    `text`, `too-long`, `evidence`).
    """
    if wish.action not in RULES or wish.action in ELSEWHERE:
        raise Refused(Reason.BAD_INPUT)
    wish = replace(wish, words=checked_words(wish.words))
    standing, step = await begin(services, session, tip_id, wish)
    _check_release(session, standing, wish.action)
    messages = await _messages(services, session, standing, wish, step.state)

    def also(tx: Tx, first: int) -> None:
        written = replace(step, box_seq=first if messages else None)
        rectifying.follow(tx, standing, written)
        enter(tx, services, standing, standing.work, written)

    await store_messages(services, session, standing, messages, also)
    services.nudge()


def offered(standing: Standing, session: Session) -> list[Action]:
    """The moves that the tip's page offers me, those with a use case of their own too."""
    return rules.offered(standing.work.state, session.roles_in(standing.team.id), MOVES)


async def begin(services: DeskServices, session: Session, tip_id: TipId, wish: Wish) -> tuple[Standing, Step]:
    """How every move begins: the tip as I may open it, and the step that `wish` is of it. Writes nothing.

    Raises what `stand_seen`, `at_version` and `allowed` raise.
    """
    standing = await stand_seen(services, session, tip_id)
    at_version(standing, wish.version)
    state = await allowed(services, session, standing, wish)
    return standing, Step(wish.action, state, services.clock(), session.member_id, wish.reason)


async def allowed(services: DeskServices, session: Session, standing: Standing, wish: Wish) -> State:
    """The state that the move leads to. Raises `Refused(WRONG_STATE)` and what `rules.check` raises."""
    state = move(standing.work.state, wish.action)
    approves = RULES[wish.action].not_handler
    handlers = await services.store.read(lambda tx: handlers_of(tx, standing, wish.action)) if approves else ()
    rules.check(
        wish.action, session.roles_in(standing.team.id), reason=wish.reason, words=wish.words, files=len(wish.files),
        me=session.member_id, handlers=handlers,
    )  # fmt: skip
    return state


def at_version(standing: Standing, version: int) -> TipWork:
    """Raises `Refused(STALE)` unless the tip is still as the member saw it."""
    if standing.work.version != version:
        raise Refused(Reason.STALE)
    return standing.work


def checked_words(text: str) -> str:
    """`text` cleaned, which may leave nothing. Raises `Refused(BAD_INPUT, "too-long")`."""
    words = clean(text[: 4 * LONGEST]).strip()
    if len(words) > LONGEST or len(text) > 4 * LONGEST:
        raise Refused(Reason.BAD_INPUT, "too-long")
    return words


async def checked_letter(services: DeskServices, standing: Standing) -> Letter:
    """The reporter's first letter, once it names the very reporter whose key the database gives.

    Raises `Refused`: NOT_ALLOWED (`wrong-reporter`), STALE when the tip got another lock meanwhile.
    """

    def load(tx: Tx) -> Letter:
        found = letters_of(tx, standing)
        if not found or found[0].reporter_hash != reporter_hash(standing.tip.reply_public).hex():
            check_holders(tx, standing)  # what another lock closed is no forgery
            raise Refused(Reason.NOT_ALLOWED, "wrong-reporter")
        return found[0]

    return await services.store.read(load)


async def letter_to_reporter(
    services: DeskServices, standing: Standing, words: Callable[[str], str], state: State | None = None
) -> list[Message]:
    """The letter that says `words` in the reporter's language; `state` when it announces a milestone.

    Nothing for a part that was split off: it has no receipt code of its own, its reporter reads under the first tip's.
    Raises what `checked_letter` raises.
    """
    if standing.work.split_from is not None:
        return []
    lang = (await checked_letter(services, standing)).lang
    letter = TeamLetter(services.clock().date(), standing.team.name, words(lang), state)
    return [Message(BoxKind.OUT, letters.encode(letter))]


async def _messages(
    services: DeskServices, session: Session, standing: Standing, wish: Wish, state: State
) -> list[Message]:
    """What is written: to the reporter, then to colleagues."""
    rule, split = RULES[wish.action], standing.work.split_from is not None
    if split and rule.words is Words.REPORTER:
        raise Refused(Reason.WRONG_STATE, "split-part")
    made: list[Message] = []
    if rule.tells:
        milestone = None if state is standing.work.state or wish.action is Action.ASK else state
        made += await letter_to_reporter(services, standing, lambda lang: _told(lang, standing, wish), milestone)
    words = wish.words if not rule.to_reporter or split else ""
    if words or wish.files or rule.not_handler:
        note = note_of(services, session, words, act=wish.action, files=wish.files)
        made.append(signed(session, standing, note, wish.version))
    return made


def _told(lang: str, standing: Standing, wish: Wish) -> str:
    """The letter's words: the member's own, or those of the texts with the member's behind them."""
    if RULES[wish.action].words is Words.REPORTER and wish.action is not Action.ANSWER:
        return wish.words
    key = f"desk-tell-{wish.action.value.replace('_', '-')}"
    told = say(lang, f"{key}-{wish.reason}" if wish.reason else key, team=standing.team.name)
    return f"{told}\n{wish.words}" if wish.words and RULES[wish.action].to_reporter else told


def _check_release(session: Session, standing: Standing, action: Action) -> None:
    """Somebody else's tip is taken from them by leaders and liaisons only."""
    mine = standing.work.assignee_id in {None, session.member_id}
    if action is Action.RELEASE and not mine and not answers_for(session, standing.team.id):
        raise Refused(Reason.NOT_ALLOWED, "heads-only")


def handlers_of(tx: Tx, standing: Standing, action: Action) -> frozenset[MemberId | None]:
    """Who handles the tip, and who did the work that `action` would approve, since it was last taken up.

    Handling is not a name in a list that one can take off before approving: what was done counts.
    """
    if not RULES[action].not_handler:
        return frozenset()
    tip = standing.tip
    worked: set[MemberId | None] = set()
    for one in tips.list_events(tx, tip.round_id, tip.id):
        if one.act is Action.REOPEN:
            worked.clear()
        elif one.act in _APPROVED:
            worked.add(one.actor_id)
    return frozenset({standing.work.assignee_id, *worked})
