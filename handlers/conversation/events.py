"""What may happen to a conversation: what a reporter does, and the answers to what it asked others to do."""

from dataclasses import dataclass
from datetime import date

from handlers.conversation.talk import Card, Door, File, News, Part, PartKind, Place


@dataclass(frozen=True, slots=True)
class Start:
    """A chat begins or a card is scanned. `code` as read, possibly empty or wrong.

    `chat`: the channel is an app of another company (Telegram); `page`: the web address to offer instead.
    """

    code: str = ""
    lang: str = ""
    chat: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Text. `ref` is the channel's message number, so that an edit can find it."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is already stored. `album` groups pictures sent together; `caption` may be empty."""

    kind: PartKind
    file: File
    caption: str = ""
    ref: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The reporter changed an earlier message in the channel itself."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Chose:
    """A choice id of contract.md, e.g. `unit:<hex>`. Unknown or not offered: answered with what is."""

    id: str


@dataclass(frozen=True, slots=True)
class Pointed:
    """A location or a contact was sent; it identifies, so nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class TooBig:
    """A file over the limit, or one that is no readable material, was offered; `reason` is its Reason value."""

    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Nothing happened; say again where we stand."""


# results of effects


@dataclass(frozen=True, slots=True)
class Admitted:
    card: Card


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """`key` says why: unknown card, no open round."""

    key: str


@dataclass(frozen=True, slots=True)
class Places:
    """Candidates for the place; `asked` is what the reporter typed, empty for a card's own list."""

    options: tuple[Place, ...]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """For the check page: the code minted for this draft, the parts with content, doors that fit."""

    code: str
    stretched: str
    parts: tuple[Part, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    team: str
    phone: str
    received_on: date
    accept_by: date
    late: bool
    certain: bool = True  # False: no plan of working days is published yet for a day on the way to `accept_by`


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the code opens. An unknown code and one without news give the same: nothing."""

    code: str
    stretched: str
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """The addition is durable (a new tip when the code is unknown; the reporter sees no difference)."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The wish to withdraw is durable."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Replies will be announced on this chat, without content."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """The channel was asked to delete what it still can."""


Event = (
    Start | Said | Sent | Edited | Chose | Pointed | TooBig | Resume
    | Admitted | NotAdmitted | Places | Prepared | Submitted | LookedUp | Added | Withdrawn | Subscribed | Wiped
)  # fmt: skip
