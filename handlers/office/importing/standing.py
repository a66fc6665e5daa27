"""What stands of an office when a plan comes in, read in a few statements whatever its size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ids import MemberId, OfficeId, UnitId
from domain.rounds import Round, RoundState, Team, Unit
from handlers.office.plan.copying import TEXTS
from handlers.office.plan.overlaps import Other, other_rounds
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from reports.faults import Fault, Findings
from reports.plan import LeftOut, Plan, PlanRound
from storage.office import planned, rounds, teams, units
from storage.office.teams import Assignment
from storage.people import members
from storage.people.members import Member, Membership
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Standing:
    """`round` is the one that the plan names, or None; texts, teams and assignments are its own, the rest is the
    office's. `members` by login; `seats` are today's; `others` are its other rounds that are planned or open."""

    round: Round | None
    texts: Mapping[str, str]
    teams: Sequence[Team]
    assignments: Mapping[UnitId, Assignment]
    units: Mapping[UnitId, Unit]
    aliases: Mapping[UnitId, tuple[str, ...]]
    members: Mapping[str, Member]
    seats: Mapping[MemberId, tuple[Membership, ...]]
    others: Sequence[Other]


@dataclass(frozen=True, slots=True)
class Coming:
    """A plan on its way in. Whatever is wrong with it is noted in `findings`, at the cell it was read from."""

    plan: Plan
    standing: Standing
    findings: Findings

    @property
    def is_open(self) -> bool:
        """Whether the round takes tips already: then only what disturbs nobody may come."""
        return self.standing.round is not None and self.standing.round.state is RoundState.OPEN

    def left_out(self, part: str) -> LeftOut:
        """What the rows of units or assignments name which are not sound."""
        return self.plan.left_out.get(part, LeftOut())

    def wrong(self, part: str, row: int, name: str, fault: Fault, **args: str | int) -> None:
        self.findings.note(self.plan.problem(part, row, name, fault, **args))

    def fixed(self, part: str, row: int, name: str, was: str) -> None:
        """Notes something that cannot change any more; `was`: what it is and stays."""
        self.wrong(part, row, name, Fault.ROUND_OPEN, was=was or "—")


def load(tx: Tx, services: DeskServices, office_id: OfficeId, plan: PlanRound) -> Standing:
    """What stands today."""
    number = (plan.term, plan.ordinal, plan.phase)
    listed = rounds.list_rounds(tx, office_id)
    round_ = next((row for row in listed if (row.term, row.ordinal, row.phase) == number), None)
    own = None if round_ is None else round_.id
    return Standing(
        round_,
        {key: (own and rounds.get_text(tx, own, OFFICE_LANG, key)) or "" for key in TEXTS},
        teams.list_teams(tx, own) if own else (),
        {one.unit_id: one for one in teams.list_assignments(tx, own)} if own else {},
        {one.id: one for one in units.list_units(tx, office_id)},
        planned.all_aliases(tx, office_id),
        {one.login: one for one in members.list_members(tx, office_id)},
        planned.seats_of_office(tx, office_id, services.clock().date()),
        other_rounds(tx, office_id, round_),
    )
