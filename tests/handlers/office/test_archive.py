"""The archive of a closed round: everything that is counted, nothing that was told, no trace of the recusal queue."""

import hashlib
import io
import zipfile
from collections import Counter
from datetime import date
from functools import partial

import pytest

from domain.errors import Reason, Refused
from domain.figures import Sheet
from domain.ids import RoundId, TipId, new_id
from domain.rounds import TeamKind
from domain.tips import Action
from handlers.office import cards
from handlers.office.figures.sheets import read_sheets
from handlers.office.rounds import opening
from handlers.office.watch import reminding
from handlers.office.watch.archive import Archives, make_archive
from handlers.office.watch.ledger import frame_of, make_ledger
from reports.archive import MANIFEST
from storage.people import audit
from storage.watch import archive as rows
from tests.handlers.office.archive_side import Unpacked, archived, sheets_in, unpacked
from tests.handlers.office.watch_side import FIRST, SECOND, WORDS, moves, passes, session_of, team_id, tell, tell_of_us
from tests.promises.scanner import spellings
from tests.world import World


async def lived(world: World) -> dict[str, TipId]:
    """A round with a tip of every fate."""
    names = ("plain", "resolved", "given", "referred", "hidden")
    tips = {name: await tell(world, name) for name in names}
    tips["second"] = await tell(world, "second", SECOND)
    tips["of us"] = await tell_of_us(world, "of us")
    for name in ("resolved", "referred", "hidden"):
        await moves(world, "tang", tips[name], Action.ACCEPT)
    world.clock.forward(days=30)
    await moves(world, "tang", tips["resolved"], Action.RESOLVE, reason="put-right")
    await moves(world, "tang", tips["referred"], Action.REFER, reason="to-police")
    await passes(world, "zhou", tips["given"], await team_id(world, 2))
    await passes(world, "zhou", tips["hidden"], await team_id(world, 1, TeamKind.RECUSAL))
    return tips


async def test_every_file_is_what_the_manifest_says_and_no_word_of_a_tip_is_in_any(world: World) -> None:
    await lived(world)
    made = await archived(world)
    lines = made.files.pop(MANIFEST).decode().splitlines()
    assert {line.split("  ")[1]: line.split("  ")[0] for line in lines} == {
        name: hashlib.sha256(data).hexdigest() for name, data in made.files.items()
    }
    assert set(made.books) == {"台账.xlsx", "数字.xlsx", "卡片.xlsx", "人员和分工.xlsx", "留痕.xlsx"}
    for name, data in made.files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts = b"\0".join(book.read(part) for part in book.namelist())
            assert not any(way in parts for way in spellings(WORDS)), name


async def test_the_ledger_has_a_row_for_every_tip_that_the_figures_count(world: World) -> None:
    await lived(world)
    sheets = await read_sheets(world.desk, world.made.round_id)
    names = {team.id: team.name for team in sheets.teams}
    counted: Counter[str] = Counter()
    for cell, n in sheets[Sheet.COHORT].items():
        assert cell.team_id
        counted[names[cell.team_id]] += n
    ledger = (await archived(world)).rows("台账", "台账")
    assert Counter(row["组"] for row in ledger) == counted == {"第一巡察组": 4, "第二巡察组": 2}


async def test_a_row_says_where_when_and_how_late_and_that_is_all(world: World) -> None:
    await lived(world)
    ledger = {row["编号"]: row for row in (await archived(world)).rows("台账", "台账")}
    plain, resolved = ledger["1-0001"], ledger["1-0002"]
    assert (plain["渠道"], plain["状态"], plain["收到"]) == ("网页", "待受理", date(2026, 11, 11))
    assert (plain["受理时限"], plain["受理超天"]) == (date(2026, 12, 2), 7)
    assert (resolved["受理"], resolved["办结"]) == (date(2026, 11, 11), date(2026, 12, 11))
    assert (resolved["受理超天"], resolved["办结超天"], resolved["移交超天"]) == (None, None, 12)
    assert ledger["2-0002"]["收到"] == date(2026, 11, 11), "taken over: it counts where it is"


async def test_what_the_recusal_queue_took_over_cannot_be_told_from_what_was_referred(world: World) -> None:
    await lived(world)
    made = await archived(world)
    passed = [row for row in made.rows("台账", "台账") if row["编号"] is None]
    assert len(passed) == 2
    assert passed[0] == passed[1]
    assert (passed[0]["状态"], passed[0]["备注"], passed[0]["受理"]) == ("转出", "受理后转出", None)
    assert made.rows("人员和分工", "组间移转") == [{"组": "第一巡察组", "转给": "第二巡察组", "数": 1}]
    for book in made.books.values():
        for title, table in book.items():
            shown = {cell for row in table for cell in row} if title != "成员" else set()
            assert "回避组" not in shown


async def test_the_trail_names_deeds_by_day_and_number_and_ends_with_the_head_of_the_chain(world: World) -> None:
    tips = await lived(world)
    fang = await session_of(world, "fang")
    jiang = await session_of(world, "jiang")
    await moves(world, "jiang", tips["of us"], Action.ACCEPT)
    made = await archived(world)
    trail = made.rows("留痕", "留痕")
    deeds = {(row["谁"], row["做了什么"], row["哪一个"]) for row in trail}
    tang = (await session_of(world, "tang")).name
    assert {(tang, "受理", "1-0002"), (fang.name, "结束了第六轮", "第六轮")} <= deeds
    # A line about what was referred would tell the others apart: those that the recusal queue was given.
    assert "转办" not in {what for _, what, _ in deeds}
    assert not any(which == "R-0001" or who == jiang.name for who, _, which in deeds)
    assert {type(row["日期"]) for row in trail} == {date}
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, fang.office_id))
    last = [one for one in lines if one.entry.at < world.clock().replace(minute=0)][-1]
    assert last.entry.act == "close"
    assert made.rows("留痕", "校验码") == [{"校验码": last.mac.hex()}]


async def test_for_an_hour_the_same_archive_is_given_again_whatever_the_teams_did(world: World) -> None:
    tips, archives, round_id = await lived(world), Archives(), world.made.round_id
    await opening.close_round(world.desk, await session_of(world, "fang"), round_id)
    world.clock.forward(hours=1, minutes=59)

    async def taken() -> Unpacked:
        return unpacked(await archives.get(world.desk, await session_of(world, "fang"), round_id, "zh"))

    first = await taken()
    await moves(world, "tang", tips["plain"], Action.ACCEPT)
    for minutes in (1, 58):  # over the full hour, and up to the last minute
        world.clock.forward(minutes=minutes)
        assert (await taken()).files == first.files
    world.clock.forward(minutes=1)
    states = [
        {row["编号"]: row["状态"] for row in one.rows("台账", "台账")}["1-0001"] for one in (first, await taken())
    ]
    assert states == ["待受理", "已受理"]
    office_id = (await session_of(world, "fang")).office_id
    acts = await world.house.store.read(lambda tx: audit.lines_about(tx, office_id, "round", round_id))
    assert [one.entry.act for one in acts].count("archive") == 4, "whoever took it stands in the trail each time"


async def test_cards_people_assignments_and_reminders_are_in_it(world: World) -> None:
    fang = await session_of(world, "fang")
    first = await team_id(world, 1)
    await cards.make_batch(
        world.desk, round_id=world.made.round_id, team_id=first, unit_ids=(world.batches[FIRST].units[0].id,),
        way="=1+1", by=fang.member_id,
    )  # fmt: skip
    await reminding.remind(world.desk, fang, first, "=HYPERLINK(1)")
    made = await archived(world)
    assert {row["怎么发"] for row in made.rows("卡片", "批次")} >= {"'=1+1"}, "no formula"
    assert [row["内容"] for row in made.rows("人员和分工", "催办")] == ["'=HYPERLINK(1)"]
    seats = {(row["姓名"], row["职务"], row["组"]) for row in made.rows("人员和分工", "成员")}
    assert ("周宁", "组长", "第一巡察组") in seats
    assert ("苇庄镇", "第一巡察组") in {(row["单位"], row["组"]) for row in made.rows("人员和分工", "分工")}


async def test_only_a_director_and_only_of_a_closed_round(world: World) -> None:
    fang, qiao = await session_of(world, "fang"), await session_of(world, "qiao")
    for session, round_id, reason in (
        (fang, world.made.round_id, Reason.WRONG_STATE),
        (qiao, world.made.round_id, Reason.NOT_ALLOWED),
        (fang, RoundId(new_id()), Reason.UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            await make_archive(world.desk, session, round_id, "zh")
        assert refused.value.reason is reason


async def test_rows_come_in_pages_without_gap_or_double(world: World) -> None:
    tips = [await tell(world, f"v{n}") for n in range(5)]
    for tip in tips[:3]:
        await moves(world, "tang", tip, Action.REFER, reason="to-police")
    first, round_id = await team_id(world, 1), world.made.round_id
    numbers: list[int] = []
    at, read = 0, world.house.store.read
    while page := await read(partial(rows.numbered, round_id=round_id, team_id=first, after=at, limit=1)):
        numbers += [at := one.number or 0 for one in page]
    assert numbers == [4, 5]
    gone: list[tuple[date, TipId]] = []
    last: tuple[date, TipId] | None = None
    while page := await read(partial(rows.passed_on, round_id=round_id, team_id=first, after=last, limit=2)):
        gone += [last := (one.received_on, one.tip_id) for one in page]
    assert {tip for _, tip in gone} == set(tips[:3])
    assert len(gone) == 3


async def test_the_ledger_alone_can_be_made_of_an_open_round(world: World) -> None:
    await tell(world, "a")
    frame = await frame_of(world.desk, world.made.round_id, "zh")
    table = sheets_in(await make_ledger(world.desk, frame))["台账"]
    assert [row[1] for row in table] == ["编号", "1-0001"]
