"""Migrations: from nothing, from every step with rows in it, and to exactly what `schema` says."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from domain.errors import CannotStore
from domain.ids import OfficeId
from storage.engine import connect
from storage.migrate import config, upgrade
from storage.offices import get_office
from storage.rounds import list_rounds
from storage.schema import metadata
from storage.store import Store
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
