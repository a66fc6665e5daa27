"""The office's real case as a workbook: five counties, each with the teams of another, townships, villages, members."""

import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook, load_workbook

from reports.template import template

COUNTIES = (("苇川县", "WC"), ("槐岭县", "HL"), ("云坪县", "YP"), ("沙湾县", "SW"), ("松岗县", "SG"))
TEAMS, TOWNSHIPS, VILLAGES = 15, 65, 566
PER_COUNTY, TOWNSHIPS_EACH = TEAMS // len(COUNTIES), TOWNSHIPS // len(COUNTIES)
ROLES = ("组长", "联络员", "组员")
_DIGITS = "一二三四五六七八九十"
_PLACES = "石柳杏上苇青三白南北东西大小前后新老高平长清双龙云金银红黄松竹梅桥坪沟岔湾岭坡"
_FAMILIES = "方乔周何唐沈陆顾白江田宁秦林许梁宋韩冯曹"
_GIVEN = "田木宁雨立禾青平露河野远川安乐文正和明华"


def big_plan(
    *, units: int = 0, opens: str = "2027-03-01 08:00", closes: str = "2027-05-31 18:00", custodians: bool = True
) -> bytes:
    """An xlsx of 5 counties, 15 teams with three members each, 65 townships and 566 villages; more villages up to
    `units` units. Every county is inspected by the teams of the one before it in the ring. Without `custodians` for an
    office that has its two."""
    book = load_workbook(io.BytesIO(template()))
    villages = max(VILLAGES, units - len(COUNTIES) - TOWNSHIPS)
    _fill(book, "轮次", [(14, 7, 1, opens, closes, 15, "欢迎反映情况。", "村级党组织和干部的问题。", "不准")])
    _fill(book, "单位", _units(villages))
    _fill(book, "巡察组", [_team(n) for n in range(TEAMS)])
    _fill(book, "分工", [(_township(n), _inspector(n) + 1, None) for n in range(TOWNSHIPS)])
    _fill(book, "成员", [row for row in _members() if custodians or row[2] != "保管人"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(book: Workbook, title: str, rows: Iterable[tuple[object, ...]]) -> None:
    sheet = book[title]
    sheet.delete_rows(2, sheet.max_row)
    for at, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)


def _units(villages: int) -> Iterator[tuple[object, ...]]:
    for name, code in COUNTIES:
        yield code, name, "县", None, None
    for n in range(TOWNSHIPS):
        yield _township(n), f"{_place(n)}{'镇' if n % 2 else '乡'}", "乡镇", COUNTIES[n // TOWNSHIPS_EACH][1], None
    for n in range(villages):
        within, at = n % TOWNSHIPS, n // TOWNSHIPS
        yield f"{_township(within)}{at + 1:03}", f"{_place(n)}村", "村", _township(within), None


def _township(n: int) -> str:
    return f"{COUNTIES[n // TOWNSHIPS_EACH][1]}{n % TOWNSHIPS_EACH + 1:02}"


def _inspector(n: int) -> int:
    """The team of township `n`: one of those whose home is the county before its own."""
    county, at = divmod(n, TOWNSHIPS_EACH)
    return (county - 1) % len(COUNTIES) * PER_COUNTY + at % PER_COUNTY


def _team(n: int) -> tuple[object, ...]:
    home = COUNTIES[n // PER_COUNTY][1]
    tens, ones = divmod(n + 1, 10)
    number = f"{'十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"
    return n + 1, f"第{number}巡察组", f"0000-{n + 1:07}", home, f"{_place(n)}路 {n + 1} 号", "大院门口"


def _members() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("fang", "方田", "主任", None), ("qiao", "乔木", "干事", None)]
    rows += [(f"t{n // 3 + 1:02}{'abc'[n % 3]}", _person(n), ROLES[n % 3], n // 3 + 1) for n in range(3 * TEAMS)]
    rows += [(f"keep{n}", _person(50 + n), "保管人", None) for n in (1, 2)]
    return rows + [(f"away{n}", _person(60 + n), "回避", None) for n in (1, 2)]


def _place(n: int) -> str:
    """Two different characters, another pair for every `n` below a thousand or so."""
    first, second = n % len(_PLACES), n // len(_PLACES)
    return _PLACES[first] + _PLACES[(first + 1 + second % (len(_PLACES) - 1)) % len(_PLACES)]


def _person(n: int) -> str:
    return _FAMILIES[n % len(_FAMILIES)] + _GIVEN[n * 7 % len(_GIVEN)] + ("" if n % 3 else _GIVEN[n % 11])
