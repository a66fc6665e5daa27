"""重复件: a tip is noted as a repeat of another of the same team; both stay, and chains lead to the first at once."""

import unicodedata
from dataclasses import replace

from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.rounds import Team
from domain.tips import Action, TipWork
from handlers.desk.labels import number_label
from handlers.desk.locking.standing import Standing
from handlers.desk.moves.acting import Wish, begin
from handlers.desk.moves.step import enter
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import relations, work
from storage.store import Tx

TAKEN_BACK = "taken-back"
"""The reason of the event that ends a link."""
_DIGITS = 9  # a database's integer ends at 2147483647


async def repeat(services: DeskServices, session: Session, tip_id: TipId, version: int, number: str) -> None:
    """Notes the tip as a repeat of the one with that number, as people write it: 3-0012, or 12.

    Raises what `begin` raises, and `Refused(BAD_INPUT)`: `repeat-number`, `repeat-itself`, `repeat-circle`.
    """
    standing, step = await begin(services, session, tip_id, Wish(Action.REPEAT, version))
    before = standing.work

    def store(tx: Tx) -> None:
        first = _first(tx, standing, number)
        relations.move_repeats(tx, before.round_id, before.team_id, tip_id, first)
        enter(tx, services, standing, replace(before, repeat_of=first), step)

    await services.store.write(store)


async def take_back(services: DeskServices, session: Session, tip_id: TipId, version: int) -> None:
    """Ends the link. Raises what `begin` raises, and `Refused(WRONG_STATE, "not-a-repeat")`."""
    standing, step = await begin(services, session, tip_id, Wish(Action.REPEAT, version))
    if standing.work.repeat_of is None:
        raise Refused(Reason.WRONG_STATE, "not-a-repeat")
    alone, ended = replace(standing.work, repeat_of=None), replace(step, reason=TAKEN_BACK)
    await services.store.write(lambda tx: enter(tx, services, standing, alone, ended))


def _first(tx: Tx, standing: Standing, typed: str) -> TipId:
    """The tip that is meant, or the one of this team that it repeats itself."""
    tip, team = standing.tip, standing.team
    number = _number(team, typed)
    meant = None if number is None else relations.tip_numbered(tx, tip.round_id, team.id, number)
    if meant is None:
        raise Refused(Reason.BAD_INPUT, "repeat-number")
    if meant == tip.id:
        raise Refused(Reason.BAD_INPUT, "repeat-itself")
    chain = _chain(tx, work.get_work(tx, tip.round_id, meant))
    if tip.id in {row.tip_id for row in chain}:
        raise Refused(Reason.BAD_INPUT, "repeat-circle")
    return [row.tip_id for row in chain if row.team_id == team.id][-1]


def _chain(tx: Tx, row: TipWork) -> list[TipWork]:
    """The tip and those it leads to, each once: one more at most, unless some were passed on to another team."""
    chain = {row.tip_id: row}
    while row.repeat_of is not None and row.repeat_of not in chain:
        row = work.get_work(tx, row.round_id, row.repeat_of)
        chain[row.tip_id] = row
    return list(chain.values())


def _number(team: Team, typed: str) -> int | None:
    """`12`, `0012`, `3-0012`, `3 组-0012`; None for anything else, a number of another team too."""
    text = unicodedata.normalize("NFKC", typed[:40]).replace("组", "").replace(" ", "").upper()
    before, dash, digits = text.rpartition("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
        return None
    ours = number_label(team, int(digits)).partition("-")[0]
    return int(digits) if not dash or before == ours else None
