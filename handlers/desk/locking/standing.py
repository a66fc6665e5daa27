"""Where a tip stands for one member: is it theirs, and which of their keys opens it. Asked before anything is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId, RoundId, TeamId, TipId
from domain.rounds import Round, Team
from domain.tips import Tip, TipWork
from handlers.desk.locking.keyring import Held, keys_for
from handlers.intake.recipients import teams_of, verifiers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import transfers, work
from storage.intake import boxes, tips
from storage.office import rounds, teams
from storage.people import keys
from storage.people.keys import Key, KeyKind
from storage.store import Tx
from vault.keys import Seed, public_half


@dataclass(frozen=True, slots=True)
class Standing:
    """A tip of a team of mine that I can open. `holders`: the keys that the database names; see locks.py.

    `passed`: the teams it has been with, as far as each signed the step to the next; nothing when a step is false.
    """

    tip: Tip
    work: TipWork
    round: Round
    team: Team
    holders: tuple[Key, ...]
    mine: Held  # one of the holders
    held: tuple[Held, ...]  # my keys of this team, and those of this tip
    team_key: Held  # signs what the reporter reads
    passed: tuple[TeamId, ...]
    letter_keys: tuple[bytes, ...]  # check what its teams signed, the present one's first

    @property
    def signer(self) -> Seed:
        return self.team_key.seed


async def stand(services: DeskServices, session: Session, tip_id: TipId) -> Standing:
    """Raises `Refused`: UNKNOWN when the tip is not there or not of my teams, NOT_ALLOWED when no key of mine opens it.

    The detail of NOT_ALLOWED is `no-key` when I was not given the team's key, else `recused`.
    """
    found = await services.store.read(lambda tx: _find(tx, services, session, tip_id))
    held = {one.key.id: one for one in await keys_for(services, session, found.team.id, (tip_id,))}
    of_team = _of_team(held.values(), found.round)
    return Standing(
        tip=found.tip,
        work=found.work,
        round=found.round,
        team=found.team,
        holders=found.holders,
        mine=_mine(held, found.holders),
        held=tuple(held.values()),
        team_key=of_team[0],
        passed=found.passed,
        # Our own are made from the seeds that I hold, not read from the database.
        letter_keys=(*(public_half(one.seed).verify for one in of_team), *found.others),
    )


async def stand_seen(services: DeskServices, session: Session, tip_id: TipId) -> Standing:
    """As `stand`, for whoever may have had the tip's page open.

    Raises `Refused(STALE, "passed-on")` instead of UNKNOWN when a team of mine passed it on: nobody else learns of it.
    """
    try:
        return await stand(services, session, tip_id)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN and await services.store.read(lambda tx: _left(tx, session, tip_id)):
            raise Refused(Reason.STALE, "passed-on") from None
        raise


def _of_team(held: Iterable[Held], round_: Round) -> list[Held]:
    """The team's own keys of this round, the newest first."""
    found = [one for one in held if one.key.kind is KeyKind.TEAM and one.key.round_id == round_.id]
    if not found:
        raise Refused(Reason.NOT_ALLOWED, "no-key")
    return sorted(found, key=lambda one: -one.key.generation)


def _mine(held: Mapping[KeyId, Held], holders: Sequence[Key]) -> Held:
    """The first of the tip's holders that I hold."""
    mine = next((held[key.id] for key in holders if key.id in held), None)
    if mine is None:
        # A newer key that I was not given yet, or a lock that was made to keep me out.
        newer = any(key.kind is KeyKind.TEAM for key in holders)
        raise Refused(Reason.NOT_ALLOWED, "no-key" if newer else "recused")
    return mine


def check_holders(tx: Tx, standing: Standing) -> None:
    """Raises `Refused(STALE)` when the tip got another lock meanwhile, or the team another key.

    What was sealed for the old lock is void, and so is a lock that the old key signed.
    """
    now = boxes.list_holders(tx, standing.tip.round_id, standing.tip.id)
    served = keys.team_keys(tx, standing.round.id, standing.team.id)[0]
    if set(now) != {key.id for key in standing.holders} or served.generation > standing.team_key.key.generation:
        raise Refused(Reason.STALE)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database has of a tip. `others`: verify keys of the teams it was with before."""

    tip: Tip
    work: TipWork
    round: Round
    team: Team
    holders: tuple[Key, ...]
    passed: tuple[TeamId, ...]
    others: tuple[bytes, ...]


def _find(tx: Tx, services: DeskServices, session: Session, tip_id: TipId) -> _Found:
    """The tip, wherever among the rounds of my teams it stands."""
    for round_id in _rounds_of(tx, session):
        try:
            row = work.get_work(tx, round_id, tip_id)
        except Refused:
            continue
        if row.team_id in session.teams:
            return _load(tx, services, row)
    raise Refused(Reason.UNKNOWN)


def _left(tx: Tx, session: Session, tip_id: TipId) -> bool:
    """Whether a team of mine passed the tip on. It opens nothing, so no signature is asked for."""
    passed = (transfers.list_transfers(tx, round_id, tip_id) for round_id in _rounds_of(tx, session))
    return any(step.from_team_id in session.teams for steps in passed for step in steps)


def _rounds_of(tx: Tx, session: Session) -> set[RoundId]:
    return {teams.get_team(tx, team_id).round_id for team_id in session.teams}


def _load(tx: Tx, services: DeskServices, row: TipWork) -> _Found:
    tip = tips.get_tip(tx, row.round_id, row.tip_id)
    passed = teams_passed(tx, services, tip)
    return _Found(
        tip,
        row,
        rounds.get_round(tx, row.round_id),
        teams.get_team(tx, row.team_id),
        tuple(keys.get_key(tx, key_id) for key_id in boxes.list_holders(tx, row.round_id, row.tip_id)),
        passed,
        signers_before(tx, services, row.round_id, row.team_id, passed),
    )


def signers_before(
    tx: Tx, services: DeskServices, round_id: RoundId, team_id: TeamId, passed: Sequence[TeamId]
) -> tuple[bytes, ...]:
    """Verify keys of the teams that a tip has `passed` before it came to `team_id`."""
    others = [one for one in dict.fromkeys(passed) if one != team_id]
    return tuple(verify for one in others for verify in verifiers(tx, services.intake, round_id, one))


def teams_passed(tx: Tx, services: DeskServices, tip: Tip) -> tuple[TeamId, ...]:
    """The teams a tip has been with, in order; none at all when a step between them is false."""
    try:
        return tuple(teams_of(tx, services.intake, tip))
    except BadSeal:
        return ()
