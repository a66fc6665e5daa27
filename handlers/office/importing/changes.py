"""All that a plan would change, worked out against what stands, or every reason why it cannot come in."""

from dataclasses import dataclass

from domain.ids import MemberId, OfficeId
from domain.rounds import Round
from handlers.office.importing import standing
from handlers.office.importing.frame import Frame, frame_round
from handlers.office.importing.groups import Groups, Spread, gather_teams, spread_units
from handlers.office.importing.people import People, seat_people
from handlers.office.importing.places import Places, place_units
from handlers.office.importing.standing import Coming
from handlers.office.importing.tally import Tally
from handlers.services import DeskServices
from reports.plan import Plan
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does. `tallies` say it sheet by sheet."""

    frame: Frame
    places: Places
    groups: Groups
    spread: Spread
    people: People

    @property
    def round(self) -> Round:
        return self.frame.round

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return (self.frame.tally, self.groups.tally, self.places.tally, self.spread.tally, self.people.tally)

    @property
    def is_empty(self) -> bool:
        """Whether the plan says what stands already."""
        return all(tally.is_empty for tally in self.tallies)


def work_out(tx: Tx, services: DeskServices, office_id: OfficeId, plan: Plan, by: MemberId | None) -> Changes:
    """Writes nothing. Raises `PlanErrors` with everything that is wrong in the file, and all that does not go together
    with what stands."""
    coming = Coming(plan, standing.load(tx, services, office_id, plan.round), plan.findings())
    frame = frame_round(coming, office_id)
    places = place_units(coming)
    groups = gather_teams(coming, frame.round, places)
    spread = spread_units(coming, frame.round, places, groups)
    people = seat_people(tx, services, coming, groups, by)
    coming.findings.stop()
    return Changes(frame, places, groups, spread, people)
