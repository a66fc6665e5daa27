"""转给别的组: another team takes a tip over, by key and by number. Who gave it away opens none of it from then on."""

from dataclasses import dataclass, replace

from domain import clocks as running
from domain.errors import BadSeal, Reason, Refused
from domain.ids import MemberId, TeamId, TipId
from domain.rounds import Team, TeamKind
from domain.tips import Action, TipWork
from handlers.calendar import calendar_in
from handlers.desk.locking.recusing import is_recused
from handlers.desk.locking.resealing import reseal
from handlers.desk.locking.standing import Standing
from handlers.desk.moves.acting import Wish, begin, checked_words, letter_to_reporter
from handlers.desk.moves.step import Step, enter
from handlers.desk.writing.messages import Message, note_of, store_messages
from handlers.desk.writing.signing import signed
from handlers.intake.recipients import check_served, check_team, handing_of
from handlers.people import trail
from handlers.people.holders import readers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import say
from storage.desk import clocks, transfers, work
from storage.desk.transfers import Transfer
from storage.office import teams
from storage.people import keys, members
from storage.people.keys import Key
from storage.people.members import MemberState
from storage.store import Tx
from vault.handing import sign_handing

_TAKERS = (TeamKind.TEAM, TeamKind.RECUSAL)


@dataclass(frozen=True, slots=True)
class _Taker:
    """The team that takes over, and the key that its members read with."""

    team: Team
    key: Key


async def targets(services: DeskServices, session: Session, tip_id: TipId) -> list[Team]:
    """The teams that a tip of mine can be passed on to. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> list[Team]:
        for team in (teams.get_team(tx, team_id) for team_id in session.teams):
            try:
                row = work.get_work(tx, team.round_id, tip_id)
            except Refused:
                continue
            if row.team_id == team.id:
                return _others(tx, team)
        raise Refused(Reason.UNKNOWN)

    return await services.store.read(load)


async def transfer(
    services: DeskServices, session: Session, tip_id: TipId, version: int, team_id: TeamId, *, words: str = ""
) -> TeamId:
    """Passes the tip on to a team of the same round; `words` are a note for both teams' eyes. The reporter is told.

    Gives the team that it left.

    Raises what `begin` raises, and `Refused`: BAD_INPUT (`target`, `too-long`), NOT_ALLOWED (`wrong-reporter`,
    `target-key` when the office does not vouch for that team's key, `recused-there`, `older-key`), WRONG_STATE
    (`target-empty` when nobody there could read).
    """
    words = checked_words(words)
    standing, step = await begin(services, session, tip_id, Wish(Action.TRANSFER, version, words=words))
    taker = await _taker(services, session, standing, team_id)
    messages = await _messages(services, session, standing, taker.team, words)

    def also(tx: Tx, first: int) -> None:
        told = first if standing.work.split_from is None else None
        _hand_over(tx, services, standing, taker, replace(step, reason=team_id.hex(), box_seq=told))

    await store_messages(services, session, standing, messages, also)
    services.nudge()
    return standing.team.id


def _hand_over(tx: Tx, services: DeskServices, standing: Standing, taker: _Taker, step: Step) -> None:
    """Inside the transaction, once the letter stands: keys, clocks, number and history, all at once."""
    check_served(tx, standing.round.id, taker.team.id, taker.key.id)
    _check_recused(tx, services, standing, taker)
    reseal(tx, standing, taker.key)
    transfers.insert_transfer(tx, _signed(tx, standing, taker, step))
    _restart(tx, services, standing, step)
    enter(tx, services, standing, _given(tx, standing.work, taker.team.id), step)


def _given(tx: Tx, before: TipWork, team_id: TeamId) -> TipWork:
    number = work.next_number(tx, before.round_id, f"team:{team_id.hex()}")
    return replace(before, team_id=team_id, number=number, assignee_id=None, claim_until=None)


def _signed(tx: Tx, standing: Standing, taker: _Taker, step: Step) -> Transfer:
    tip = standing.tip
    n = len(transfers.list_transfers(tx, tip.round_id, tip.id)) + 1
    row = Transfer(tip.round_id, tip.id, n, standing.team.id, taker.team.id, step.at.date(), b"")
    return replace(row, signature=sign_handing(standing.signer, handing_of(row)))


def _restart(tx: Tx, services: DeskServices, standing: Standing, step: Step) -> None:
    """What was not done by the old team begins anew for the new one."""
    tip, round_ = standing.tip, standing.round
    calendar = calendar_in(tx, services.calendar, tip.office_id)
    stood = clocks.list_clocks(tx, tip.round_id, tip.id)
    clocks.save_clocks(
        tx, tip.round_id, tip.id, running.moved(stood, step.at.date(), round_.days, calendar, state=step.state)
    )


async def _messages(
    services: DeskServices, session: Session, standing: Standing, to: Team, words: str
) -> list[Message]:
    """The reporter's letter, then what colleagues of both teams are to know."""
    made = await letter_to_reporter(services, standing, lambda lang: say(lang, "desk-tell-transfer", team=to.name))
    if words:
        note = note_of(services, session, words, act=Action.TRANSFER)
        made.append(signed(session, standing, note, standing.work.version))
    return made


async def _taker(services: DeskServices, session: Session, standing: Standing, team_id: TeamId) -> _Taker:
    """Checked in full but for recusals. Raises `Refused`."""

    def load(tx: Tx) -> tuple[Team, Key | None, bool]:
        team = next((one for one in _others(tx, standing.team) if one.id == team_id), None)
        if team is None:
            raise Refused(Reason.BAD_INPUT, "target")
        key = next(iter(keys.team_keys(tx, standing.round.id, team_id)), None)
        return team, key, key is not None and bool(readers(tx, key, services.clock().date()))

    team, key, is_read = await services.store.read(load)
    try:
        if key is None:
            raise BadSeal("no key")
        check_team(services.intake, key, services.clock().date())
        services.intake.note_generation(team_id, key.generation)
    except BadSeal:
        deed = trail.Deed(session.office_id, session.member_id, "key-differs", "team", team_id + session.token_hash)
        await trail.note_once(services, deed)
        raise Refused(Reason.NOT_ALLOWED, "target-key") from None
    if not is_read:
        raise Refused(Reason.WRONG_STATE, "target-empty")
    return _Taker(team, key)


def _check_recused(tx: Tx, services: DeskServices, standing: Standing, taker: _Taker) -> None:
    """The tip opens for the whole new team: nobody there may have been recused from it."""
    tip, today = standing.tip, services.clock().date()
    there: set[MemberId] = {
        one.id for one, _ in members.members_of_team(tx, taker.team.id, today) if one.state is not MemberState.DISABLED
    } | {own.member_id for _, own in keys.held_by(tx, [taker.key.id]) if own.member_id}
    if any(is_recused(tx, tip.office_id, tip.id, one) for one in there):
        raise Refused(Reason.NOT_ALLOWED, "recused-there")


def _others(tx: Tx, team: Team) -> list[Team]:
    return [one for one in teams.list_teams(tx, team.round_id) if one.kind in _TAKERS and one.id != team.id]
