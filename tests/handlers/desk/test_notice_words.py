"""How a message to a team's group is put together: whole lines, and no more bytes than a robot takes."""

import pytest

from domain.ids import RoundId, TeamId, new_id
from domain.rounds import Team, TeamKind
from handlers.desk.team.notice_words import LONGEST, Section, compose
from tests.handlers.desk.group_side import PAGE


def a_team(name: str) -> Team:
    return Team(TeamId(new_id()), RoundId(new_id()), 1, name, TeamKind.TEAM, "", "")


@pytest.mark.parametrize("letters", [5, 150, 600, 3000])
def test_a_message_holds_whole_lines_and_no_more_bytes_than_a_robot_takes(letters: int) -> None:
    team = a_team("第一巡察组" * 40)
    lines = tuple(f"{n}" + "村" * letters for n in range(10))
    text = compose("zh", team, [Section("新来信：", lines, 25), Section("已超期：", lines, 10)], PAGE)
    assert len(text.encode()) <= LONGEST
    kept = [line for line in text.splitlines() if line in lines]
    rest = sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("另有"))
    assert len(kept) + rest == 35
    assert text.splitlines()[-1].endswith(PAGE)


def test_a_section_without_lines_is_left_out() -> None:
    assert "空" not in compose("zh", a_team("组"), [Section("空", (), 0), Section("满", ("一",), 1)], PAGE)
