"""What may be wrong with a plan, and where. A place and a fault are named; values only for the page that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import Reason, Refused
from reports.forms import forms


class Fault(StrEnum):
    """What is wrong in one place; the value is the key of the sentence that says so."""

    NOT_A_WORKBOOK = "not-a-workbook"
    OLD_FORMAT = "old-format"
    CSV = "csv"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    OVER_LIMITS = "over-limits"
    MISSING_SHEET = "missing-sheet"
    DOUBLE_SHEET = "double-sheet"
    MISSING_COLUMN = "missing-column"
    DOUBLE_COLUMN = "double-column"
    MERGED = "merged"
    NO_ROWS = "no-rows"
    TOO_MANY_ROWS = "too-many-rows"
    ONE_ROUND = "one-round"
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
    NO_PARENT = "no-parent"
    UNKNOWN_TEAM = "unknown-team"
    WRONG_LEVEL = "wrong-level"
    WITHOUT_UNITS = "without-units"
    HOME_REGION = "home-region"
    REASON_NEEDED = "reason-needed"
    TEAM_NEEDED = "team-needed"
    NO_TEAM_ALLOWED = "no-team-allowed"
    TWO_CUSTODIANS = "two-custodians"
    # What does not go together with what stands already.
    CODE_OF_ANOTHER = "code-of-another"
    NAME_TAKEN = "name-taken"
    BELOW_LEVEL = "below-level"
    OVERLAPS = "overlaps"
    MOVES_OPEN = "moves-open"
    ROUND_CLOSED = "round-closed"
    ROUND_OPEN = "round-open"
    ROUND_OPEN_NEW = "round-open-new"
    ROUND_OPEN_DROPPED = "round-open-dropped"
    ROUND_OPEN_TAKEN = "round-open-taken"
    RECUSAL_OPEN = "recusal-open"
    OFFICE_IN_TEAM = "office-in-team"
    CUSTODIANS_FULL = "custodians-full"
    CUSTODIAN_ALONE = "custodian-alone"
    DIRECTOR_ONLY = "director-only"
    OTHER_PERSON = "other-person"
    OTHER_ROLE = "other-role"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Problem:
    """Where and what. `row` counts from 1 and is 0 for a whole sheet or file; `column` is a letter and `heading` its
    heading, both empty for a whole row. `sheet` is empty for the whole file. `args` are what the fault's sentence
    names: for the page alone, never for a log."""

    sheet: str
    row: int
    column: str
    heading: str
    fault: Fault
    args: Mapping[str, str | int] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.column}{self.row}" if self.row else self.sheet
        return " ".join(part for part in (place, self.heading, self.fault) if part)


MAX_PROBLEMS = 100


@dataclass(slots=True)
class Findings:
    """Every problem met so far, up to `MAX_PROBLEMS`; `more` counts those beyond."""

    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def note(self, problem: Problem) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more += 1

    def stop(self) -> None:
        """Raises `PlanErrors` when anything was found: sheet by sheet as the form has them, from the top down."""
        if self.problems:
            sheets = ["", *(form.title for form in forms().sheets.values())]
            ordered = sorted(self.problems, key=lambda problem: (sheets.index(problem.sheet), problem.row))
            raise PlanErrors(tuple(ordered), self.more)


class PlanErrors(Refused):
    """The plan was refused as a whole. `problems` stand sheet by sheet from the top down, `MAX_PROBLEMS` at
    most; `more` counts those beyond."""

    def __init__(self, problems: tuple[Problem, ...], more: int = 0) -> None:
        super().__init__(Reason.BAD_INPUT, "; ".join(map(str, problems)))
        self.problems = problems
        self.more = more
