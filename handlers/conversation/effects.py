"""What the conversation asks others to do. It decides; `converse` does."""

from dataclasses import dataclass

from handlers.conversation.talk import Part


@dataclass(frozen=True, slots=True)
class Admit:
    """Read a card code (empty: is a round open at all?). Answered by Admitted or NotAdmitted."""

    code: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Lock this part into the draft, replacing the part with the same seq. No answer."""

    part: Part


@dataclass(frozen=True, slots=True)
class Drop:
    """Destroy these parts of the draft, or all when empty. No answer."""

    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FindPlace:
    """Units whose name fits `text` (empty: the card's own). Answered by Places."""

    text: str


@dataclass(frozen=True, slots=True)
class Prepare:
    """Mint a code unless one is given, load the parts. Answered by Prepared."""

    code: str
    stretched: str


@dataclass(frozen=True, slots=True)
class Submit:
    """Seal the draft and store it as a tip; the only effect by which content leaves. Answered by Submitted."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Open what the team wrote for this code. Answered by LookedUp."""

    code: str
    stretched: str = ""


@dataclass(frozen=True, slots=True)
class Append:
    """Seal the draft's parts as an addition to the open code's tip. Answered by Added."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Ask the team to let the open code's tip go. Answered by Withdrawn."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Tell this chat, without content, when the team writes. Answered by Subscribed."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """Delete this chat's messages on both sides where the channel can. Answered by Wiped."""


@dataclass(frozen=True, slots=True)
class Count:
    """One more at this step of the funnel: start, describe, submit."""

    step: str


Effect = Admit | Keep | Drop | FindPlace | Prepare | Submit | LookUp | Append | Withdraw | Subscribe | Wipe | Count
