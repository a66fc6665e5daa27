"""Whatever the office does is in its trail in words, never as a bare code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from handlers.office.plan import units
from handlers.office.watch import settings
from handlers.texts import LANGUAGES, say
from storage.office.safekeeping import Keeping
from storage.people import audit
from storage.watch.readings import SIGNED_IN
from tests.handlers.office.archive_side import archived
from tests.handlers.office.watch_side import session_of
from tests.world import World

ROOMS = ("office", "people")
COMPUTED = {"keep-{kind}": [f"keep-{kind}" for kind in Keeping]}
"""Acts that are put together from a closed set."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def deeds() -> Iterator[tuple[str, str]]:
    """Kind of thing and act of every `Deed` that is written to the trail in these rooms."""
    for room in ROOMS:
        for path in sorted((Path(handlers.__file__).parent / room).rglob("*.py")):
            yield from _deeds_in(ast.parse(path.read_text("utf-8")))


def _deeds_in(module: ast.Module) -> Iterator[tuple[str, str]]:
    for function in module.body:
        if isinstance(function, Function):
            for call in _calls(function, "Deed"):
                kind = call.args[3]
                if isinstance(kind, ast.Constant):
                    yield from ((str(kind.value), act) for act in _said(call.args[2], function, module))


def _said(value: ast.expr, function: Function, module: ast.Module) -> list[str]:
    """Every text that an expression can be: written out, chosen of two, assigned before, or handed in by a caller."""
    match value:
        case ast.Attribute(value=ast.Name(id="audit"), attr=name):
            return [getattr(audit, name)]
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return [*_said(value.body, function, module), *_said(value.orelse, function, module)]
        case ast.JoinedStr():
            return COMPUTED[ast.unparse(value)[2:-1]]
        case ast.Name(id=name) if name in [one.arg for one in function.args.args]:
            place = [one.arg for one in function.args.args].index(name)
            callers = [one for one in module.body if isinstance(one, Function)]
            found = [(call.args[place], one) for one in callers for call in _calls(one, function.name)]
            assert found, f"nobody calls {function.name}"
            return [text for handed, one in found for text in _said(handed, one, module)]
        case ast.Name(id=name):
            return [text for given in _assigned(name, [function, module]) for text in _said(given, function, module)]
    raise AssertionError(f"what may {ast.unparse(value)} be?")


def _assigned(name: str, places: list[ast.AST]) -> list[ast.expr]:
    """What a name is set to where it is nearest: in a statement, or by a loop over pairs that are written out."""
    for place in places:
        found: list[ast.expr] = []
        for one in ast.walk(place):
            if isinstance(one, ast.Assign) and [ast.unparse(target) for target in one.targets] == [name]:
                found.append(one.value)
            if isinstance(one, ast.For) and isinstance(one.target, ast.Tuple) and isinstance(one.iter, ast.Tuple):
                names = [ast.unparse(target) for target in one.target.elts]
                pairs = [pair.elts for pair in one.iter.elts if isinstance(pair, ast.Tuple) and name in names]
                found += [pair[names.index(name)] for pair in pairs]
        if found:
            return found
    raise AssertionError(f"what is {name}?")


def _calls(function: Function, name: str) -> list[ast.Call]:
    found = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    return [one for one in found if ast.unparse(one.func).split(".")[-1] == name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_deed_of_the_office_has_its_words(lang: str) -> None:
    known = sorted({(kind, act) for kind, act in deeds() if act != SIGNED_IN})
    assert len(known) > 50
    for kind, act in known:
        assert say(lang, f"trail-{kind.replace('_', '-')}-{act}", of="x")


async def test_the_archive_names_edits_of_the_tree_and_what_was_put_away(world: World) -> None:
    fang = await session_of(world, "fang")
    await units.add_unit(world.desk, fang, None, name="新县", code="N1")
    gone = await units.add_unit(world.desk, fang, None, name="错县", code="N2")
    await units.remove_unit(world.desk, fang, gone)
    await settings.put_away(world.desk, fang, "backup", world.clock().date().isoformat(), "三楼保密柜")
    lines = (await archived(world)).rows("留痕", "留痕")
    deeds = {(row["做了什么"], row["对什么"], row["哪一个"]) for row in lines}
    assert {
        ("加了新县", "单位", "新县"),
        ("去掉了一个单位", "单位", None),
        ("加了一个单位（后来删去了）", "单位", None),
    } <= deeds
    assert ("记下了一次备份", "备份和密钥", None) in deeds
