"""Attachments on disk: whole or not at all, and silent about names and times."""

import os
import subprocess
import sys
from pathlib import Path
from time import time

import pytest

from domain.errors import CannotStore, Refused
from domain.ids import AttachmentId, Sealed, new_id
from storage.intake.files import Files

DAY = 86_400


def test_a_file_comes_back_as_it_was_put_and_goes_when_deleted(tmp_path: Path) -> None:
    files = Files(tmp_path)
    name = files.put(Sealed(b"sealed" * 1000))
    assert files.get(name) == b"sealed" * 1000
    files.delete(name)
    files.delete(name)
    with pytest.raises(Refused):
        files.get(name)


def test_a_files_time_tells_the_day_only_and_its_name_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)
    names = [files.put(Sealed(b"same")) for _ in range(3)]
    assert len(set(names)) == 3
    for path in (tmp_path / "attachments").iterdir():
        assert path.stat().st_mtime % DAY == 0
        assert path.stat().st_atime % DAY == 0
        assert len(bytes.fromhex(path.name)) == 16


def test_a_sweep_removes_what_nothing_names_but_never_what_is_young(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept, young, old, left = (files.put(Sealed(b"x")) for _ in range(4))
    folder = tmp_path / "attachments"
    (folder / left.hex()).rename(folder / f"{left.hex()}.part")
    for name in (kept.hex(), old.hex(), f"{left.hex()}.part"):
        os.utime(folder / name, (time() - 3 * DAY,) * 2)
    assert files.sweep({kept}) == 2
    assert {path.name for path in folder.iterdir()} == {kept.hex(), young.hex()}


def test_a_folder_that_cannot_be_made_is_cannot_store(tmp_path: Path) -> None:
    (tmp_path / "attachments").write_text("in the way")
    with pytest.raises(CannotStore):
        Files(tmp_path)


def test_a_lost_folder_is_cannot_store(tmp_path: Path) -> None:
    files = Files(tmp_path)
    (tmp_path / "attachments").rmdir()
    with pytest.raises(CannotStore):
        files.put(Sealed(b"x"))
    with pytest.raises(Refused):
        files.get(AttachmentId(new_id()))


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from domain.errors import CannotStore
from storage.intake.files import Files

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
files = Files(Path(sys.argv[1]))
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, unlimited[1]))
try:
    files.put(b"x" * 5000)
except CannotStore:
    print("refused", len(list(Path(sys.argv[1], "attachments").iterdir())))
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
print(len(files.get(files.put(b"x" * 5000))))
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["refused", "0", "5000"]
