"""The keys of an opened round as the office sees them: signed or not, their fingerprints, and who keeps them too."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import BadSeal
from domain.figures import Sheet
from domain.rounds import Round
from handlers.desk.team.key_holders import fingerprint
from handlers.intake.recipients import check_team
from handlers.office.keys import escrow
from handlers.office.keys.escrow import Kept
from handlers.office.rounds.readiness import Readiness, team_lines
from handlers.services import DeskServices
from storage.desk import counters
from storage.people import keys
from storage.people.keys import Key
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class TeamKey:
    """A team's present key. `signed`: the office vouches for it, as the intake demands before it seals to it."""

    line: Readiness
    generation: int
    fingerprint: str
    signed: bool
    kept: Kept


@dataclass(frozen=True, slots=True)
class Opened:
    """What was made at the opening, and how many tips came after the closing hour."""

    keys: tuple[TeamKey, ...]
    late: int

    @property
    def has_former(self) -> bool:
        """Whether a key is kept by custodians who are others now: a director changes that team's key."""
        return any(one.kept in {Kept.FORMER, Kept.NONE} for one in self.keys)


async def opened(services: DeskServices, round_: Round) -> Opened:
    """Of a round that was opened."""

    def load(tx: Tx) -> Opened:
        today = services.clock().date()
        latest = keys.present_keys(tx, [round_.id])
        made = [(line, latest[line.team.id]) for line in team_lines(tx, round_, today) if line.team.id in latest]
        kept = escrow.kept_of(tx, round_, [(line.team, key) for line, key in made], today)
        found = (
            TeamKey(line, key.generation, fingerprint(key.public), _is_signed(services, key), kept[key.id])
            for line, key in made
        )
        # Not those of today: a count that moves at once tells when somebody wrote.
        late = counters.read_sheet(tx, round_.id, Sheet.LATE, last=today - timedelta(days=1))
        return Opened(tuple(found), sum(late.values()))

    return await services.store.read(load)


def _is_signed(services: DeskServices, key: Key) -> bool:
    try:
        check_team(services.intake, key, services.clock().date())
    except BadSeal:
        return False
    return True
