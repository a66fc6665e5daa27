"""Where a tip stands for one member: is it theirs, and which of their keys opens it. Asked before anything is done."""

from dataclasses import dataclass

from domain.errors import BadSeal, Reason, Refused
from domain.ids import TeamId, TipId
from domain.rounds import Round, Team
from domain.tips import Tip, TipWork
from handlers.desk.locking.keyring import Held, keys_for
from handlers.intake.recipients import teams_of, verifiers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
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
    of_team = sorted(
        (one for one in held.values() if one.key.kind is KeyKind.TEAM and one.key.round_id == found.round.id),
        key=lambda one: -one.key.generation,
    )
    if not of_team:
        raise Refused(Reason.NOT_ALLOWED, "no-key")
    mine = next((held[key.id] for key in found.holders if key.id in held), None)
    if mine is None:
        # A newer key that I was not given yet, or a lock that was made to keep me out.
        newer = any(key.kind is KeyKind.TEAM for key in found.holders)
        raise Refused(Reason.NOT_ALLOWED, "no-key" if newer else "recused")
    return Standing(
        tip=found.tip,
        work=found.work,
        round=found.round,
        team=found.team,
        holders=found.holders,
        mine=mine,
        held=tuple(held.values()),
        team_key=of_team[0],
        passed=found.passed,
        # Our own are made from the seeds that I hold, not read from the database.
        letter_keys=(*(public_half(one.seed).verify for one in of_team), *found.others),
    )


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
    for round_id in {teams.get_team(tx, team_id).round_id for team_id in session.teams}:
        try:
            row = work.get_work(tx, round_id, tip_id)
        except Refused:
            continue
        if row.team_id in session.teams:
            return _load(tx, services, row)
    raise Refused(Reason.UNKNOWN)


def _load(tx: Tx, services: DeskServices, row: TipWork) -> _Found:
    tip = tips.get_tip(tx, row.round_id, row.tip_id)
    passed = _passed(tx, services, tip)
    return _Found(
        tip,
        row,
        rounds.get_round(tx, row.round_id),
        teams.get_team(tx, row.team_id),
        tuple(keys.get_key(tx, key_id) for key_id in boxes.list_holders(tx, row.round_id, row.tip_id)),
        passed,
        tuple(
            one
            for team_id in dict.fromkeys(passed)
            if team_id != row.team_id
            for one in verifiers(tx, services.intake, row.round_id, team_id)
        ),
    )


def _passed(tx: Tx, services: DeskServices, tip: Tip) -> tuple[TeamId, ...]:
    try:
        return tuple(teams_of(tx, services.intake, tip))
    except BadSeal:
        return ()
