"""Somebody who stole the data folder and knows members' passwords: opens whatever can be opened with that."""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from domain.errors import BadSeal
from domain.ids import Locked, Sealed
from handlers.sealing import FILE_CONTEXT, body_aad, part_aad, peer_aad, state_aad
from storage.intake.boxes import BoxKind
from tests.world import World
from vault import _hpke
from vault.context import Context
from vault.keys import Seed, open_key
from vault.lock import unlock
from vault.members import open_grant
from vault.members import unlock as by_password
from vault.open import open_file, read


@dataclass
class Attacker:
    """What was stolen: a folder with the database and the attachments, and passwords. `secrets`: files, if any."""

    folder: Path
    passwords: Sequence[str]
    secrets: Sequence[bytes] = ()

    def __post_init__(self) -> None:
        self._rows = sqlite3.connect(self.folder / "msx.db")
        self._rows.row_factory = sqlite3.Row

    def close(self) -> None:
        self._rows.close()

    def all_plain(self) -> list[bytes]:
        """Everything that opens: messages, headers, replies, drafts, chat ids, waiting replies, attachments."""
        members = self.members()
        messages = list(self._boxes([*members.values(), *self._granted(members)]))
        return [*messages, *self._locked(), *self._files(messages)]

    def _all(self, query: str) -> list[Any]:
        return self._rows.execute(query).fetchall()

    def _guesses(self) -> Iterator[bytes]:
        """What may serve as a key: the stolen secrets, nothing at all, and any 32 bytes that stand in the database."""
        yield from self.secrets
        yield from (bytes(32), b"\x01" * 32)
        for table in ("office", "round", "team", "key"):
            for row in self._all(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
                yield from (value for value in tuple(row) if isinstance(value, bytes) and len(value) == 32)
                yield from (value * 2 for value in tuple(row) if isinstance(value, bytes) and len(value) == 16)

    def members(self) -> dict[bytes, Seed]:
        """Member seeds, by the passwords; each member's key is tried with each password."""
        found = {}
        for row in self._all("SELECT * FROM key WHERE kind = 'member'"):
            for password in self.passwords:
                with suppress(BadSeal):
                    found[row["id"]] = by_password(password, row["kdf"], row["salt"], Locked(row["wrapped"]))
        return found

    def _granted(self, members: dict[bytes, Seed]) -> Iterator[Seed]:
        """Seeds that members were given, with every guess at what wraps them, and as if nothing did."""
        rows = self._all("SELECT g.*, k.round_id, k.generation FROM 'grant' g JOIN key k ON k.id = g.key_id")
        guesses = list(dict.fromkeys(self._guesses()))
        for row in rows:
            context = Context("grant", row["round_id"] or b"", row["key_id"], row["generation"])
            holder, box = row["holder_key_id"], Locked(row["box"])
            if holder not in members:
                continue
            for guess in guesses:
                with suppress(BadSeal):
                    yield open_grant(members[holder], holder, guess, box, context)
            with suppress(BadSeal):
                private = open_key(members[holder]).private
                yield Seed(_hpke.open_with(private, box, context.info(holder)))

    def _boxes(self, seeds: Iterable[Seed]) -> Iterator[bytes]:
        """Every sealed body with every seed, whoever its envelope names."""
        opened = [open_key(seed) for seed in dict.fromkeys(seeds)]
        rows = self._all("SELECT * FROM box JOIN envelope USING (round_id, owner_id, seq)")
        for row in rows:
            context = Context(BoxKind(row["kind"]).value, row["round_id"], row["owner_id"], row["seq"])
            for key in opened:
                with suppress(BadSeal):
                    yield read(key, row["key_id"], Sealed(row["body"]), Sealed(row["sealed"]), context)

    def _locked(self) -> Iterator[bytes]:
        """Drafts, chats and the outbox, with every guess; their associated data is known from the code."""
        guesses = list(dict.fromkeys(self._guesses()))
        for blob, aad in chain(self._drafts(), self._outbox()):
            for guess in guesses:
                with suppress(BadSeal):
                    yield unlock(guess, Locked(blob), aad)

    def _drafts(self) -> Iterator[tuple[bytes, bytes]]:
        for row in self._all("SELECT * FROM thread"):
            yield row["state_locked"], state_aad(row["channel"], row["peer_tag"])
        for row in self._all("SELECT * FROM draft_part"):
            yield row["locked"], part_aad(row["channel"], row["peer_tag"], row["seq"])

    def _outbox(self) -> Iterator[tuple[bytes, bytes]]:
        for row in self._all("SELECT * FROM outbox"):
            yield row["peer_locked"], peer_aad(row["channel"])
            yield row["body_locked"], body_aad(row["id"])

    def _files(self, messages: Iterable[bytes]) -> Iterator[bytes]:
        """Attachments, by the keys that stand inside opened messages."""
        for message in messages:
            for file in _files_in(message):
                sealed = (self.folder / "attachments" / file["id"]).read_bytes()
                yield open_file(bytes.fromhex(file["key"]), Sealed(sealed), FILE_CONTEXT)


def _files_in(message: bytes) -> list[dict[str, str]]:
    """The files that a letter names; a signed reply is no letter."""
    try:
        return [part["file"] for part in json.loads(message).get("parts", ()) if part["file"]]
    except ValueError:
        return []


def stolen(world: World, to: Path) -> Path:
    """A copy of everything in the data folder but the secrets."""
    shutil.copytree(world.data, to, ignore=shutil.ignore_patterns("secrets"))
    return to


def keys_of(world: World) -> list[bytes]:
    """All secret files."""
    return [path.read_bytes() for path in (world.data / "secrets").rglob("*") if path.is_file()]
