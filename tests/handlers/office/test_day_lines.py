"""What is pasted about working days: a day or a stretch on every line, or the line's number."""

from datetime import date, timedelta

import pytest

from handlers.office.days.day_lines import LONGEST_RANGE, SOURCE_LIMIT, read_lines, spread

TODAY = date(2026, 11, 11)


def on(day: int, month: int = 10, year: int = 2027) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("line", "first", "last", "is_working", "source"),
    [
        ("2027-10-01 放假", on(1), on(1), False, "通知"),
        ("2027-10-01 至 2027-10-07 放假 国庆节", on(1), on(7), False, "国庆节"),
        ("2027/10/1-2027/10/7 休", on(1), on(7), False, "通知"),
        ("2027.10.1\t2027.10.7\t休息\t国庆", on(1), on(7), False, "国庆"),
        ("2027年10月1日（周五）至7日（周四）放假调休", on(1), on(7), False, "调休"),
        ("2027 年 9 月 30 日到 10 月 2 日，休", date(2027, 9, 30), on(2), False, "通知"),
        ("2027-12-31~2028-01-02 FREE", date(2027, 12, 31), date(2028, 1, 2), False, "通知"),
        ("2027-10-09（周六）上班。", on(9), on(9), True, "。"),
        ("2027-10-09 补班", on(9), on(9), True, "通知"),
        ("2028-12-31 休", date(2028, 12, 31), date(2028, 12, 31), False, "通知"),
        ("2027-10-09: 班, 调休", on(9), on(9), True, "调休"),
    ],
)
def test_a_pasted_line_is_a_day_or_a_stretch(line: str, first: date, last: date, is_working: bool, source: str) -> None:
    found = read_lines(line, " 通知 ", TODAY)
    assert not found.wrong
    assert [one.day for one in found.days] == [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert {(one.is_working, one.source) for one in found.days} == {(is_working, source)}


@pytest.mark.parametrize(
    "line",
    ["放假", "2027-10-01", "2027-02-30 放假", "10 月 1 日放假", "2072-10-01 放假", "2027-10-07 至 2027-10-01 放假",
     "2027-01-01 至 2027-12-31 放假", "2027-10-01 也许 放假", "2027-10-01 放假" + "长" * 101, "国庆 2027-10-01 放假",
     "2027-10-01 放假 \u202e", "2027-99-99 至 99 放假", "2028-12-31 至 2029-01-01 放假",
     "2023-12-31 至 2024-01-01 放假"],
)  # fmt: skip
def test_a_line_that_is_no_day_is_named_by_its_number(line: str) -> None:
    source = "" if line.endswith("\u202e") else "通知"
    found = read_lines(f"\n2027-05-01 放假 五一\n{line}\n", source, TODAY)
    assert found.wrong == (3,)


def test_a_stretch_is_no_longer_than_its_bound_and_has_a_source() -> None:
    most = on(1) + timedelta(days=LONGEST_RANGE - 1)
    assert len(spread(on(1), most, is_working=False, source="长" * SOURCE_LIMIT, today=TODAY)) == LONGEST_RANGE
    assert not spread(on(1), most + timedelta(days=1), is_working=False, source="短", today=TODAY)
    for source in ("", "长" * (SOURCE_LIMIT + 1)):
        assert not spread(on(1), on(1), is_working=False, source=source, today=TODAY)
