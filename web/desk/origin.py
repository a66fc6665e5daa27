"""The list that a tip was opened from: kept in its address as the list's own parameters, and nothing else is taken."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from domain.ids import TeamId, TipId
from handlers.desk.listing.neighbours import List
from web.desk.asked import Asked, asked_in

_LONGEST = 400
"""Characters; our own parameters are far shorter."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The list, as its address asked for it."""

    asked: Asked

    @property
    def part(self) -> List:
        return List(self.asked.view, self.asked.narrow)

    @property
    def text(self) -> str:
        """As it stands in `?from=` and in forms; empty for the list that nobody chose."""
        return urlencode({name: value for name, value in self.asked.params.items() if name != "team"})

    def back(self, team_id: TeamId) -> str:
        """The address of the list."""
        return self.asked.link(team=team_id.hex(), view=self.asked.view.value)

    def tip(self, tip_id: TipId) -> str:
        """The address of a tip that is opened from the same list."""
        return f"/desk/tips/{tip_id.hex()}{self.asked.origin}"


def origin_from(text: str) -> Origin:
    """Anything else than parameters of ours is the list that nobody chose."""
    try:
        return Origin(asked_in(dict(parse_qsl(text, max_num_fields=9)) if len(text) <= _LONGEST else {}))
    except (ValueError, web.HTTPNotFound):
        return Origin(asked_in({}))
