"""Which passwords may be chosen, and that a six-digit code counts once and soon."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from vault import totp
from vault.passwords import check_password

SECRET = totp.new_secret()
NOW = datetime(2031, 5, 6, 9, 30, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize(
    "password",
    [
        "plum-otter-candle-river-19",
        "村口老槐树下三只白鹅排队",
        "correct horse battery staple",
        "x9!" * 3 + "柳岸 晓风" * 20,
    ],
)
def test_a_long_sentence_of_ones_own_is_accepted(password: str) -> None:
    check_password(password.ljust(15, "。"))


@pytest.mark.parametrize("password", ["", "Tr0ub4dor&3", "a9$kQz!7pLmW2x", "e\u0301" * 14])
def test_fewer_than_fifteen_characters_are_refused(password: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_password(password)
    assert (refusal.value.reason, refusal.value.detail) == (Reason.BAD_INPUT, "password-short")


@pytest.mark.parametrize(
    "password",
    [
        "123456789987654321",
        "1qaz2wsx3edc4rfv",
        "passwordpassword",
        "P@ssw0rdP@ssw0rd",
        "qwertyuiopasdfghjkl",
        "admin123admin123",
        "我我我我我我我我我我我我我我我我",
        "a" * 5000,
    ],
)
def test_long_but_common_or_patterned_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_password(password)
    assert refusal.value.detail == "password-common"


def test_ones_own_login_repeated_is_no_password() -> None:
    check_password("xunchazhangsan2")
    with pytest.raises(Refused):
        check_password("xunchazhangsan2", own_words=("xunchazhangsan",))


@given(st.text(max_size=100))
@settings(max_examples=50, deadline=None)
def test_any_text_is_either_accepted_or_refused(password: str) -> None:
    with suppress(Refused):
        check_password(password)


def test_codes_are_those_of_rfc_6238() -> None:
    secret, moment = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", datetime.fromtimestamp(59, UTC)  # appendix B, last six digits
    assert totp.code_at(secret, moment) == "287082"
    assert totp.accept(secret, "287082", moment, totp.NEVER) == 1


@pytest.mark.parametrize("off", [-STEP, timedelta(0), STEP])
def test_a_code_is_accepted_in_its_step_and_the_ones_beside_it(off: timedelta) -> None:
    assert totp.accept(SECRET, code_at(NOW + off), NOW, totp.NEVER) == int((NOW + off).timestamp()) // 30


@pytest.mark.parametrize("off", [-2 * STEP, 2 * STEP, timedelta(days=1)])
def test_an_old_or_early_code_is_refused(off: timedelta) -> None:
    with pytest.raises(Refused) as refusal:
        totp.accept(SECRET, code_at(NOW + off), NOW, totp.NEVER)
    assert refusal.value.reason is Reason.BAD_SIGN_IN


def test_a_code_counts_once_and_an_older_one_never_again() -> None:
    used = totp.accept(SECRET, code_at(NOW), NOW, totp.NEVER)
    for again in (code_at(NOW), code_at(NOW - STEP)):
        with pytest.raises(Refused):
            totp.accept(SECRET, again, NOW, used)
    assert totp.accept(SECRET, code_at(NOW + STEP), NOW + STEP, used) == used + 1


def test_spaces_and_full_width_digits_are_understood() -> None:
    code = code_at(NOW)
    wide = "".join(chr(0xFF10 + int(digit)) for digit in code)
    for typed in (f" {code[:3]} {code[3:]} ", wide):
        assert totp.accept(SECRET, typed, NOW, totp.NEVER)


@given(st.text(max_size=40).filter(lambda text: not any(mark.isdigit() for mark in text)))
@settings(max_examples=50, deadline=None)
def test_anything_that_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        totp.accept(SECRET, text, NOW, totp.NEVER)


def test_the_enrolment_address_carries_the_secret_the_login_and_the_issuer() -> None:
    parsed = pyotp.parse_uri(totp.uri(SECRET, "li.si", "码上巡"))
    assert (parsed.secret, parsed.name, parsed.issuer) == (SECRET, "li.si", "码上巡")
    assert len(SECRET) == 32  # 160 bits in base32
