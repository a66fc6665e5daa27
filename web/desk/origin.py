"""The list that a tip was opened from: kept in the address as our own parameters, and reading on stays inside it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from domain.ids import MemberId
from handlers.desk.views import ViewName, view_of
from storage.work import View


@dataclass(frozen=True, slots=True)
class Origin:
    """`text`: the list's parameters as they stand in `?from=`, empty for the list that nobody chose."""

    name: ViewName
    text: str

    def of(self, me: MemberId, today: date) -> View:
        """What the list holds for me on the day `today`."""
        return view_of(self.name, me, today)

    @property
    def query(self) -> str:
        """What the address of a tip carries, with its question mark."""
        return f"?{urlencode({'from': self.text})}" if self.text else ""


def origin_from(text: str) -> Origin:
    """Of what stands in `?from=` only our own parameters are taken; anything else is the list that nobody chose."""
    sent = dict(parse_qsl(text[:400], max_num_fields=20)) if text.count("&") < 20 else {}
    try:
        name = ViewName(sent["view"])
    except (KeyError, ValueError):
        return Origin(ViewName.ALL, "")
    return Origin(name, urlencode({"view": name.value}))
