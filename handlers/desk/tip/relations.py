"""What hangs from a tip: the tips that repeat it, the parts that were split off it, and who typed it in."""

from dataclasses import dataclass

from domain.ids import RoundId, TipId
from domain.tips import MOVES, Action
from handlers.desk.labels import number_label
from handlers.desk.locking.standing import Standing
from handlers.people.sessions import Session
from storage.desk import relations, work
from storage.office import teams
from storage.people import members
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Hanging:
    """Another tip. `mine`: it stands in a team of mine, so that I may follow the link."""

    tip_id: TipId
    label: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """`entered_by`: the name of the member who typed the tip in; empty when the reporter told it.

    `may_unlink`: it is noted as a repeat, and that can be taken back.
    """

    repeats: tuple[Hanging, ...]
    parts: tuple[Hanging, ...]
    entered_by: str
    may_unlink: bool


def relations_of(tx: Tx, session: Session, standing: Standing) -> Relations:
    """By number."""
    tip = standing.tip
    repeats, parts = relations.list_repeats(tx, tip.round_id, tip.id), relations.list_parts(tx, tip.round_id, tip.id)
    return Relations(
        tuple(hanging(tx, session, tip.round_id, one) for one in repeats),
        tuple(hanging(tx, session, tip.round_id, one) for one in parts),
        members.get_member(tx, tip.entered_by).name if tip.entered_by else "",
        standing.work.repeat_of is not None and (standing.work.state, Action.REPEAT) in MOVES,
    )


def hanging(tx: Tx, session: Session, round_id: RoundId, tip_id: TipId) -> Hanging:
    """That tip of the round, as another one names it."""
    row = work.get_work(tx, round_id, tip_id)
    return Hanging(tip_id, number_label(teams.get_team(tx, row.team_id), row.number), row.team_id in session.teams)
