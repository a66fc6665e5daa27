"""日报, 周报, or any days: who may ask, which rounds are compared, and what the report says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.errors import Refused
from domain.ids import RoundId
from domain.rounds import Round, RoundState
from handlers.office import rounds
from handlers.office.figures.sheets import Sheets
from handlers.office.reporting.period import Period, Span, chosen_period, offered
from handlers.office.reporting.report import make_report
from handlers.office.reporting.words import in_words
from handlers.people.sessions import Session
from handlers.services import DeskServices
from reports.digest import Digest
from storage.office import offices
from storage.people import audit
from storage.store import Tx
from storage.watch import watching

Counted = Callable[[RoundId], Awaitable[Sheets]]
"""A round's figures as the board has them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: two days in ISO, or nothing."""

    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """`refused`: why what was asked could not be; there is no report then. `offered`: what can be had at one tap."""

    sheets: Sheets
    offered: dict[Span, Period]
    period: Period | None = None
    digest: Digest | None = None
    refused: Refused | None = None


async def make(
    services: DeskServices, session: Session, counted: Counted, round_id: RoundId, asked: Asked, *, lang: str
) -> Made:
    """The report on the days that were asked for. Raises `Refused(UNKNOWN)` for a round of another office."""
    round_ = await rounds.get_round(services, session, round_id)
    sheets = await counted(round_.id)
    try:
        period = chosen_period(sheets, asked.first, asked.last)
    except Refused as refused:
        return Made(sheets, offered(sheets), refused=refused)
    former = _before(round_, await rounds.list_rounds(services, session))
    report = make_report(sheets, period, await counted(former.id) if former else None)

    midnight = services.clock().replace(hour=0, minute=0, second=0, microsecond=0)

    def load(tx: Tx) -> tuple[str, bytes | None]:
        # Not the head of now: it moves whenever anybody opens a tip, also one that the recusal queue holds.
        n = watching.last_line_before(tx, session.office_id, midnight)
        head = audit.list_lines(tx, session.office_id, n - 1, 1)[0].mac if n else None
        return offices.get_office(tx, session.office_id).name, head

    office, head = await services.store.read(load)
    return Made(sheets, offered(sheets), period, in_words(report, office, head, lang))


def _before(round_: Round, known: list[Round]) -> Round | None:
    """The last round that opened before this one."""
    earlier = [one for one in known if one.opens_at < round_.opens_at and one.state is not RoundState.PLANNED]
    return max(earlier, key=lambda one: one.opens_at, default=None)
