"""A step of a tip from team to team counts with the giving team's signature over that very step, and with no other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import BadSeal
from vault.handing import Handing, check_handing, sign_handing
from vault.keys import KeyStatement, new_seed, public_half, sign, sign_statement

DAY = date(2031, 5, 6)
GIVER, TAKER = new_seed(), new_seed()
VERIFY = public_half(GIVER).verify
STEP = Handing(b"r" * 16, b"t" * 16, 1, b"a" * 16, b"b" * 16, DAY)


def test_a_step_counts_with_one_of_the_giving_teams_keys() -> None:
    check_handing([public_half(TAKER).verify, VERIFY], STEP, sign_handing(GIVER, STEP))


@pytest.mark.parametrize(
    "other",
    [
        replace(STEP, round_id=b"q" * 16),
        replace(STEP, tip_id=b"u" * 16),
        replace(STEP, n=2),
        replace(STEP, from_team_id=b"c" * 16),
        replace(STEP, to_team_id=b"c" * 16),
        replace(STEP, on=DAY + timedelta(days=1)),
        replace(STEP, from_team_id=STEP.to_team_id, to_team_id=STEP.from_team_id),
    ],
)
def test_a_signature_belongs_to_one_step(other: Handing) -> None:
    with pytest.raises(BadSeal):
        check_handing([VERIFY], other, sign_handing(GIVER, STEP))


def test_nobody_elses_word_counts() -> None:
    statement = KeyStatement(b"o" * 16, STEP.round_id, STEP.to_team_id, 1, DAY, public_half(TAKER))
    for verify, signature in (
        ([VERIFY], sign_handing(TAKER, STEP)),
        ([], sign_handing(GIVER, STEP)),
        ([VERIFY], b""),
        ([VERIFY], sign_statement(GIVER, statement)),
        ([VERIFY], sign(GIVER, b"transfer")),
    ):
        with pytest.raises(BadSeal):
            check_handing(verify, STEP, signature)
