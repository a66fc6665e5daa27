"""What may go wrong by rule, and who may be told what. Anything else that is raised is a fault."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a request was refused; the value is the key of the sentence shown to its sender."""

    UNKNOWN = "unknown"  # not there, or not yours: nobody may learn which
    NOT_ALLOWED = "not-allowed"  # your role does not do this
    WRONG_STATE = "wrong-state"  # no such move from here
    STALE = "stale"  # somebody was faster; look again
    TOO_LARGE = "too-large"
    BAD_FILE = "bad-file"
    BAD_INPUT = "bad-input"
    BAD_CODE = "bad-code"  # a receipt code that fails its check digit
    BAD_SIGN_IN = "bad-sign-in"
    THROTTLED = "throttled"
    ROUND_CLOSED = "round-closed"


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule said no. `reason` picks the words; `detail` names the part meant, never content of a tip."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class CannotStore(Exception):  # noqa: N818
    """The tip or message could not be made durable now: full or read-only disk, lost database, untrusted key."""


class BadSeal(Exception):  # noqa: N818
    """A sealed, locked or signed blob does not belong where it was found, or was changed."""
