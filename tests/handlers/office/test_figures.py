"""The board's figures: each stands with what it is of, and the numbers behind a bar add up to the bar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import Refused
from domain.figures import Case
from domain.ids import BatchId, TeamId
from domain.tips import Channel, Kind, State
from handlers.office.figures.board import board
from handlers.office.figures.names import percent
from handlers.office.figures.numbers import numbers
from handlers.office.figures.scope import Scope, checked
from handlers.office.figures.tables import NOWHERE, tables, tiles
from reports.tables import Row, Table
from tests.handlers.office.figures_side import (
    BATCHES,
    BRIDGE,
    CASE,
    COUNTY,
    HOLLOW,
    REED,
    TEAMS,
    TODAY,
    sheets_of,
    tips,
)

TOLD = st.lists(tips(), max_size=25)
SCOPES = st.builds(
    Scope,
    st.none() | st.sampled_from(TEAMS).map(lambda team: team.id),
    st.none() | st.dates(date(2026, 10, 1), date(2026, 12, 1)),
    st.none() | st.dates(date(2026, 10, 1), date(2026, 12, 1)),
)


def shown(told: Sequence[Case], scope: Scope | None = None) -> dict[str, Table]:
    sheets = sheets_of(told)
    return tables(board(sheets, checked(sheets, scope or Scope())), "zh")


def cells_of(rows: Sequence[Row]) -> dict[str, tuple[object, ...]]:
    return {str(row.cells[0]): row.cells[1:] for row in rows}


def test_every_rate_names_what_it_is_of() -> None:
    told = [replace(CASE, state=state, accepted_on=TODAY) for state in (State.VERIFYING, State.RESOLVED, State.CLEARED)]
    told += [CASE, replace(CASE, state=State.DECLINED)]
    says = {tile.key: (tile.value, tile.basis) for tile in tiles(board(sheets_of(told), Scope()), "zh")}
    assert says["received"] == ("5", "各渠道收到的，含登记的来信来电来访，按收到的日期")
    assert says["undecided"] == ("1", "还没定受不受理，占新收 5 件的 20.0%；按收到的日期")
    assert says["accept-rate"] == ("75.0%", "受理 3 ÷ 已定 4；按收到的日期")
    assert says["resolve-rate"] == ("66.7%", "办结 2 ÷ 受理 3；按收到的日期")
    assert says["clear-rate"] == ("50.0%", "销号 1 ÷ 办结 2；按收到的日期")


def test_replies_and_deadlines_say_how_many_they_are_of() -> None:
    told = [
        replace(CASE, first_reply_on=date(2026, 11, 4 + n)) for n in (0, 1, 6)
    ]  # a Wednesday; the last is a Tuesday
    told.append(replace(CASE, due_on=date(2026, 11, 17)))
    says = {tile.key: (tile.value, tile.basis) for tile in tiles(board(sheets_of(told), Scope()), "zh")}
    assert says["reply"] == ("1", "从收到到第一次回话，中位数；九成在 4 以内，共 3 件；按收到的日期")
    late = "在计时的 4 件里占 25.0%，其中超 3 倍 0 件；今天到期 0 件，快到期 0 件。按现在的期限"
    assert says["late"] == ("1", late)


def test_late_tips_are_named_only_where_there_are_any() -> None:
    assert "截止以后" not in tiles(board(sheets_of([CASE]), Scope()), "zh")[0].basis
    assert "其中 1 件是截止以后交来的" in tiles(board(sheets_of([replace(CASE, late=True)]), Scope()), "zh")[0].basis


def test_a_round_without_tips_has_dashes_and_no_faults() -> None:
    values = [tile.value for tile in tiles(board(sheets_of([]), Scope()), "zh")]
    assert values == ["0", "0", "–", "–", "0", "–", "–"]
    assert percent(0, 0) == "–"
    assert [row.cells[1] for row in shown([])["days"].rows] == [0] * 24  # from the opening until today


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD, SCOPES)
def test_the_numbers_behind_a_bar_add_up_to_the_bar(told: list[Case], scope: Scope) -> None:
    sheets = sheets_of(told)
    seen = board(sheets, checked(sheets, scope))
    for name, column in (("days", 0), ("teams", 0), ("ages", 0), ("done", slice(0, 3)), ("places", slice(0, 4))):
        table = tables(seen, "zh")[name]
        for row in table.rows:
            if row.at:
                behind = numbers(seen, table.about, row.at, "zh")[0]
                bar = row.cells[1:][column]
                whole = behind.total[1:][column if name != "teams" else 0] if behind.total else 0
                assert whole == bar or (not behind.rows and not bar), (name, row)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD, SCOPES)
def test_what_is_shown_of_a_scope_is_what_lies_in_it(told: list[Case], scope: Scope) -> None:
    sheets = sheets_of(told)
    seen = checked(sheets, scope)
    mine = [one for one in told if seen.team_id in (None, one.team_id)]
    asked = [one for one in mine if (seen.first or date.min) <= one.received_on <= (seen.last or date.max)]
    found = tables(board(sheets, seen), "zh")
    assert found["days"].total[1] == found["teams"].total[1] == len(asked)
    by = cells_of(found["days"].rows)
    assert sum(sum(counts[1:]) for counts in by.values()) == len(asked)
    assert sum(row.cells[1] for row in found["places"].rows) == len(mine)
    assert found["kinds"].total[1] == len(told)


def test_a_village_is_counted_with_its_township_and_what_lies_nowhere_has_a_line() -> None:
    told = [replace(CASE, unit_id=one) for one in (REED.id, BRIDGE.id, HOLLOW.id, COUNTY.id, None)]
    found = {row.cells[0]: (row.cells[1], row.small) for row in shown(told)["places"].rows}
    assert found == {"苇庄镇": (3, "第一巡察组"), "苇原县": (1, "第一巡察组"), "地方不清楚": (1, "第一巡察组")}
    seen = board(sheets_of(told), Scope())
    below = numbers(seen, "place", REED.id.hex(), "zh")[0]
    assert cells_of(below.rows) == {"苇庄镇": (1, 0, 0, 0), "石桥村": (1, 0, 0, 0), "槐沟村": (1, 0, 0, 0)}
    assert numbers(seen, "place", NOWHERE, "zh")[0].total[1] == 1


def test_kinds_stand_by_place_and_their_rows_add_up() -> None:
    told = [replace(CASE, kind=Kind.PROJECTS), replace(CASE, kind=Kind.PROJECTS, unit_id=COUNTY.id), CASE]
    table = shown(told)["kinds"]
    assert table.head == ("反映什么", "合计", "苇庄镇", "苇原县")
    assert cells_of(table.rows)["工程项目"] == (2, 1, 1)
    assert table.total == ("合计", 3, 2, 1)


def test_the_funnel_compares_each_step_with_the_one_before() -> None:
    told = [replace(CASE, batch_id=BATCHES[0].id, state=State.VERIFYING, accepted_on=TODAY) for _ in range(6)]
    table = shown(told)["funnel"]
    assert [row.cells for row in table.rows] == [
        ("扫码", 40, "–"), ("开始", 20, "50.0%"), ("说了事情", 10, "50.0%"), ("提交", 9, "90.0%"), ("受理", 6, "66.7%"),
    ]  # fmt: skip
    assert table.basis.startswith("苇庄镇入户（ABCDE0），印了 600 张")
    other = shown(told, Scope(batch_id=BATCHES[1].id))["funnel"]
    assert [row.cells[1] for row in other.rows] == [0] * 5
    assert other.basis.startswith("青坪乡等 2 个单位入户（ABCDE1），印了 0 张")


def test_the_funnel_shown_first_is_that_with_the_most_starts_also_when_nobody_scanned() -> None:
    steps = {(BATCHES[0].id, "scan"): 9, (BATCHES[0].id, "start"): 2, (BATCHES[1].id, "start"): 30}
    first = board(replace(sheets_of([]), funnel=steps), Scope()).funnel
    assert first is not None
    assert (first.batch, first.steps[:2]) == (BATCHES[1], (0, 30))


def test_sums_grow_by_the_day_on_which_it_was_done() -> None:
    told = [replace(CASE, state=State.RESOLVED, accepted_on=date(2026, 11, 5), resolved_on=date(2026, 11, 9))] * 2
    found = {row.at: row.cells[1:] for row in shown(told)["done"].rows}
    assert found["2026-11-05"] == (2, 0, 0, 2, 0, 0)
    assert found["2026-11-08"] == (0, 0, 0, 2, 0, 0)
    assert found["2026-11-09"] == (0, 2, 0, 2, 2, 0)
    assert list(found)[-1] == f"{TODAY}"


def test_days_typed_the_wrong_way_round_are_turned_and_no_span_is_endless() -> None:
    sheets = sheets_of([])
    assert checked(sheets, Scope(first=date(2026, 11, 9), last=date(2026, 11, 2))).first == date(2026, 11, 2)
    endless = board(sheets, Scope(first=date(1900, 1, 1), last=date(2100, 1, 1)))
    assert len(endless.days) == 24  # from the opening until today
    before = board(sheets, Scope(last=date(2026, 10, 1)))
    assert [day.on for day in before.days] == [date(2026, 10, 1)]


@pytest.mark.parametrize("scope", [Scope(TeamId(b"x" * 16)), Scope(batch_id=BatchId(b"x" * 16))])
def test_a_team_or_batch_of_another_round_is_unknown(scope: Scope) -> None:
    with pytest.raises(Refused):
        checked(sheets_of([]), scope)


@pytest.mark.parametrize(
    ("of", "at"),
    [("", ""), ("tip", "1"), ("day", "yesterday"), ("team", "zz"), ("team", "ab" * 16), ("age", "9"), ("age", "-1"),
     ("place", "ab" * 16), ("done", "")],
)  # fmt: skip
def test_numbers_of_nothing_are_unknown(of: str, at: str) -> None:
    with pytest.raises(Refused):
        numbers(board(sheets_of([CASE]), Scope()), of, at, "zh")


def test_channels_stand_in_their_order_with_their_sums() -> None:
    told = [replace(CASE, channel=one, received_on=TODAY - timedelta(days=n)) for n, one in enumerate(Channel)]
    table = shown(told)["days"]
    assert table.head == ("日期", "新收", "网页", "Telegram", "来信", "来电", "来访")
    assert table.total == ("合计", 5, 1, 1, 1, 1, 1)
    assert table.rows[-1].cells == ("11 月 18 日 周三", 1, 1, 0, 0, 0, 0)
