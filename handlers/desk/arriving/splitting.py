"""拆出一件: parts of the reporter's letters become a tip of their own in the same team, under the same lock."""

import secrets
from dataclasses import dataclass, replace

from domain.errors import Reason, Refused
from domain.ids import TipId, new_id
from domain.rounds import Unit
from domain.tips import Action, Kind, Lane, State, Tip
from domain.words import clean
from handlers.conversation.talk import Part
from handlers.desk.arriving.entering import units_of
from handlers.desk.arriving.fold import fold_tip
from handlers.desk.labels import full_name
from handlers.desk.locking.same_lock import same_lock
from handlers.desk.locking.standing import Standing
from handlers.desk.moves.acting import Wish, begin, checked_letter
from handlers.desk.moves.step import Step, enter, event_of, note_deed
from handlers.desk.tip.reading import thread_of
from handlers.founding import new_tip
from handlers.letters import Letter
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.intake import tips
from storage.office import units
from storage.store import Tx

LONGEST_GIST = 40
SPLIT_OFF = "split-off"
"""The reason of the event by which the new tip begins."""


@dataclass(frozen=True, slots=True)
class Split:
    """What a member splits off the tip they saw at `version`; the rest as it came from a form.

    `parts`: the number of a letter, and of a message in it. `unit`: 石桥村 or 苇庄镇石桥村; empty: not known.
    """

    version: int
    parts: frozenset[tuple[int, int]]
    gist: str
    kind: str
    unit: str


async def split(services: DeskServices, session: Session, tip_id: TipId, wish: Split) -> TipId:
    """Makes the new tip, which only they can open who can open this one now. The reporter is told nothing by it.

    Raises what `begin` raises, and `Refused(BAD_INPUT)`: `split-parts`, `split-gist`, `split-kind`, `split-unit`.
    """
    standing, step = await begin(services, session, tip_id, Wish(Action.SPLIT, wish.version))
    tip, letter = await _taken_out(services, standing, wish)
    holders, lock = await same_lock(services, session, standing, tip)
    founded = [lock, *new_tip(tip, letter, _gist(wish), holders)]

    def store(tx: Tx) -> None:
        for write in founded:
            write(tx)
        _begin(tx, services, standing, tip, step)
        enter(tx, services, standing, standing.work, step)

    await services.store.write(store)
    services.nudge()
    return tip.id


def _begin(tx: Tx, services: DeskServices, standing: Standing, tip: Tip, step: Step) -> None:
    """The new tip's number, its clock, which runs from today, and the first line of its history."""
    first = standing.work.split_from or standing.tip.id
    fold_tip(tx, services, tip, since=step.at.date(), split_from=first)
    row = work.get_work(tx, tip.round_id, tip.id)
    tips.insert_event(tx, event_of(tx, row, replace(step, state=State.RECEIVED, reason=SPLIT_OFF)))
    if step.member_id is not None:
        note_deed(tx, services, replace(standing, tip=tip), step.member_id, Action.SPLIT)


async def _taken_out(services: DeskServices, standing: Standing, wish: Split) -> tuple[Tip, Letter]:
    """The new tip and its letter. The files' keys stand in the letter; what names the files stays with the old tip."""
    _gist(wish)
    if wish.kind not in set(Kind):
        raise Refused(Reason.BAD_INPUT, "split-kind")
    first = await checked_letter(services, standing)
    chosen, minute = await services.store.read(lambda tx: _chosen(tx, standing, wish))
    unit = await services.store.read(lambda tx: _unit(tx, standing, wish.unit))
    place, said = (unit.name, "") if unit else ("", first.place_text)
    letter = replace(first, parts=chosen, minute=minute, place=place, place_text=said)
    tip = replace(
        standing.tip,
        id=TipId(new_id()),
        first_team_id=standing.team.id,
        unit_id=unit.id if unit else None,
        kind=Kind(wish.kind),
        lane=Lane.MAIN,
        receipt_tag=secrets.token_bytes(len(standing.tip.receipt_tag)),  # no code opens it
    )
    return tip, letter


def _chosen(tx: Tx, standing: Standing, wish: Split) -> tuple[tuple[Part, ...], str]:
    """The chosen messages, numbered anew, and the minute of the first. Raises `Refused` without any."""
    letters = [(said.seq, said.value) for said in thread_of(tx, standing) if isinstance(said.value, Letter)]
    found = [(letter, part) for seq, letter in letters for part in letter.parts if (seq, part.seq) in wish.parts]
    if not found:
        raise Refused(Reason.BAD_INPUT, "split-parts")
    parts = tuple(replace(part, seq=n) for n, (_, part) in enumerate(found, start=1))
    return parts, found[0][0].minute


def _gist(wish: Split) -> str:
    line = " ".join(clean(wish.gist).split())
    if not 0 < len(line) <= LONGEST_GIST:
        raise Refused(Reason.BAD_INPUT, "split-gist")
    return line


def _unit(tx: Tx, standing: Standing, typed: str) -> Unit | None:
    """The one unit that is meant, of the team's or the old tip's own. Raises `Refused` for none or for several."""
    name = "".join(clean(typed).split())
    if not name:
        return None
    own = standing.tip.unit_id
    known = {one.id: one for one in units_of(tx, standing.round, standing.team)}
    if own is not None:
        known[own] = units.get_unit(tx, own)
    found = [one for one in known.values() if name in {one.name, full_name(one)}]
    if len(found) != 1:
        raise Refused(Reason.BAD_INPUT, "split-unit")
    return found[0]
