"""The entry form's fields: each that is missing or wrong is named, all at once, and no word is lost."""

from dataclasses import replace
from datetime import date

import pytest

from domain.ids import UnitId
from domain.rounds import Level, Unit
from domain.tips import Kind
from handlers.conversation.talk import Identity
from handlers.desk.arriving.entry_form import LONGEST, MOST_PARTS, Typed, Unfilled, read_entry

TODAY = date(2026, 11, 11)
PLACE = Unit(UnitId(b"u" * 16), None, Level.VILLAGE, "1", "上苇村", "澄河县/苇庄镇/上苇村")
GOOD = Typed(
    channel="visit", day="2026-11-11", unit="unknown", kind="other", identity="anonymous", words="鱼塘租金三年没有公开"
)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("channel", ["", "web", "telegram", "fax"]),
        ("day", ["", "2026-11-12", "2026-09-11", "1026-11-11", "heute", "2026-02-30"]),
        ("unit", ["", "ab" * 16, "上苇村"]),
        ("kind", ["", "x"]),
        ("identity", ["", "x"]),
        ("name", ["周大山"]),
        ("phone", ["0000-0000000"]),
        ("words", ["", " \n ", "字" * (LONGEST + 1)]),
    ],
)
def test_each_field_that_is_missing_or_wrong_is_named(field: str, wrong: list[str]) -> None:
    for value in wrong:
        typed = replace(GOOD, **{field: value})
        with pytest.raises(Unfilled) as unfilled:
            read_entry(typed, [PLACE], TODAY, files=0)
        assert unfilled.value.fields == ("name" if field == "phone" else field,)


def test_all_wrong_fields_are_named_at_once() -> None:
    with pytest.raises(Unfilled) as unfilled:
        read_entry(Typed(), [PLACE], TODAY, files=0)
    assert unfilled.value.fields == ("channel", "day", "unit", "kind", "identity", "words")


def test_the_days_of_two_months_are_taken_and_files_stand_for_words() -> None:
    for day in ("2026-09-12", "2026-11-11"):
        assert read_entry(replace(GOOD, day=day), [], TODAY, files=0).received_on.isoformat() == day
    assert read_entry(replace(GOOD, words=""), [], TODAY, files=1).parts == ()
    assert read_entry(replace(GOOD, unit=PLACE.id.hex()), [PLACE], TODAY, files=0).unit == PLACE


def test_a_real_name_needs_a_name_and_no_telephone() -> None:
    real = replace(GOOD, identity="real_name")
    for name in ("", "周" * 41):
        with pytest.raises(Unfilled):
            read_entry(replace(real, name=name), [], TODAY, files=0)
    entry = read_entry(replace(real, name=" 周大山 "), [], TODAY, files=0)
    assert (entry.identity, entry.name, entry.phone, entry.kind) == (Identity.REAL_NAME, "周大山", "", Kind.OTHER)


def test_an_empty_line_begins_a_new_part_and_no_word_is_lost() -> None:
    assert _parts("鱼塘\n租金\n\n  \n修路\u202e") == ("鱼塘\n租金", "修路")
    many = _parts("\n\n".join(str(n) for n in range(200)))
    assert len(many) == MOST_PARTS
    assert "".join("".join(many).split()) == "".join(str(n) for n in range(200))
    assert len("".join(_parts("字" * LONGEST))) == LONGEST


def _parts(words: str) -> tuple[str, ...]:
    return read_entry(replace(GOOD, words=words), [], TODAY, files=0).parts
