"""Sealed attachments as files: random names, no telling time, and on disk for good before anybody is told so."""

import os
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from time import time

from domain.errors import CannotStore, Reason, Refused
from domain.ids import AttachmentId, Sealed, new_id

_DAY = 86_400
_PART = ".part"


class Files:
    """The folder `data_dir`/attachments. Its methods block on the disk: call them in a thread."""

    def __init__(self, data_dir: Path) -> None:
        """Makes the folder where it is missing. Raises `CannotStore`."""
        self._folder = data_dir / "attachments"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStore("no folder for attachments") from error

    def put(self, sealed: Sealed) -> AttachmentId:
        """Writes a new file and returns its random name. Raises `CannotStore`; then nothing is left behind."""
        name = AttachmentId(new_id())
        path = self._path(name)
        part = path.with_suffix(_PART)
        try:
            _write(part, sealed)
            part.replace(path)
            _sync(self._folder)
        except OSError as error:
            for left in (part, path):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
            raise CannotStore("the attachment cannot be written") from error
        return name

    def get(self, name: AttachmentId) -> Sealed:
        """Raises `Refused(UNKNOWN)` when there is no such file, `CannotStore` when the disk fails."""
        try:
            return Sealed(self._path(name).read_bytes())
        except FileNotFoundError:
            raise Refused(Reason.UNKNOWN) from None
        except OSError as error:
            raise CannotStore("the attachment cannot be read") from error

    def delete(self, name: AttachmentId) -> None:
        """Removes the file if it is there. Raises `CannotStore`."""
        try:
            self._path(name).unlink(missing_ok=True)
            _sync(self._folder)
        except OSError as error:
            raise CannotStore("the attachment cannot be deleted") from error

    def sweep(self, named: AbstractSet[AttachmentId]) -> int:
        """Removes files that no row in `named` names and that are of an earlier day than yesterday; how many.

        A young file may belong to a row that is being written just now.
        """
        keep = {name.hex() for name in named}
        oldest = _midnight() - _DAY
        gone = 0
        for path in self._folder.iterdir():
            if path.stem not in keep and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _path(self, name: AttachmentId) -> Path:
        return self._folder / name.hex()  # hex of bytes: no name given by anybody ever becomes a path


def _midnight() -> int:
    return int(time()) // _DAY * _DAY


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        # The time of the file would tell when somebody wrote: it says the day only.
        os.utime(file.fileno(), (_midnight(), _midnight()))
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
