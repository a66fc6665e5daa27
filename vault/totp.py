"""The second factor: six digits that change every 30 s (RFC 6238), each accepted once. This file keeps nothing."""

import re
import unicodedata
from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError

from domain.errors import Reason, Refused

NEVER = -1
"""`last_step` of a member who has not used a code yet."""

_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def uri(secret: str, login: str, issuer: str) -> str:
    """`otpauth://` address for an authenticator app, to be shown as a QR code and never stored."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def code_at(secret: str, now: datetime) -> str:
    """The six digits that an authenticator shows at `now` (aware)."""
    return pyotp.TOTP(secret).at(now)


def accept(secret: str, code: str, now: datetime, last_step: int) -> int:
    """The 30 s step that `code` belongs to; store it as the new `last_step`.

    `now` is aware; one step early or late is accepted. Raises `Refused(BAD_SIGN_IN, "one-time-code")` for a wrong or a
    used code.
    """
    digits = "".join(unicodedata.normalize("NFKC", code[:32]).split())
    if not _CODE.fullmatch(digits):
        raise Refused(Reason.BAD_SIGN_IN, "one-time-code")
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=1)
    except OTPVerificationError:
        raise Refused(Reason.BAD_SIGN_IN, "one-time-code") from None
    if step <= last_step:
        raise Refused(Reason.BAD_SIGN_IN, "one-time-code")
    return step
