"""What the conversation remembers. Plain values; nothing here knows a channel, a clock or a database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import BatchId, RoundId, TeamId, UnitId
from domain.rounds import Intake
from domain.tips import Kind
from domain.tips import State as TipState


class Step(StrEnum):
    """Where a reporter stands. The order is the order of the journey."""

    START = "start"  # nothing begun: a card may be known, a draft is not
    TELL = "tell"
    WHERE = "where"
    IDENTITY = "identity"
    NAME = "name"
    PHONE = "phone"
    RECUSAL = "recusal"
    CHECK = "check"
    EDIT = "edit"  # one part is being said again
    KIND = "kind"
    CANCEL = "cancel"  # a draft exists; really throw it away?
    SWITCH = "switch"  # a second card came while a draft was open
    RECEIPT = "receipt"
    CODE = "code"  # waiting for a receipt code
    FOLLOW = "follow"  # a receipt code is open
    ADD = "add"  # writing an addition
    WITHDRAW = "withdraw"  # really withdraw?


DRAFTING = frozenset(
    {
        Step.TELL, Step.WHERE, Step.IDENTITY, Step.NAME, Step.PHONE, Step.RECUSAL, Step.CHECK, Step.EDIT, Step.KIND,
        Step.CANCEL, Step.SWITCH,
    }
)  # fmt: skip
"""Steps in which an unsent tip exists or may begin."""


class PartKind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


class Identity(StrEnum):
    ANONYMOUS = "anonymous"
    REAL_NAME = "real_name"


class Involves(StrEnum):
    """Does the tip concern somebody of the inspection itself?"""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Door(StrEnum):
    """Another office that is faster or right for a matter; always beside submitting, never instead."""

    DISCIPLINE = "12388"
    HOTLINE = "12345"
    PETITION = "petition"
    POLICE = "110"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit a tip may be about; `name` is what a villager reads, e.g. 苇庄镇石桥村."""

    id: UnitId
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the conversation keeps of an admitted card, or of the open round when there is no card."""

    round_id: RoundId
    team_id: TeamId | None  # None: no card; the place will decide
    batch_id: BatchId | None
    code: str  # full card code, or empty
    team: str  # 第三巡察组, or the office's name when there is no card
    place: str  # 苇庄镇和所属 12 个村, or empty
    unit_count: int
    only_unit: Place | None  # when the card covers one unit
    phone: str
    closes_at: str  # ISO 8601 with offset
    words: tuple[str, ...]  # three check words, or none
    intake: Intake
    begins_at: str = ""  # as `closes_at`; empty: that hour has come, or the card was read before this was kept
    year: int = 0  # in which the card was read: a date of it is said without its year


@dataclass(frozen=True, slots=True)
class PartRef:
    """One message of the draft. Its content lies locked in storage; `ref` is the channel's own message number."""

    seq: int
    kind: PartKind
    ref: str = ""
    told: int = 0  # characters of its text


@dataclass(frozen=True, slots=True)
class File:
    """A stored attachment of a draft: where it lies and the key that opens it. `size` in bytes."""

    id: str  # attachment id, hex
    key: str  # 32 bytes, hex
    name: str
    mime: str
    size: int
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the draft with its content."""

    seq: int
    kind: PartKind
    text: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One message of the team, its signature already checked. `state` is set for milestones."""

    on: date
    team: str
    text: str
    state: TipState | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All the conversation remembers of one chat. Kept locked; never logged."""

    step: Step = Step.START
    lang: str = "zh"
    large: bool = False
    card: Card | None = None
    other_card: Card | None = None  # the second card, while SWITCH asks
    parts: tuple[PartRef, ...] = ()
    next_seq: int = 1
    place: Place | None = None
    place_text: str = ""  # as typed, when no unit was chosen
    place_done: bool = False
    options: tuple[Place, ...] = ()  # candidates offered in WHERE
    kind: Kind | None = None
    identity: Identity | None = None
    name: str = ""
    phone: str = ""
    involves: Involves | None = None
    doors: tuple[Door, ...] = ()
    code: str = ""  # receipt code: shown from CHECK on, forgotten at `noted`
    stretched: str = ""  # its slow hash, hex, so that no later step pays for it again
    editing: int = 0  # seq of the part being said again; 0 none
    back: Step = Step.START  # where CANCEL, SWITCH and WITHDRAW return to
    album: str = ""  # the album whose pictures are arriving: one tick is enough
    team: str = ""  # on RECEIPT: who received it
    team_phone: str = ""  # on RECEIPT: that team's telephone
    received_on: date | None = None
    accept_by: date | None = None
    accept_certain: bool = True
    can_withdraw: bool = True
    notify: bool = False  # the reporter asked to be told of replies on this chat
    chat: bool = False  # a chat of another company's app: it can notify and be wiped, and that company reads along
    page: str = ""  # the address of the more private web page, when `chat`
