"""The cards of one team in numbers. What is revoked or a test is shown and not counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.rounds import Team
from handlers.office.cards.making import Unserved
from handlers.office.cards.view import BatchView


@dataclass(frozen=True, slots=True)
class TeamCards:
    """`batches`: all of the team's, in their order; `unserved`: its places without cards in use."""

    team: Team
    batches: tuple[BatchView, ...]
    unserved: int

    @classmethod
    def of(cls, team: Team, views: Sequence[BatchView], unserved: Sequence[Unserved]) -> "TeamCards":
        own = tuple(view for view in views if view.team.id == team.id)
        return cls(team, own, sum(place.team.id == team.id for place in unserved))

    @property
    def counted(self) -> tuple[BatchView, ...]:
        return tuple(view for view in self.batches if view.batch.in_use)

    @property
    def wanted(self) -> int:
        return sum(view.batch.cards for view in self.counted)

    @property
    def printed(self) -> int:
        return sum(view.printed for view in self.counted)

    @property
    def left(self) -> int:
        return sum(view.left for view in self.counted)
