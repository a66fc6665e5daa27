"""However an office turns its tree around, a unit stays itself, no two lie in one place, and once is enough."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import UnitId
from domain.rounds import Level, Unit
from handlers.office.importing.places import Places, place_units
from handlers.office.importing.standing import Coming, Standing
from reports.faults import Fault, Findings
from reports.plan import Plan, PlanUnit
from tests.reports.plan_edits import TEMPLATE, read

ROUND = read(TEMPLATE).round
COUNTIES, TOWNSHIPS = ("C1", "C2"), ("T1", "T2", "T3")
NAMES = st.sampled_from(("石桥", "柳沟", "上苇", "青坪"))
CODES = st.sampled_from((*TOWNSHIPS, "V1", "V2", "V3", "V4", "V5"))


@st.composite
def plans(draw: st.DrawFn) -> tuple[PlanUnit, ...]:
    """Units as the workbook's checks let them through: codes once, names once among siblings, parents first."""
    rows = [PlanUnit(code, draw(NAMES), Level.COUNTY, "", ()) for code in COUNTIES]
    for code in draw(st.lists(CODES, unique=True)):
        above = [row.code for row in rows if row.level is Level.COUNTY]
        level = Level.TOWNSHIP if code in TOWNSHIPS and draw(st.integers(0, 4)) else Level.VILLAGE
        if level is Level.VILLAGE:
            above += [row.code for row in rows if row.level is Level.TOWNSHIP]
        rows.append(PlanUnit(code, draw(st.just(code) | NAMES), level, draw(st.sampled_from(above)), ()))
    rows.sort(key=lambda row: list(Level).index(row.level))
    return tuple({(row.parent_code, row.name): row for row in reversed(rows)}.values())[::-1]


def whole(rows: Sequence[PlanUnit]) -> tuple[PlanUnit, ...]:
    """Without those whose parent fell out as a double."""
    kept: dict[str, PlanUnit] = {}
    for row in rows:
        if not row.parent_code or row.parent_code in kept:
            kept[row.code] = row
    return tuple(kept.values())


def placed(rows: tuple[PlanUnit, ...], units: dict[UnitId, Unit]) -> tuple[Places, Findings]:
    findings = Findings()
    standing = Standing(None, {}, (), {}, units, {}, {}, {}, ())
    return place_units(Coming(Plan(ROUND, (), rows, (), ()), standing, findings)), findings


def check(units: dict[UnitId, Unit]) -> None:
    paths = [unit.path for unit in units.values()]
    assert len(set(paths)) == len(paths)
    for unit in units.values():
        above = f"{units[unit.parent_id].path}/" if unit.parent_id else ""
        assert unit.path == above + unit.name


@given(st.lists(plans(), min_size=1, max_size=4))
def test_every_tree_that_is_let_in_is_a_tree_and_comes_in_once(coming: list[tuple[PlanUnit, ...]]) -> None:
    units: dict[UnitId, Unit] = {}
    for rows in map(whole, coming):
        found, findings = placed(rows, units)
        if findings.problems:
            known = {Fault.CODE_OF_ANOTHER, Fault.NAME_TAKEN, Fault.BELOW_LEVEL}
            assert {problem.fault for problem in findings.problems} <= known
            continue
        assert {unit.id for unit in found.new}.isdisjoint(units)
        assert {unit.id for unit in found.changed} <= units.keys()
        before, units = units, dict(found.tree)
        check(units)
        assert before.keys() <= units.keys()
        assert {row.code for row in rows} == {units[found.ids[row.code]].code for row in rows}
        again, none = placed(rows, units)
        assert not none.problems
        assert (again.new, again.changed, again.tally.same) == ((), (), len(rows))
