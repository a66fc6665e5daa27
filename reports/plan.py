"""One round as an office plans it, and what may be wrong with a plan. No file format is known here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.rounds import Level, Role


@dataclass(frozen=True, slots=True)
class PlanRound:
    """Both instants are aware. `accept_days` are working days."""

    term: int
    ordinal: int
    phase: int
    opens_at: datetime
    closes_at: datetime
    accept_days: int
    notice: str
    scope: str


@dataclass(frozen=True, slots=True)
class PlanTeam:
    """`home_code` names the unit its people come from, or is empty."""

    ordinal: int
    name: str
    phone: str
    home_code: str


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """`parent_code` is empty for a root."""

    code: str
    name: str
    level: Level
    parent_code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanAssignment:
    unit_code: str
    team_ordinal: int


RECUSAL = 0
"""`team_ordinal` of those who hold what concerns the inspection itself (回避); no ordinary team has it."""


@dataclass(frozen=True, slots=True)
class PlanMember:
    """`team_ordinal` is None exactly for the roles of the office."""

    login: str
    name: str
    role: Role
    team_ordinal: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan without contradictions. Units stand after their parents."""

    round: PlanRound
    teams: tuple[PlanTeam, ...]
    units: tuple[PlanUnit, ...]
    assignments: tuple[PlanAssignment, ...]
    members: tuple[PlanMember, ...]


class Fault(StrEnum):
    """What is wrong in one place; the value is the key of the sentence that says so."""

    NOT_A_WORKBOOK = "not-a-workbook"
    MISSING_SHEET = "missing-sheet"
    MISSING_COLUMN = "missing-column"
    DOUBLE_COLUMN = "double-column"
    NO_ROWS = "no-rows"
    TOO_MANY_ROWS = "too-many-rows"
    REQUIRED = "required"
    FORMULA = "formula"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_TIME = "not-a-time"
    HOUR_MISSING = "hour-missing"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_LOGIN = "not-a-login"
    TOO_LONG = "too-long"
    BAD_CHARACTER = "bad-character"
    DUPLICATE = "duplicate"
    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_TEAM = "unknown-team"
    WRONG_LEVEL = "wrong-level"
    WITHOUT_UNITS = "without-units"
    HOME_REGION = "home-region"
    TEAM_NEEDED = "team-needed"
    NO_TEAM_ALLOWED = "no-team-allowed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Where and what, never the value. `row` counts from 1 and is 0 for a whole sheet or file;
    `column` is a letter and `heading` its heading, both empty for a whole row. `sheet` is empty for the whole file."""

    sheet: str
    row: int
    column: str
    heading: str
    fault: Fault

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.column}{self.row}" if self.row else self.sheet
        return " ".join(part for part in (place, self.heading, self.fault) if part)


class PlanErrors(Refused):
    """The plan was refused as a whole. `problems` are in the order of reading, a hundred at most."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(Reason.BAD_INPUT, "; ".join(map(str, problems)))
        self.problems = problems
