"""Brings a database to the newest schema. Needs no file but this package's own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import CannotStore
from storage.engine import connect

_LOCK = 0x6D7378  # any number: one migration at a time per PostgreSQL database


async def upgrade(url: str, revision: str = "head") -> None:
    """Runs what is missing up to `revision`, all of it in one transaction. Raises `CannotStore`."""
    engine = connect(url, writes=True, busy_ms=30_000)
    try:
        await engine.run(lambda connection: _upgrade(connection, revision))
    except (SQLAlchemyError, OSError) as error:
        raise CannotStore("the database cannot be migrated") from error
    finally:
        await engine.aclose()


def config() -> Config:
    """Alembic's configuration, made here instead of read from an ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def _upgrade(connection: Connection, revision: str) -> None:
    made = config()
    made.attributes["connection"] = connection
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(made, revision)
