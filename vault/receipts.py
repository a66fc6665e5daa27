"""Receipt codes: made ahead, recognised, opening the team's replies and never the tip. The intake's file."""

import asyncio
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.errors import Reason, Refused
from domain.ids import Sealed
from domain.receipt_code import CODE_DIGITS, check_digit
from vault import _aead, _hpke, _reply
from vault.context import Context
from vault.keys import SEED_BYTES, PublicHalf, Seed, open_key, public_half
from vault.seal import CODE_HOLDER_ID

TAG_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptKey:
    """What a code is in one round. `tag` (16 bytes) finds the tip; `seed`, the secret, opens its replies."""

    tag: bytes
    seed: Seed
    half: PublicHalf


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A 16-digit code bound to a round."""

    code: str
    key: ReceiptKey


def new_code() -> str:
    """15 random digits and their check digit."""
    digits = f"{secrets.randbelow(10 ** (CODE_DIGITS - 1)):0{CODE_DIGITS - 1}d}"
    return digits + check_digit(digits)


def code_for(seed: Seed, form_id: bytes) -> str:
    """The code that a member's `seed` and the id of a form always give: handed in twice, a form has one code."""
    drawn = int.from_bytes(hmac.digest(seed, b"mashangxun/1/entered code" + form_id, "sha256"))
    digits = f"{drawn % 10 ** (CODE_DIGITS - 1):0{CODE_DIGITS - 1}d}"
    return digits + check_digit(digits)


def stretch(code: str, salt: bytes) -> bytes:
    """32 bytes by Argon2id (RFC 9106; t=3, m=19 MiB, one lane). Slow on purpose; releases the GIL. Once per code."""
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=19 * 1024).derive(code.encode())


def bind(stretched: bytes, pepper: bytes) -> ReceiptKey:
    """The key of a stretched code in the round whose `pepper` (32 bytes) this is. Cheap."""
    root = hmac.digest(pepper, b"mashangxun/1/receipt" + stretched, "sha256")
    tag = HKDFExpand(SHA256(), TAG_BYTES, b"mashangxun/1/receipt tag").derive(root)
    seed = Seed(HKDFExpand(SHA256(), SEED_BYTES, b"mashangxun/1/receipt seed").derive(root))
    return ReceiptKey(tag, seed, public_half(seed))


def derive(code: str, salt: bytes, pepper: bytes) -> ReceiptKey:
    """`stretch` and `bind` in one, where only one round can be meant."""
    return bind(stretch(code, salt), pepper)


def open_reply(
    receipt_seed: Seed,
    body: Sealed,
    envelope: Sealed,
    context: Context,
    *,
    team_verify: bytes,
    reporter_public: bytes,
) -> bytes:
    """The team's words. Raises `BadSeal` unless this code opens them and the team signed them for this reporter."""
    key = _hpke.open_with(open_key(receipt_seed).private, envelope, context.info(CODE_HOLDER_ID))
    inside = _aead.unpad(_aead.decrypt(key, body, context.aad()))
    return _reply.checked(team_verify, inside, context, reporter_public)


class Pool:
    """Codes stretched ahead, so that a burst of submissions never waits behind key derivation.

    Refills one at a time, and only while nobody takes, unless three quarters are gone. At most two derivations run at
    once in this process: each holds 19 MiB and a core. At most one of the two is a look-up, and of those only so many
    wait in line: whoever types codes by the thousand can hold up other look-ups, but never a tip.
    """

    def __init__(self, salt: bytes, size: int = 256, quiet_seconds: float = 0.25, line: int = 64) -> None:
        """`size`: codes made ahead. `line`: how many look-ups may be under way or wait."""
        self._salt = salt
        self._low = size // 4
        self._quiet_seconds = quiet_seconds
        self._ready: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(size)
        self._turns = asyncio.Semaphore(2)
        self._look_up_turn = asyncio.Semaphore(1)
        self._line = line
        self._last_take = float("-inf")
        self._filler: asyncio.Task[None] | None = None

    @property
    def ready(self) -> int:
        """How many codes can be taken without waiting."""
        return self._ready.qsize()

    def start(self) -> None:
        """Begins to fill. Call once, inside the running loop."""
        self._filler = asyncio.create_task(self._fill())

    async def aclose(self) -> None:
        """Stops filling and forgets the codes that nobody took."""
        if self._filler is not None:
            self._filler.cancel()
            with suppress(asyncio.CancelledError):
                await self._filler
        while not self._ready.empty():
            self._ready.get_nowait()

    async def take(self) -> tuple[str, bytes]:
        """A fresh code and its stretched form: at once when one is ready, else after one derivation."""
        self._last_take = asyncio.get_running_loop().time()
        if self._ready.empty():
            return await self._mint()
        return self._ready.get_nowait()

    async def stretch(self, code: str) -> bytes:
        """`stretch` for a code somebody typed, in a thread and in turn. Raises `Refused(THROTTLED)` beyond the line."""
        if self._line == 0:
            raise Refused(Reason.THROTTLED, "look-ups")
        self._line -= 1
        try:
            async with self._look_up_turn:
                return await self._derive(code)
        finally:
            self._line += 1

    async def _mint(self) -> tuple[str, bytes]:
        code = new_code()
        return code, await self._derive(code)

    async def _derive(self, code: str) -> bytes:
        async with self._turns:
            return await asyncio.to_thread(stretch, code, self._salt)

    async def _fill(self) -> None:
        while True:
            if self.ready >= self._low and self._busy():
                await asyncio.sleep(self._quiet_seconds)
            else:
                await self._ready.put(await self._mint())

    def _busy(self) -> bool:
        return asyncio.get_running_loop().time() - self._last_take < self._quiet_seconds
