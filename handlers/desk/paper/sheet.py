"""呈批笺: one tip on paper, for leaders who sign on paper. Looking at it for print is written down as such."""

from dataclasses import dataclass

from domain.ids import TipId
from handlers.desk.paper.passages import Passage, facts_of, passages_of
from handlers.desk.paper.words import speaker
from handlers.desk.tip.history import LOOKS, Deed
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices

PRINTED, PRINTED_NAMED = "print", "print-named"
_NOT_PRINTED = LOOKS | {"package", "package-named"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`mark` stands across the page: who opened it, and on which day. `history`: what was done, not who looked."""

    tip: OpenTip
    facts: tuple[tuple[str, str], ...]
    said: tuple[Passage, ...]
    history: tuple[Deed, ...]
    mark: str


async def open_sheet(
    services: DeskServices, session: Session, tip_id: TipId, *, with_name: bool = False, lang: str = "zh"
) -> Sheet:
    """Raises what `stand` raises. `with_name`: as for a package."""
    tip, speak = await open_tip(services, session, tip_id), speaker(lang)
    act = PRINTED_NAMED if with_name else PRINTED
    deed = trail.Deed(session.office_id, session.member_id, act, "tip", tip_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    facts = facts_of(tip, speak, with_name=with_name)
    mark = f"{session.name} {services.clock().date().isoformat()}"
    history = tuple(deed for deed in tip.history if deed.act not in _NOT_PRINTED)
    return Sheet(tip, facts, passages_of(tip, speak), history, mark)
