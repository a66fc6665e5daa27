"""Where a tip stands for one member: is it theirs, and which of their keys opens it. Asked before anything is done."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.rounds import Round, Team
from domain.tips import Tip, TipWork
from handlers.desk.keyring import Held, keys_for
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage import boxes, keys, rounds, teams, tips, work
from storage.keys import Key, KeyKind
from storage.store import Tx
from vault.keys import Seed, public_half


@dataclass(frozen=True, slots=True)
class Standing:
    """A tip of a team of mine that I can open. `holders`: the keys that the database names; see locks.py."""

    tip: Tip
    work: TipWork
    round: Round
    team: Team
    holders: tuple[Key, ...]
    mine: Held  # one of the holders
    held: tuple[Held, ...]  # all my keys of this team
    team_key: Held  # signs what the reporter reads

    @property
    def verify(self) -> bytes:
        """Checks what the team signed; made from the seed that I hold, not read from the database."""
        return public_half(self.team_key.seed).verify

    @property
    def signer(self) -> Seed:
        return self.team_key.seed


async def stand(services: DeskServices, session: Session, tip_id: TipId) -> Standing:
    """Raises `Refused`: UNKNOWN when the tip is not there or not of my teams, NOT_ALLOWED when no key of mine opens it.

    The detail of NOT_ALLOWED is `no-key` when I was not given the team's key, else `recused`.
    """
    tip, work_, round_, team, holders = await services.store.read(lambda tx: _find(tx, session, tip_id))
    held = {one.key.id: one for one in await keys_for(services, session, team.id)}
    of_team = [one for one in held.values() if one.key.kind is KeyKind.TEAM and one.key.round_id == round_.id]
    if not of_team:
        raise Refused(Reason.NOT_ALLOWED, "no-key")
    mine = next((held[key.id] for key in holders if key.id in held), None)
    if mine is None:
        raise Refused(Reason.NOT_ALLOWED, "recused")
    signs = max(of_team, key=lambda one: one.key.generation)
    return Standing(tip, work_, round_, team, holders, mine, tuple(held.values()), signs)


def check_holders(tx: Tx, standing: Standing) -> None:
    """Raises `Refused(STALE)` when the tip got another lock meanwhile: what was sealed for the old one is void."""
    now = boxes.list_holders(tx, standing.tip.round_id, standing.tip.id)
    if set(now) != {key.id for key in standing.holders}:
        raise Refused(Reason.STALE)


Found = tuple[Tip, TipWork, Round, Team, tuple[Key, ...]]


def _find(tx: Tx, session: Session, tip_id: TipId) -> Found:
    """The tip, wherever among the rounds of my teams it stands."""
    for round_id in {teams.get_team(tx, team_id).round_id for team_id in session.teams}:
        try:
            found = work.get_work(tx, round_id, tip_id)
        except Refused:
            continue
        if found.team_id in session.teams:
            held = tuple(keys.get_key(tx, key_id) for key_id in boxes.list_holders(tx, round_id, tip_id))
            tip, team = tips.get_tip(tx, round_id, tip_id), teams.get_team(tx, found.team_id)
            return tip, found, rounds.get_round(tx, round_id), team, held
    raise Refused(Reason.UNKNOWN)
