"""A ledger is a sheet of texts, days and one number a row: nothing in it calculates, and the office may redraw it."""

import tempfile
import unicodedata
from dataclasses import fields, replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from reports.ledger import Head, Row, ledger
from reports.ledger_layout import layout
from reports.ledger_template import (
    checked_template,
)
from tests.reports.ledger_side import HEAD, ROW, drawn, sheet_of, texts_of

# What is put into a ledger


hostile = st.tuples(st.sampled_from(["", *"=+-@\t\r\n＝＋－＠'{"]), st.text(max_size=40)).map("".join)


@pytest.fixture(scope="module")
def own_layout() -> bytes:
    """One of an office's own. A child reads it: once is enough."""
    return checked_template(drawn(("{组}", "{导出}"), ("{编号}", "{主要内容}{反映人}", "{电话}", "-")))


@settings(max_examples=80, deadline=None)
@given(words=st.lists(hostile, min_size=9, max_size=9), own=st.booleans())
def test_no_text_whatever_it_is_becomes_a_formula_and_none_begins_like_one(
    words: list[str], own: bool, own_layout: bytes
) -> None:
    label, name, phone, unit, gist, progress, assignee, team, mark = words
    row = replace(ROW, label=label, name=name, phone=phone, unit=unit, gist=gist, progress=progress, assignee=assignee)
    head = replace(HEAD, team=team, mark=mark)
    for line in sheet_of(ledger(head, [row], own_layout if own else None, named=True)).iter_rows():
        for cell in line:
            assert cell.data_type in {"s", "n", "d"}
            assert not str(cell.value or "").startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_a_guarded_text_can_still_be_read() -> None:
    shown = texts_of(ledger(HEAD, [replace(ROW, gist="=HYPERLINK(1)", name="＠周", unit="-5 度")], named=True))
    assert {"'=HYPERLINK(1)", "'＠周", "'-5 度"} <= set(shown)


def test_what_looks_like_a_placeholder_in_a_tip_is_not_filled_in() -> None:
    shown = texts_of(ledger(HEAD, [replace(ROW, gist="{电话}{组}")], named=True))
    assert "{电话}{组}" in shown
    assert shown.count("0000-0000000") == 1


def test_days_are_days_and_a_day_that_has_not_come_is_an_empty_cell() -> None:
    sheet = sheet_of(ledger(HEAD, [ROW], named=True))
    titles = [cell.value for cell in sheet[3]]
    cells = {title: sheet[4][at] for at, title in enumerate(titles)}
    assert cells["收到日期"].value == datetime(2026, 11, 11)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert cells["收到日期"].number_format == "yyyy-mm-dd"
    assert cells["销号日期"].value is None
    assert cells["序号"].value == 1


# The house's own layout


def test_the_official_columns_stand_in_their_order() -> None:
    named = [cell.value for cell in sheet_of(ledger(HEAD, [ROW], named=True))[3]]
    assert named == [
        "序号", "编号", "收到日期", "渠道", "反映方式", "反映人", "电话", "被反映单位", "类别", "主要内容",
        "办理情况", "办结日期", "销号日期", "承办人",
    ]  # fmt: skip
    masked = [cell.value for cell in sheet_of(ledger(HEAD, [ROW]))[3]]
    assert masked == [title for title in named if title not in {"反映人", "电话"}]


def test_every_field_of_a_row_and_of_the_head_has_its_word() -> None:
    assert set(layout().fields.values()) == {one.name for one in fields(Row)}
    assert set(layout().head.values()) == {one.name for one in fields(Head)}


def test_columns_are_as_wide_as_what_stands_in_them_and_a_chinese_character_takes_two() -> None:
    rows = [ROW, replace(ROW, unit="苇庄镇上面那个很长名字的石桥村民委员会")]
    sheet = sheet_of(ledger(HEAD, rows, named=True))
    for at, column in enumerate(sheet.iter_cols(min_row=3, max_row=5), start=1):
        title, width = str(column[0].value), sheet.column_dimensions[get_column_letter(at)].width
        if title in layout().widths:
            assert width == layout().widths[title]
            continue
        shown = [str(cell.value or "").removesuffix(" 00:00:00") for cell in column]
        needed = max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in one) for one in shown)
        assert width == min(40, needed + 2), title


def test_the_mark_stands_in_the_sheet_and_on_every_printed_page() -> None:
    sheet = sheet_of(ledger(HEAD, [ROW, ROW], named=True))
    assert HEAD.mark in str(sheet["A2"].value)
    assert sheet["A7"].value == HEAD.mark
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (HEAD.mark, HEAD.mark)
    assert sheet.print_title_rows == "$1:$3"
    assert not any("导出" in text for text in texts_of(ledger(replace(HEAD, mark=""), [ROW])))


def test_a_ledger_without_tips_has_its_titles_and_no_words_in_braces() -> None:
    shown = texts_of(ledger(replace(HEAD, count=0), []))
    assert shown[2:] == [*[title for title in layout().columns if title not in layout().named], HEAD.mark]


def test_no_word_of_a_ledger_meets_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")  # whoever wants a temporary file gets an error
    assert len(texts_of(ledger(HEAD, [ROW], named=True))) > 14
