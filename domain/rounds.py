"""Rounds, teams, units and card batches as plain values, and when a round takes tips."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.clocks import Stage, StageDays
from domain.ids import BatchId, OfficeId, RoundId, TeamId, UnitId


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class TeamKind(StrEnum):
    TEAM = "team"
    RECUSAL = "recusal"  # 回避: named people of the discipline side
    UNROUTED = "unrouted"  # no card and no known place: held by the liaisons


class Level(StrEnum):
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class BatchState(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"


class Target(StrEnum):
    WEB = "web"
    TELEGRAM = "telegram"


class Role(StrEnum):
    DIRECTOR = "director"  # office
    CLERK = "clerk"  # office
    LEADER = "leader"  # team
    LIAISON = "liaison"  # team
    INSPECTOR = "inspector"  # team
    CUSTODIAN = "custodian"  # neither: keeps, with a second one, what opens a team's tips when all its members are gone


OFFICE_ROLES = frozenset({Role.DIRECTOR, Role.CLERK})
TEAM_ROLES = frozenset({Role.LEADER, Role.LIAISON, Role.INSPECTOR})


class CrossRegion(StrEnum):
    """What a plan does with a team that would inspect the place its people come from (异地交叉)."""

    REFUSE = "refuse"
    WARN = "warn"  # only with a reason


DAYS: StageDays = {
    Stage.ACCEPT: 15,
    Stage.FIRST_REPLY: 5,
    Stage.HAND_OVER: 10,
    Stage.RECTIFY: 10,
    Stage.CLOSE: 30,
    Stage.CLEAR: 15,
}
"""Working days of each stage where a round's settings name none."""

CLAIM_HOURS = 16
"""Working hours after which a claim ends that nobody acted on, where a round's settings name none."""

RETENTION_DAYS = 365
"""How long after its end a new round's tips are kept."""


class Intake(StrEnum):
    """What a round does with a villager who comes at a given moment."""

    EARLY = "early"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One inspection round of an office. All instants are aware datetimes in the office's zone."""

    id: RoundId
    office_id: OfficeId
    term: int
    ordinal: int
    phase: int
    opens_at: datetime
    closes_at: datetime
    state: RoundState
    accept_days: int  # working days until a tip must be accepted or declined
    retention_days: int
    version: int
    later_days: StageDays = field(default_factory=lambda: DAYS)  # of every stage but the first
    claim_hours: int = CLAIM_HOURS
    cross_region: CrossRegion = CrossRegion.REFUSE
    escrow_waived: str = ""  # why no custodians hold the teams' keys; empty: two of them do, or nobody decided yet
    closed_at: datetime | None = None  # when a director closed it; the planned end stays beside it

    @property
    def ends_at(self) -> datetime:
        """When it stops taking tips, or really stopped: a round may be closed before its planned end."""
        return min(self.closes_at, self.closed_at) if self.closed_at else self.closes_at

    @property
    def days(self) -> StageDays:
        """Working days allowed, by stage."""
        return {**self.later_days, Stage.ACCEPT: self.accept_days}

    def intake_at(self, now: datetime) -> Intake:
        """`OPEN` only while the office has opened the round and `now` lies in its window (end excluded)."""
        if self.state is RoundState.CLOSED or now >= self.closes_at:
            return Intake.CLOSED
        if self.state is RoundState.PLANNED or now < self.opens_at:
            return Intake.EARLY
        return Intake.OPEN


@dataclass(frozen=True, slots=True)
class Team:
    id: TeamId
    round_id: RoundId
    ordinal: int
    name: str
    kind: TeamKind
    phone: str
    notice_peer: str  # the linked Telegram group's id, or empty
    address: str = ""
    mailbox: str = ""
    home_unit_id: UnitId | None = None  # where its people come from


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the office's tree. `path` is the names from the county down, joined by '/'."""

    id: UnitId
    parent_id: UnitId | None
    level: Level
    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class CardBatch:
    """All cards printed for one team and the units it names, handed out in one way. One code per batch."""

    id: BatchId
    round_id: RoundId
    team_id: TeamId
    code: str  # full card code: six typed characters and a MAC
    way: str  # how it is handed out, in the office's words
    target: Target
    state: BatchState
    is_test: bool
    cards: int = 0  # how many are wanted; 0: not said
    replaced_by: BatchId | None = None

    @property
    def in_use(self) -> bool:
        """Whether its cards count: they were not called in, and are no test."""
        return self.state is BatchState.ACTIVE and not self.is_test
