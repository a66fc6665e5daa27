"""Whom a card lets in, and where to: what the conversation keeps of a scanned code, a typed one, or none."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from domain.errors import Reason, Refused
from domain.ids import OfficeId, RoundId, UnitId
from domain.rounds import BatchState, CardBatch, Intake, Round, Team, TeamKind, Unit
from handlers import texts
from handlers.conversation.drafts import fresh
from handlers.conversation.talk import DRAFTING, Card, Place, State
from handlers.services import IntakeServices
from qr import codes
from storage.office import cards, offices, rounds, teams, units
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class _Batch:
    batch: CardBatch
    round: Round
    team: Team
    units: list[Unit]  # the named ones and those right below them, by path


async def admit(services: IntakeServices, code: str, lang: str) -> Card:
    """What `code` (a card code, six typed characters, or empty for no card) lets in to.

    Raises `Refused(UNKNOWN)` for a code that is forged, revoked or of another place, and when no round was ever opened.
    """
    if not code.strip():
        return await _without_card(services)
    found = await services.store.read(lambda tx: _load(tx, services, code))
    place, count = shown_place(found.units, lang)
    return Card(
        round_id=found.round.id,
        team_id=found.team.id,
        batch_id=found.batch.id,
        code=found.batch.code,
        team=found.team.name,
        place=place,
        unit_count=count,
        only_unit=_named(found.units[0]) if count == 1 else None,
        phone=found.team.phone,
        closes_at=found.round.ends_at.isoformat(),
        words=codes.check_words(services.secrets.card_mac_key, found.batch.code, codes.known_words()),
        intake=found.round.intake_at(services.clock()),
        **_dates(found.round, services.clock()),
    )


async def look_again(services: IntakeServices, state: State) -> State:
    """A chat that knows a card and was told nothing, some hours on: a tip may begin only while the round takes tips."""
    card = state.card
    if card is None or state.parts:
        return state
    round_id, now = card.round_id, services.clock()
    try:
        found = await services.store.read(lambda tx: rounds.get_round(tx, round_id))
    except Refused:
        return fresh(state, None)  # a planned round that was removed
    intake = found.intake_at(now)
    card = replace(card, closes_at=found.ends_at.isoformat(), intake=intake, **_dates(found, now))
    is_shut = state.step in DRAFTING and intake is not Intake.OPEN
    return fresh(state, card) if is_shut else replace(state, card=card)


@dataclass(frozen=True, slots=True)
class CalledIn:
    """What the holder of a card that was called in is told: whose it was, and whether there are new ones."""

    team: str
    phone: str
    is_replaced: bool


async def called_in(services: IntakeServices, code: str) -> CalledIn | None:
    """For a whole code that we made and that was revoked; None for any other, however near it comes."""

    def load(tx: Tx) -> CalledIn | None:
        batch = cards.batch_by_code(tx, codes.check(services.secrets.card_mac_key, code))
        if batch is None or batch.state is not BatchState.REVOKED:
            return None
        team = teams.get_team(tx, batch.team_id)
        return CalledIn(team.name, team.phone, batch.replaced_by is not None)

    try:
        return await services.store.read(load)
    except Refused:
        return None


async def find_places(services: IntakeServices, card: Card | None, text: str) -> tuple[Place, ...]:
    """Units that `text` may mean, within the card's when there is one. Empty `text`: all of the card's."""
    if card is not None and card.batch_id is not None:
        batch_id = card.batch_id
        within = await services.store.read(lambda tx: covered(tx, cards.units_of_batch(tx, batch_id)))
        if not text:
            return tuple(_named(unit) for unit in within)
        inside = {unit.id for unit in within}
        found = await services.store.read(lambda tx: _search(tx, text))
        return tuple(_named(unit) for unit in found if unit.id in inside)
    return tuple(_named(unit) for unit in await services.store.read(lambda tx: _search(tx, text))) if text else ()


def destination(tx: Tx, round_id: RoundId, card: Card, unit_id: UnitId | None, *, involved: bool) -> Team:
    """Where a tip goes: recusal when the inspection itself is meant, else the card's team, the place's, or unrouted."""
    if involved:
        return teams.team_of_kind(tx, round_id, TeamKind.RECUSAL)
    if card.team_id is not None:
        return teams.get_team(tx, card.team_id)
    team_id = teams.team_for_unit(tx, round_id, unit_id) if unit_id else None
    return teams.get_team(tx, team_id) if team_id else teams.team_of_kind(tx, round_id, TeamKind.UNROUTED)


def latest_round(tx: Tx, now: datetime, among: Container[RoundId] | None = None) -> Round:
    """The round that takes tips at `now`, else the latest one. Raises `Refused(UNKNOWN)` when there is none.

    `among`: only these count, such as those that were opened and so have keys.
    """
    office_id = the_office(tx)
    by_rank = (*rounds.active_rounds(tx, office_id, now), *rounds.list_rounds(tx, office_id))
    known = [round_ for round_ in by_rank if among is None or round_.id in among]
    if not known:
        raise Refused(Reason.UNKNOWN, "round")
    return known[0]


def the_office(tx: Tx) -> OfficeId:
    """The one office of this deployment. Raises `Refused(UNKNOWN)` before `init`."""
    office = offices.only_office(tx)
    if office is None:
        raise Refused(Reason.UNKNOWN, "office")
    return office.id


def _load(tx: Tx, services: IntakeServices, code: str) -> _Batch:
    typed = codes.normalise_short(code)
    if typed is not None:
        batch = cards.batch_by_short_code(tx, typed)
    else:
        batch = cards.batch_by_code(tx, codes.check(services.secrets.card_mac_key, code))
    if batch is None or batch.state is BatchState.REVOKED:
        raise Refused(Reason.UNKNOWN, "card code")
    named = covered(tx, cards.units_of_batch(tx, batch.id))
    return _Batch(batch, rounds.get_round(tx, batch.round_id), teams.get_team(tx, batch.team_id), named)


async def _without_card(services: IntakeServices) -> Card:
    now = services.clock()

    def load(tx: Tx) -> tuple[Round, str, str]:
        round_ = latest_round(tx, now)
        unrouted = teams.team_of_kind(tx, round_.id, TeamKind.UNROUTED)
        return round_, offices.get_office(tx, round_.office_id).name, unrouted.phone

    found, name, phone = await services.store.read(load)
    return Card(
        round_id=found.id,
        team_id=None,
        batch_id=None,
        code="",
        team=name,
        place="",
        unit_count=0,
        only_unit=None,
        phone=phone,
        closes_at=found.ends_at.isoformat(),
        words=(),
        intake=found.intake_at(now),
        **_dates(found, now),
    )


class _Dates(TypedDict):
    begins_at: str
    year: int


def _dates(round_: Round, now: datetime) -> _Dates:
    """What a card says of its begin while that is to come, and of the year in which it was read."""
    return {"begins_at": round_.opens_at.isoformat() if now < round_.opens_at else "", "year": now.year}


def covered(tx: Tx, named: list[Unit]) -> list[Unit]:
    """The units a card names and those right below them: what a reporter may choose from."""
    office_id = the_office(tx)
    return spread(named, {unit.id: units.children(tx, office_id, unit.id) for unit in named})


def spread(named: Sequence[Unit], below: Mapping[UnitId, Sequence[Unit]]) -> list[Unit]:
    """What `covered` gives, of units that were read before: `below` holds those right below each, by code and name."""
    known = {unit.id for unit in named}
    return [*named, *(child for unit in named for child in below.get(unit.id, ()) if child.id not in known)]


def _search(tx: Tx, text: str) -> list[Unit]:
    return units.search_units(tx, the_office(tx), text)


def _named(unit: Unit) -> Place:
    """A unit as a villager says it: without the county, 苇庄镇石桥村."""
    names = unit.path.split("/")
    return Place(unit.id, "".join(names[1:]) if len(names) > 1 else unit.name)


def shown_place(named: Sequence[Unit], lang: str) -> tuple[str, int]:
    """The place on the card and how many units a reporter may choose from."""
    first = _named(named[0]).name
    below = [unit for unit in named if unit.parent_id == named[0].id]
    if len(named) == 1:
        return first, 1
    if len(below) == len(named) - 1:
        return texts.say(lang, "place-and-villages", place=first, n=len(below)), len(named)
    return texts.say(lang, "place-and-others", place=first, n=len(named) - 1), len(named)
