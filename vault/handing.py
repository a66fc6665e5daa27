"""A team's word that it gave a tip to another: signed steps from the team that a tip came to, to the present one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.errors import BadSeal
from vault.context import canonical
from vault.keys import Seed, sign, verify


@dataclass(frozen=True, slots=True)
class Handing:
    """The `n`-th step of a tip, counted from 1, on a day."""

    round_id: bytes
    tip_id: bytes
    n: int
    from_team_id: bytes
    to_team_id: bytes
    on: date

    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical(
            kind="transfer",
            round=self.round_id,
            tip=self.tip_id,
            n=self.n,
            to=self.to_team_id,
            on=self.on.isoformat(),
            **{"from": self.from_team_id},
        )


def sign_handing(team_seed: Seed, handing: Handing) -> bytes:
    """The giving team's signature."""
    return sign(team_seed, handing.message())


def check_handing(team_verify: Iterable[bytes], handing: Handing, signature: bytes) -> None:
    """Raises `BadSeal` unless one of the giving team's verify keys made `signature` over this very step."""
    for one in team_verify:
        try:
            return verify(one, handing.message(), signature)
        except BadSeal:
            continue
    raise BadSeal("the giving team did not sign this step")
