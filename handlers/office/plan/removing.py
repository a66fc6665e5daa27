"""A round that was planned by mistake: a director takes it out with all of its plan, as long as nobody relies on it."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import Role, Round, RoundState
from handlers.office.plan import mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import cards, planned, teams, unplanned
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with a round: how many ordinary teams, people who sit in any of its teams today, assignments and
    batches of cards."""

    round: Round
    teams: int
    people: int
    assignments: int
    batches: int


async def kept_by(services: DeskServices, session: Session, round_id: RoundId) -> str:
    """What keeps a round from being removed: `opened`, `printed`, `held`, or nothing. Raises `Refused(UNKNOWN)`."""
    return await services.store.read(lambda tx: _kept_by(tx, mine.round_of(tx, session, round_id)))


async def weigh(services: DeskServices, session: Session, round_id: RoundId) -> Going:
    """What `remove_round` would take out. Raises what it raises."""
    today = services.clock().date()

    def load(tx: Tx) -> Going:
        round_ = _removable(tx, session, round_id)
        seated, own = planned.people_by_team(tx, round_.office_id, today), teams.list_teams(tx, round_id)
        return Going(
            round_,
            len(mine.teams_of(tx, round_id)),
            len({member.id for team in own for member, _ in seated.get(team.id, ())}),
            len(teams.list_assignments(tx, round_id)),
            len(cards.list_batches(tx, round_id)),
        )

    return await services.store.read(load)


async def remove_round(services: DeskServices, session: Session, round_id: RoundId) -> None:
    """Takes out a round that was only planned. Its places and people stay.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`director-only`), WRONG_STATE (`round-remove-opened`; `round-remove-printed`
    once a card or a poster was printed; `round-remove-held` when a key or anything sealed hangs on it).
    """

    def write(tx: Tx) -> None:
        round_ = _removable(tx, session, round_id)
        unplanned.drop_round(tx, round_id)
        trail.note(tx, services, trail.Deed(round_.office_id, session.member_id, "remove-round", "round", round_id))

    await services.store.write(write)
    # An opening that was refused at its last step leaves the round's secrets behind; no key was made with them.
    services.secrets.destroy_round(round_id)
    services.intake.destroy_round(round_id)


def _removable(tx: Tx, session: Session, round_id: RoundId) -> Round:
    """The round, if it can go."""
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    round_ = mine.round_of(tx, session, round_id)
    if kept_by := _kept_by(tx, round_):
        raise Refused(Reason.WRONG_STATE, f"round-remove-{kept_by}")
    return round_


def _kept_by(tx: Tx, round_: Round) -> str:
    if round_.state is not RoundState.PLANNED:
        return "opened"
    if unplanned.is_printed(tx, round_.id):
        return "printed"
    return "held" if unplanned.is_held(tx, round_.id) else ""
