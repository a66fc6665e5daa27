"""Migrations: from nothing, from every step with rows in it, and to exactly what `schema` says."""

from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from domain.errors import CannotStore
from domain.figures import Sheet
from domain.ids import BatchId, OfficeId, RoundId
from storage.desk.counters import count_missing, read_sheet
from storage.engine import connect
from storage.migrate import config, upgrade
from storage.office.cards import cards_printed, get_batch
from storage.office.offices import get_office
from storage.office.reminders import list_of_round
from storage.office.rounds import list_rounds
from storage.people.audit import list_lines
from storage.schema import metadata
from storage.store import Store
from storage.watch.readings import Wanted, list_done
from tests.storage.frame import lay_frame

STEPS = [script.revision for script in reversed(list(ScriptDirectory.from_config(config()).walk_revisions()))]


def differences(tx: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), metadata))


def names(tx: Connection) -> dict[str, set[str | None]]:
    """Every table's constraint and index names."""
    found = inspect(tx)
    return {
        table: {
            found.get_pk_constraint(table)["name"],
            *(one["name"] for one in found.get_foreign_keys(table)),
            *(one["name"] for one in found.get_unique_constraints(table)),
            *(one["name"] for one in found.get_indexes(table)),
        }
        for table in found.get_table_names()
    }


async def test_the_migrated_schema_is_the_schema(url: str) -> None:
    engine = connect(url, writes=True)
    assert await engine.run(differences) == []
    migrated = await engine.run(names)
    await engine.aclose()
    assert None not in set().union(*migrated.values())


async def test_the_comparison_sees_a_missing_column(url: str) -> None:
    engine = connect(url, writes=True)

    def drop_and_compare(tx: Connection) -> list[object]:
        tx.execute(text("ALTER TABLE round_text DROP COLUMN body"))
        return differences(tx)

    assert await engine.run(drop_and_compare) != []
    await engine.aclose()


async def test_migrating_again_changes_nothing(url: str) -> None:
    store = await Store.open(url)
    await store.write(lay_frame)
    await upgrade(url)
    assert await store.read(lambda tx: tx.execute(text("SELECT count(*) FROM team")).scalar_one()) == 2
    await store.aclose()


@pytest.mark.parametrize("step", STEPS[:-1])
async def test_every_step_carries_rows_to_the_newest_schema(empty_url: str, step: str) -> None:
    await upgrade(empty_url, step)
    store = await Store.open(empty_url)
    await store.write(_oldest_rows)
    await store.aclose()
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    assert await store.read(_oldest_values) == ("澄江县委巡察办", 3, 15)
    assert await store.write(lay_frame) is not None
    await store.aclose()


async def test_a_database_that_is_no_database_is_cannot_store(tmp_path: object) -> None:
    with pytest.raises(CannotStore):
        await upgrade(f"sqlite+aiosqlite:///{tmp_path}/nowhere/msx.db")


def _oldest_rows(tx: Connection) -> None:
    """Rows as the first revision knows them: written in SQL, since `schema` speaks of the newest only."""
    office = "INSERT INTO office (id, name, tz, verify_key, settings) VALUES (:id, :name, 'Asia/Shanghai', :id, '{}')"
    tx.execute(text(office), {"id": b"o" * 16, "name": "澄江县委巡察办"})
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    when = moment.replace(tzinfo=None).isoformat(" ") if tx.dialect.name == "sqlite" else moment
    round_ = (
        "INSERT INTO round (id, office_id, term, ordinal, phase, intake_opens_at, intake_closes_at, state, settings,"
        " retention_days, version) VALUES (:id, :office, 3, 6, 1, :at, :at, 'closed', '{\"accept_days\": 15}', 365, 1)"
    )
    tx.execute(text(round_), {"id": b"r" * 16, "office": b"o" * 16, "at": when})


def _oldest_values(tx: Connection) -> tuple[object, ...]:
    office_id = OfficeId(b"o" * 16)
    found = list_rounds(tx, office_id)[0]
    return get_office(tx, office_id).name, found.term, found.accept_days


async def test_figures_are_counted_anew_by_the_keys_of_the_newest_schema(empty_url: str) -> None:
    await upgrade(empty_url, "0008")
    store = await Store.open(empty_url)
    await store.write(_oldest_rows)
    await store.write(_a_tip)
    await store.aclose()
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    await store.write(count_missing)
    found = await store.read(lambda tx: read_sheet(tx, RoundId(b"r" * 16), Sheet.COHORT))
    assert [(cell.day, cell.channel, cell.measure, n) for cell, n in found.items()] == [
        (date(2026, 3, 2), "web", "accepted", 1)
    ]
    batch = await store.read(lambda tx: get_batch(tx, BatchId(b"c" * 16)))
    assert batch is not None
    assert (batch.cards, await store.read(lambda tx: cards_printed(tx, batch.id))) == (0, 30)
    await store.aclose()


async def test_the_trail_is_read_on_by_the_newest_schema(empty_url: str) -> None:
    await upgrade(empty_url, "0009")
    store = await Store.open(empty_url)
    await store.write(_oldest_rows)
    await store.write(_a_trail)
    await store.aclose()
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    lines = await store.read(lambda tx: list_lines(tx, OfficeId(b"o" * 16)))
    assert [(line.n, line.entry.act, line.mac) for line in lines] == [
        (1, "open", b"\x01"), (2, "open", b"\x02"), (3, "sign-in", b"\x03"), (4, "release", b"\x04")
    ]  # fmt: skip
    deeds = await store.read(lambda tx: list_done(tx, OfficeId(b"o" * 16), Wanted()))
    assert [(one.act, one.object_kind) for one in deeds] == [("release", "round"), ("open", "round")]
    await store.aclose()


async def test_of_the_notes_written_before_those_urge_that_the_audit_calls_so(empty_url: str) -> None:
    await upgrade(empty_url, "0009")
    store = await Store.open(empty_url)
    await store.write(_oldest_rows)
    await store.write(_notes)
    await store.aclose()
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    notes = await store.read(lambda tx: list_of_round(tx, RoundId(b"r" * 16)))
    assert {(one.body, one.urges) for one in notes} == {("请抓紧", True), ("两位保管人换了", False)}
    await store.aclose()


def _notes(tx: Connection) -> None:
    """What two members wrote to a team as revision 0009 knows it; the audit says of one that it urged the team."""
    values: dict[str, object] = {"o": b"o" * 16, "r": b"r" * 16, "t": b"t" * 16, "no": False, "day": date(2026, 3, 2)}
    moment: object = datetime(2026, 3, 2, tzinfo=UTC)
    if tx.dialect.name == "sqlite":
        values["day"], moment = "2026-03-02", "2026-03-02 00:00:00"
    for line in (
        "INSERT INTO team (id, office_id, round_id, ordinal, name, kind, contacts, notice_channel, notice_peer,"
        " notice_mode, notice_quiet, version) VALUES (:t, :o, :r, 1, '第一巡察组', 'team', '', '', '', 'off', '', 1)",
        "INSERT INTO member (id, office_id, login, name, state, totp_last_step)"
        " VALUES (:f, :o, 'f', 'f', 'active', 0), (:g, :o, 'g', 'g', 'active', 0)",
        "INSERT INTO reminder (id, round_id, team_id, written_by, written_on, body)"
        " VALUES (:f, :r, :t, :f, :day, '请抓紧')",
        "INSERT INTO reminder (id, round_id, team_id, written_by, written_on, body)"
        " VALUES (:g, :r, :t, :g, :day, '两位保管人换了')",
        "INSERT INTO audit (office_id, n, at, member_id, act, object_kind, object_id, prev, mac)"
        " VALUES (:o, 1, :at, :f, 'remind', 'team', :t, :o, :o)",
    ):
        known = values | {"f": b"f" * 16, "g": b"g" * 16, "at": moment}
        tx.execute(text(line), {name: value for name, value in known.items() if f":{name}" in line})


def _a_trail(tx: Connection) -> None:
    """Lines as revision 0009 knows them: of the machine, a team's and somebody's signing in among them."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    when = moment.replace(tzinfo=None).isoformat(" ") if tx.dialect.name == "sqlite" else moment
    line = (
        "INSERT INTO audit (office_id, n, at, act, object_kind, object_id, prev, mac)"
        " VALUES (:o, :n, :at, :act, :kind, :o, :o, :mac)"
    )
    done = (("open", "round"), ("open", "tip"), ("sign-in", "member"), ("release", "round"))
    for n, (act, kind) in enumerate(done, start=1):
        tx.execute(text(line), {"o": b"o" * 16, "n": n, "at": when, "act": act, "kind": kind, "mac": bytes([n])})


def _a_tip(tx: Connection) -> None:
    """A team with a printed card and an accepted tip, as revision 0008 knows them."""
    values: dict[str, object] = {
        "o": b"o" * 16,
        "r": b"r" * 16,
        "t": b"t" * 16,
        "c": b"c" * 16,
        "p": b"p" * 16,
        "day": date(2026, 3, 2),
        "no": False,
    }
    if tx.dialect.name == "sqlite":
        values["day"] = "2026-03-02"
    for line in (
        "INSERT INTO team (id, office_id, round_id, ordinal, name, kind, contacts, notice_channel, notice_peer,"
        " notice_mode, notice_quiet, version) VALUES (:t, :o, :r, 1, '第一巡察组', 'team', '', '', '', 'off', '', 1)",
        "INSERT INTO card_batch (id, round_id, team_id, code, short_code, way, target, state, is_test)"
        " VALUES (:c, :r, :t, 'code', 'short1', '入户', 'web', 'active', :no)",
        "INSERT INTO print_run (id, batch_id, cards, printed_on) VALUES (:p, :c, 30, :day)",
        "INSERT INTO tip (round_id, id, office_id, first_team_id, card_batch_id, channel, kind, lane, late,"
        " received_on, receipt_tag, reply_public)"
        " VALUES (:r, :p, :o, :t, :c, 'web', 'other', 'main', :no, :day, :p, :p)",
        "INSERT INTO tip_work (round_id, tip_id, team_id, number, state, next_due_on, accepted_on, version, next_stage,"
        " changed, kind, channel)"
        " VALUES (:r, :p, :t, 1, 'accepted', :day, :day, 2, 'close', 1, 'other', 'web')",
    ):
        used = {name: value for name, value in values.items() if f":{name}" in line}
        tx.execute(text(line), used)
