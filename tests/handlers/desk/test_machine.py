"""Two teams try what they like, through holidays: only what is legal succeeds, and nobody touches the other's tips."""

import secrets
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.county import Demo
from domain.rules import RULES
from domain.tips import MOVES
from handlers.people.sessions import Session
from tests.handlers.desk.desk_world import DeskWorld
from tests.handlers.desk.model import NEXT
from tests.handlers.desk.steps import STEPS, Step
from tests.handlers.desk.two_teams import PEOPLE, STARTS, TwoTeams


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    """What members hold, the same in every copy of the county: signing in takes long."""
    return {}


@settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.sampled_from(STARTS), steps=st.lists(STEPS, min_size=45, max_size=45))
def test_only_legal_moves_succeed_and_no_team_touches_the_others_tips(
    county: tuple[Path, Demo], tmp_path: Path, sessions: dict[str, Session], start: date, steps: list[Step]
) -> None:
    with closing(DeskWorld(county, tmp_path / secrets.token_hex(4), PEOPLE, sessions)) as here:
        teams = TwoTeams(here, start)
        for step in steps:
            teams.goes_on(step)


def test_the_tables_of_the_model_and_of_the_desk_allow_the_same() -> None:
    told = {(state.value, action.value): to.value for (state, action), to in MOVES.items() if action in RULES}
    assert told == NEXT
