"""The two folders of secret files: what the intake may know, what only the desk may. Neither is ever backed up."""

import hmac
import secrets
from pathlib import Path
from typing import Self

from domain.errors import BadSeal
from domain.ids import OfficeId, RoundId, TeamId
from vault import _files
from vault.context import canonical

_KEY = 32
DRAFT_HOURS = 24


class _Folder:
    """Named 32-byte files in a folder, read once and remembered."""

    _made_at_once: tuple[str, ...] = ()
    _inner: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        """Opens what `create` made. Raises `FileNotFoundError` naming a missing key, `BadSeal` for a spoilt one."""
        self._folder = folder
        self._known: dict[str, bytes] = {}
        for name in self._made_at_once:
            if self._get(name) is None:
                raise FileNotFoundError(f"no such secret: {folder / name}")

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Makes whatever is missing and opens it; what is there stays. Raises `CannotStore`."""
        for path in (folder, *(folder / name for name in cls._inner)):
            _files.make_folder(path)
        for name in cls._made_at_once:
            _files.write_new(folder / name, secrets.token_bytes(_KEY))
        return cls(folder)

    def _get(self, name: str) -> bytes | None:
        if name not in self._known:
            found = _files.read(self._folder / name, _KEY)
            if found is None:
                return None
            self._known[name] = found
        return self._known[name]

    def _make(self, name: str, value: bytes) -> bytes:
        """The file's bytes: `value`, or those of whoever was faster."""
        if not _files.write_new(self._folder / name, value):
            self._known.pop(name, None)
        return self._get(name) or value

    def _pin(self, name: str, value: bytes) -> None:
        if not hmac.compare_digest(self._make(name, value), value):
            raise BadSeal(f"another value is pinned: {name}")

    def _erase(self, name: str) -> None:
        self._known.pop(name, None)
        _files.erase(self._folder / name)


class IntakeSecrets(_Folder):
    """What the process that faces the internet holds. None of it opens a finished tip."""

    _made_at_once = ("salt", "chat-tag.key", "peer-lock.key", "card-mac.key")
    _inner = ("offices", "peppers", "drafts", "generations")

    @property
    def salt(self) -> bytes:
        """Salt of this deployment's receipt codes."""
        return self._known["salt"]

    @property
    def peer_lock_key(self) -> bytes:
        """Locks chat ids and what waits in the outbox."""
        return self._known["peer-lock.key"]

    @property
    def card_mac_key(self) -> bytes:
        """Makes and checks the MAC in card codes."""
        return self._known["card-mac.key"]

    def chat_tag(self, channel: str, peer: str) -> bytes:
        """32 bytes that stand for a chat wherever it is stored."""
        message = canonical(kind="chat", channel=channel, peer=peer)
        return hmac.digest(self._known["chat-tag.key"], message, "sha256")

    def pin_office(self, office_id: OfficeId, verify_key: bytes) -> None:
        """Trusts an office's 32-byte verify key from now on. Raises `BadSeal` if another is trusted already."""
        self._pin(f"offices/{office_id.hex()}", verify_key)

    def office_verify(self, office_id: OfficeId) -> bytes | None:
        """The trusted verify key of an office."""
        return self._get(f"offices/{office_id.hex()}")

    def put_pepper(self, round_id: RoundId, pepper: bytes) -> None:
        """Takes over the pepper that the desk made. Raises `BadSeal` if the round has another."""
        self._pin(f"peppers/{round_id.hex()}", pepper)

    def pepper(self, round_id: RoundId) -> bytes | None:
        """The pepper of a round's receipt codes."""
        return self._get(f"peppers/{round_id.hex()}")

    def peppers(self) -> dict[RoundId, bytes]:
        """All peppers, for a look-up that knows no round; rounds opened since the start are among them."""
        names = sorted(path.name for path in (self._folder / "peppers").iterdir() if not path.name.startswith("."))
        rounds = [RoundId(bytes.fromhex(name)) for name in names]
        return {round_id: pepper for round_id in rounds if (pepper := self.pepper(round_id)) is not None}

    def destroy_round(self, round_id: RoundId) -> None:
        """Destroys the round's pepper: its receipt codes mean nothing any more. Raises `CannotStore`."""
        self._erase(f"peppers/{round_id.hex()}")

    def draft_key(self, hour: int, create: bool) -> bytes | None:
        """The key of the drafts of one `hour` (hours since the epoch); None when it was dropped or never made.

        Raises `CannotStore` when it must be made and cannot.
        """
        name = f"drafts/{hour}"
        return self._get(name) or (self._make(name, secrets.token_bytes(_KEY)) if create else None)

    def drop_old_draft_keys(self, now_hour: int) -> int:
        """Destroys the keys of drafts older than 24 h, says how many. Each process calls it: each remembers keys."""
        oldest = now_hour - DRAFT_HOURS
        on_disk = {f"drafts/{path.name}" for path in (self._folder / "drafts").iterdir() if path.name.isdecimal()}
        remembered = {name for name in self._known if name.startswith("drafts/")}
        old = [name for name in on_disk | remembered if int(name.removeprefix("drafts/")) < oldest]
        for name in old:
            self._erase(name)
        return len(old)

    def note_generation(self, team_id: TeamId, generation: int) -> None:
        """Remembers the highest generation of a team's key that was seen. Raises `BadSeal` for a lower one.

        One empty file per generation: two processes can only ever raise the highest.
        """
        folder = self._folder / "generations" / team_id.hex()
        seen = {int(path.name) for path in folder.iterdir() if path.name.isdecimal()} if folder.is_dir() else set()
        if generation < max(seen, default=0):
            raise BadSeal("an older key of this team")
        if generation not in seen:
            _files.make_folder(folder)
            _files.write_new(folder / str(generation), b"")


class DeskSecrets(_Folder):
    """What only the desk holds. Without it a stolen database or backup opens nothing."""

    _made_at_once = ("audit.key", "totp.key", "office.key")
    _inner = ("rounds", "peppers")

    @property
    def audit_key(self) -> bytes:
        """Makes and checks the audit's chain."""
        return self._known["audit.key"]

    @property
    def totp_key(self) -> bytes:
        """Locks the members' second factors."""
        return self._known["totp.key"]

    @property
    def office_secret(self) -> bytes:
        """Wraps the grants of the office's own key, as R wraps those of a round."""
        return self._known["office.key"]

    def new_round(self, round_id: RoundId) -> bytes:
        """Makes the round's secret R and its pepper, if they are not there yet. Raises `CannotStore`.

        Gives the pepper, for `IntakeSecrets.put_pepper`.
        """
        self._make(f"rounds/{round_id.hex()}", secrets.token_bytes(_KEY))
        return self._make(f"peppers/{round_id.hex()}", secrets.token_bytes(_KEY))

    def round_secret(self, round_id: RoundId) -> bytes | None:
        """R, which wraps the grants of a round's keys; None once destroyed."""
        return self._get(f"rounds/{round_id.hex()}")

    def pepper(self, round_id: RoundId) -> bytes | None:
        """The pepper of a round's receipt codes; None once destroyed."""
        return self._get(f"peppers/{round_id.hex()}")

    def destroy_round(self, round_id: RoundId) -> None:
        """Destroys R and the pepper: every grant of the round is dead, in every backup. Raises `CannotStore`."""
        self._erase(f"rounds/{round_id.hex()}")
        self._erase(f"peppers/{round_id.hex()}")
