"""Which passwords are refused when one is chosen. This file keeps none and checks none at sign-in."""

import unicodedata

from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # the wheel carries no types

from domain.errors import Reason, Refused

SHORTEST = 15
_ENOUGH = 3  # zxcvbn score: at least 10**8 guesses
_ESTIMATED = 72  # characters zxcvbn looks at; all of them go into the key


def check_password(password: str, own_words: tuple[str, ...] = ()) -> None:
    """Raises `Refused(BAD_INPUT)`, detail `password-short` or `password-common`.

    At least 15 characters (OWASP ASVS 5.0, 6.2.1; NIST SP 800-63B-4) and not guessable from leaked passwords, names,
    words, dates, repeats, keyboard rows or `own_words` (login, office), as zxcvbn estimates (Wheeler, USENIX 2016).
    """
    counted = unicodedata.normalize("NFC", password)
    if len(counted) < SHORTEST:
        raise Refused(Reason.BAD_INPUT, "password-short")
    if zxcvbn(counted[:_ESTIMATED], user_inputs=own_words)["score"] < _ENOUGH:
        raise Refused(Reason.BAD_INPUT, "password-common")
