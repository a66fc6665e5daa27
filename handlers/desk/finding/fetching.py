"""What the database says of a team's tips to one member: which may be opened now, and their boxes by the hundred."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ids import TeamId, TipId, UnitId
from domain.rounds import Team
from handlers.desk.finding.index import Extent
from handlers.desk.finding.reading import Batch
from handlers.desk.labels import full_name
from handlers.desk.locking.keyring import Held, keys_for
from handlers.desk.locking.standing import signers_before, teams_passed
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import openable
from storage.desk.openable import Openable
from storage.intake import tips
from storage.office import teams, units
from storage.people import keys
from storage.people.keys import KeyKind
from storage.store import Tx
from vault.keys import public_half


@dataclass(frozen=True, slots=True)
class Sight:
    """What I may open of a team at this moment, newest first."""

    team: Team
    tips: tuple[Openable, ...]

    @property
    def extent(self) -> Extent:
        return openable.extent_of(self.tips)


async def look(
    services: DeskServices, session: Session, team_id: TeamId, among: Sequence[TipId] | None = None
) -> Sight:
    """By the rules of a tip's own page (standing.py). `among`: only of these."""

    def load(tx: Tx) -> Sight:
        team = teams.get_team(tx, team_id)
        found = openable.list_openable(tx, team.round_id, team_id, _key_ids(tx, session, team), among=among)
        return Sight(team, tuple(found))

    return await services.store.read(load)


async def extent(services: DeskServices, session: Session, team_id: TeamId) -> Extent:
    """Of what `look` would say, at a third of the price."""

    def load(tx: Tx) -> Extent:
        team = teams.get_team(tx, team_id)
        return openable.read_extent(tx, team.round_id, team_id, _key_ids(tx, session, team))

    return await services.store.read(load)


async def fetch(services: DeskServices, session: Session, team: Team, some: Sequence[Openable]) -> Batch:
    """All that is needed to read these tips. Raises `CannotStore`."""
    tip_ids = [one.tip_id for one in some]
    held = await keys_for(services, session, team.id, tip_ids)
    return await services.store.read(lambda tx: _batch(tx, services, team, some, held))


def _key_ids(tx: Tx, session: Session, team: Team) -> list[bytes]:
    """Keys that were given to me; none count without one of the team's own."""
    given = [key for key, _ in keys.granted(tx, session.key_id, team.id) if key.round_id == team.round_id]
    return [key.id for key in given] if any(key.kind is KeyKind.TEAM for key in given) else []


def _batch(tx: Tx, services: DeskServices, team: Team, some: Sequence[Openable], held: Sequence[Held]) -> Batch:
    tip_ids, key_ids = [one.tip_id for one in some], [one.key.id for one in held]
    origins = openable.origins_of(tx, team.round_id, tip_ids)
    own = tuple(public_half(one.seed).verify for one in held if one.key.kind is KeyKind.TEAM)
    return Batch(
        team=team,
        tips=some,
        origins=origins,
        places=_places(tx, {one.unit_id for one in origins.values()}),
        boxes=openable.messages_of(tx, team.round_id, tip_ids, key_ids),
        keys={one.key.id: one for one in held},
        signers={
            one: (*own, *_signers(tx, services, team, one)) for one in openable.passed_on(tx, team.round_id, tip_ids)
        },
        own=own,
    )


def _signers(tx: Tx, services: DeskServices, team: Team, tip_id: TipId) -> tuple[bytes, ...]:
    """Verify keys of the teams that a tip was with before."""
    passed = teams_passed(tx, services, tips.get_tip(tx, team.round_id, tip_id))
    return signers_before(tx, services, team.round_id, team.id, passed)


def _places(tx: Tx, unit_ids: set[UnitId | None]) -> Mapping[UnitId, str]:
    return {one: full_name(units.get_unit(tx, one)) for one in unit_ids if one is not None}
