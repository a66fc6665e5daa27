"""New batches: a code of its own for each team, place and way of handing out, never for a household or a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from domain.errors import Reason, Refused
from domain.ids import BatchId, MemberId, RoundId, TeamId, UnitId, new_id
from domain.regions import upwards
from domain.rounds import BatchState, CardBatch, Round, Target, Team, Unit
from domain.words import gist
from handlers.office.plan import mine
from handlers.people import trail
from handlers.services import DeskServices
from qr import codes
from storage.office import batch_figures, cards, planned, rounds, teams, units
from storage.store import Conflict, Tx

MOST = 5000
"""Cards of one batch."""

_T = TypeVar("_T")
_WAY = 20  # characters of how a batch is handed out


@dataclass(frozen=True, slots=True)
class Unserved:
    """A place that a team inspects by name and for which no cards of it are in use."""

    team: Team
    unit: Unit


async def make_batch(
    services: DeskServices, *, round_id: RoundId, team_id: TeamId, unit_ids: tuple[UnitId, ...], way: str,
    target: Target = Target.WEB, is_test: bool = False, cards: int = 0, by: MemberId | None = None,
) -> BatchId:  # fmt: skip
    """A new batch with a code of its own. `cards`: how many are wanted, 0 when nobody said.

    Raises `Refused`: BAD_INPUT for units that the team does not inspect (`units`), for a `way` that is empty or over
    20 characters (`way`) and for too many cards (`cards-wanted`), WRONG_STATE (`round-closed`).
    """
    wish = _Wish(_checked_way(way), target, is_test)
    _check_count(cards)

    def write(tx: Tx) -> BatchId:
        round_ = open_for_cards(tx, round_id)
        return insert(tx, services, round_, wish.batch(services, round_id, team_id, cards), unit_ids, by=by)

    return await drawn(services, write)


async def unserved(services: DeskServices, round_id: RoundId) -> list[Unserved]:
    """What `unserved_in` gives. Raises `Refused(UNKNOWN)`."""
    return await services.store.read(lambda tx: unserved_in(tx, rounds.get_round(tx, round_id)))


async def make_all_batches(
    services: DeskServices, round_id: RoundId, way: str, by: MemberId | None = None, *,
    cards: int = 0, counts: Mapping[UnitId, int] | None = None,
) -> list[BatchId]:  # fmt: skip
    """One batch per team and assigned unit that is not served (`unserved_in`), all of them or none.

    `cards`: how many are wanted of each; `counts` says it for single places, and 0 there leaves the place out.
    Raises `Refused` as `make_batch`.
    """
    wish, own = _Wish(_checked_way(way)), counts or {}
    for count in (cards, *own.values()):
        _check_count(count)

    def write(tx: Tx) -> list[BatchId]:
        round_ = open_for_cards(tx, round_id)
        wanted = [(place, own.get(place.unit.id, cards)) for place in unserved_in(tx, round_)]
        return [
            insert(tx, services, round_, wish.batch(services, round_id, place.team.id, n), (place.unit.id,), by=by)
            for place, n in wanted
            if n or place.unit.id not in own
        ]

    return await drawn(services, write)


@dataclass(frozen=True, slots=True)
class _Wish:
    way: str
    target: Target = Target.WEB
    is_test: bool = False

    def batch(self, services: DeskServices, round_id: RoundId, team_id: TeamId, count: int) -> CardBatch:
        code = codes.new_code(services.intake.card_mac_key)
        return CardBatch(
            BatchId(new_id()), round_id, team_id, code, self.way, self.target, BatchState.ACTIVE, self.is_test, count
        )


async def drawn(services: DeskServices, write: Callable[[Tx], _T]) -> _T:
    """Does `write`, which draws codes, until they are free."""
    while True:
        try:
            return await services.store.write(write)
        except Conflict:  # one chance in a thousand million per batch: those six characters are taken
            continue


def open_for_cards(tx: Tx, round_id: RoundId) -> Round:
    """The round, if cards may still be made for it. Raises `Refused`: UNKNOWN, WRONG_STATE (`round-closed`)."""
    return mine.not_closed(rounds.get_round(tx, round_id))


def insert(
    tx: Tx, services: DeskServices, round_: Round, batch: CardBatch, unit_ids: tuple[UnitId, ...], *,
    by: MemberId | None,
) -> BatchId:  # fmt: skip
    """A new row with its line in the trail. Raises `Refused(BAD_INPUT, "units")` for places of another team."""
    if not unit_ids or any(teams.team_for_unit(tx, round_.id, unit_id) != batch.team_id for unit_id in unit_ids):
        raise Refused(Reason.BAD_INPUT, "units")
    cards.insert_batch(tx, batch, unit_ids)
    trail.note(tx, services, trail.Deed(round_.office_id, by, "make-cards", "card_batch", batch.id))
    return batch.id


def unserved_in(tx: Tx, round_: Round) -> list[Unserved]:
    """The places without cards in use, in the order of teams and places.

    A card serves the places that it names and those below them, as far as they are its own team's: what is told on it
    goes to that team. Test cards serve nobody.
    """
    named = batch_figures.units_by_batch(tx, round_.id)
    served = {
        (batch.team_id, unit_id)
        for batch in cards.list_batches(tx, round_.id)
        if batch.state is BatchState.ACTIVE and not batch.is_test
        for unit_id in named.get(batch.id, ())
    }
    tree = {unit.id: unit for unit in units.list_units(tx, round_.office_id)}
    places = planned.units_by_team(tx, round_.id)
    return [
        Unserved(team, unit)
        for team in mine.teams_of(tx, round_.id)
        for unit in places.get(team.id, ())
        if served.isdisjoint((team.id, above) for above in upwards(unit.id, tree))
    ]


def _checked_way(way: str) -> str:
    words = gist(way, _WAY + 1)
    if not words or len(words) > _WAY:
        raise Refused(Reason.BAD_INPUT, "way")
    return words


def _check_count(count: int) -> None:
    if not 0 <= count <= MOST:
        raise Refused(Reason.BAD_INPUT, "cards-wanted")
