"""A team's seed for two custodians together: the second one's seal lies inside the first one's, and R around both."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.errors import BadSeal
from domain.ids import Locked
from vault import _aead, _hpke
from vault import lock as locks
from vault.context import canonical
from vault.keys import Seed, open_key, public_half
from vault.seal import Holder


@dataclass(frozen=True, slots=True)
class Deposit:
    """Which key is kept, of whom, and for which two own keys (ids). All of it is bound into every layer."""

    office_id: bytes
    round_id: bytes
    team_id: bytes
    key_id: bytes
    first_id: bytes
    second_id: bytes

    def info(self, layer: str) -> bytes:
        """What one of the layers stands for: `first`, `second` or `wrap`."""
        return canonical(
            kind="escrow",
            layer=layer,
            office=self.office_id,
            round=self.round_id,
            team=self.team_id,
            key=self.key_id,
            first=self.first_id,
            second=self.second_id,
        )


def deposit(seed: Seed, first: Holder, second: Holder, wrap_secret: bytes, what: Deposit) -> Locked:
    """`seed` sealed to the second custodian, that to the first, and that wrapped by the round's secret (32 bytes).

    Raises `ValueError` when both are one, or are not those that `what` names, and `BadSeal` for a half that is none.
    """
    if first.id == second.id or (first.id, second.id) != (what.first_id, what.second_id):
        raise ValueError("a deposit needs the two custodians it names")
    inner = _hpke.seal_to(second.public, seed, what.info("second"))
    outer = _hpke.seal_to(first.public, inner, what.info("first"))
    return locks.lock(_wrapping_key(wrap_secret), outer, what.info("wrap"))


def withdraw(both: tuple[Seed, Seed], box: Locked, wrap_secret: bytes, what: Deposit, *, public: bytes) -> Seed:
    """The seed, by the seeds of both custodians in order. `public`: the encryption half that the seed must have.

    Raises `BadSeal` when one of them is not the custodian named, or the box is another's or was changed.
    """
    first, second = both
    outer = locks.unlock(_wrapping_key(wrap_secret), box, what.info("wrap"))
    inner = _hpke.open_with(open_key(first).private, outer, what.info("first"))
    seed = Seed(_hpke.open_with(open_key(second).private, inner, what.info("second")))
    if public_half(seed).public != public:
        raise BadSeal("not the seed of that key")
    return seed


def _wrapping_key(secret: bytes) -> bytes:
    return HKDFExpand(SHA256(), _aead.KEY_BYTES, b"mashangxun/1/escrow").derive(secret)
