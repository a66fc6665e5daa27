"""Secret files: 0600 in folders 0700, there whole or not at all. This file knows no meaning of what it keeps."""

import os
import secrets
from pathlib import Path
from time import time

from domain.errors import BadSeal, CannotStore

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_OTHERS = 0o077
_DAY = 86_400


def make_folder(path: Path) -> None:
    """Makes `path` for our eyes only. Raises `CannotStore`."""
    try:
        path.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        path.chmod(_PRIVATE_FOLDER)
    except OSError as error:
        raise CannotStore("secret folder") from error


def write_new(path: Path, data: bytes) -> bool:
    """Writes a file that is not there yet, durably. False when one is there already: it stays as it is.

    A link, not a rename, puts it in place: a rename would replace a key that is perhaps in use already.
    Raises `CannotStore`.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        _write(draft, data)
        os.link(draft, path)
        # When a key was made would tell when somebody wrote: file and folder say the day only.
        os.utime(path, (_midnight(), _midnight()))
        _sync_folder(path.parent)
    except FileExistsError:
        return False
    except OSError as error:
        raise CannotStore("secret file") from error
    finally:
        draft.unlink(missing_ok=True)
    os.utime(path.parent, (_midnight(), _midnight()))
    return True


def read(path: Path, length: int) -> bytes | None:
    """The file's bytes, or None when there is none. Raises `BadSeal` for another length, or if others may read it."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise BadSeal(f"secret file open to others: {path.name}")
            data = file.read()
    except FileNotFoundError:
        return None
    if len(data) != length:
        raise BadSeal(f"secret file of wrong length: {path.name}")
    return data


def erase(path: Path) -> None:
    """Overwrites and removes a file; nothing to do when there is none. The medium may still remember."""
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotStore("secret file") from error


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _midnight() -> int:
    return int(time()) // _DAY * _DAY


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
