"""One round as an office plans it. No file format is known here; each part knows the row it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.rounds import CrossRegion, Level, Role
from reports.faults import Fault, Findings, Problem


@dataclass(frozen=True, slots=True)
class PlanRound:
    """Both instants are aware. `accept_days` are working days. `cross_region` None, and empty texts: not said; what
    stands is kept, and a new round refuses."""

    term: int
    ordinal: int
    phase: int
    opens_at: datetime
    closes_at: datetime
    accept_days: int
    notice: str
    scope: str
    cross_region: CrossRegion | None = None
    row: int = field(default=0, compare=False)


_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
NO_ROUND = PlanRound(0, 0, 0, _NEVER, _NEVER, 0, "", "")
"""Stands for a round that could not be read: no round has these numbers, and no other has days in common with it."""


@dataclass(frozen=True, slots=True)
class PlanTeam:
    """`home_code` names the unit its people come from, or is empty. Empty `phone`, `address` and `mailbox`: what
    stands is kept."""

    ordinal: int
    name: str
    phone: str
    home_code: str
    address: str = ""
    mailbox: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """`parent_code` is empty for a root. No aliases: those that stand are kept."""

    code: str
    name: str
    level: Level
    parent_code: str
    aliases: tuple[str, ...]
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlanAssignment:
    """`reason`: why the team may inspect its home, where the round asks for one."""

    unit_code: str
    team_ordinal: int
    reason: str = ""
    row: int = field(default=0, compare=False)


RECUSAL = 0
"""`team_ordinal` of those who hold what concerns the inspection itself (回避); no ordinary team has it."""


@dataclass(frozen=True, slots=True)
class PlanMember:
    """`team_ordinal` is None exactly for the roles of the office and for custodians."""

    login: str
    name: str
    role: Role
    team_ordinal: int | None
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """The sheet that parts of a plan were read from: its title, and the letter and heading of each field's column."""

    title: str
    columns: Mapping[str, str]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The codes of units that the rows of a sheet name which are not sound. `is_all`: all of these could be read."""

    codes: frozenset[str] = frozenset()
    is_all: bool = True

    def may_name(self, code: str) -> bool:
        """Whether one of those rows names that unit, or may do so."""
        return not self.is_all or code in self.codes


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan without contradictions. Units stand after their parents. `sources` by name of the part.

    `problems`: what is wrong in the file that it was read from; `more` counts those beyond. Where anything is, nothing
    of it may come in: only the rows that are sound stand here, and a round that is not is `NO_ROUND`. `left_out`: what
    became of the other rows, by sheet: units, assignments.
    """

    round: PlanRound
    teams: tuple[PlanTeam, ...]
    units: tuple[PlanUnit, ...]
    assignments: tuple[PlanAssignment, ...]
    members: tuple[PlanMember, ...]
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    more: int = field(default=0, compare=False, repr=False)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict, compare=False, repr=False)

    def findings(self) -> Findings:
        """What is wrong in the file, as a list of the caller's own to note more on."""
        return Findings([*self.problems], self.more)

    def problem(self, part: str, row: int, name: str, fault: Fault, **args: str | int) -> Problem:
        """A fault that is found once the plan meets what stands, at the cell it was read from; row 0: at none."""
        source = self.sources.get(part)
        if source is None:
            return Problem(part, row, "", name, fault, args)
        column = source.columns.get(name, "") if row else ""
        return Problem(source.title, row, column, source.headings[name] if column else "", fault, args)
