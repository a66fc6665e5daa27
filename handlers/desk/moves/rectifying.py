"""立行立改: proposed by a handler, approved and numbered by the leader, reported back by the unit."""

from dataclasses import replace

from domain.errors import Reason, Refused
from domain.tips import Action
from handlers.desk.locking.standing import Standing
from handlers.desk.moves.step import Step
from storage.desk import rectifications, work
from storage.desk.rectifications import Rectification
from storage.store import Tx

_SCOPE = "rectification"


def proposal(tx: Tx, standing: Standing) -> Rectification:
    """What waits for approval. Raises `Refused(WRONG_STATE, "no-proposal")` when nothing was proposed."""
    found = rectifications.get_rectification(tx, standing.tip.round_id, standing.tip.id)
    if found is None or found.number is not None:
        raise Refused(Reason.WRONG_STATE, "no-proposal")
    return found


def follow(tx: Tx, standing: Standing, step: Step) -> None:
    """Keeps the notice in step with the tip's move; other moves leave it alone."""
    round_id, tip_id, on = standing.tip.round_id, standing.tip.id, step.at.date()
    if step.member_id is None:
        return  # the reporter's doings are no notice's
    match step.action:
        case Action.PROPOSE_NOTICE:
            made = Rectification(step.member_id, on, step.box_seq or 0)
        case Action.NOTICE:
            number = work.next_number(tx, round_id, _SCOPE)
            made = replace(proposal(tx, standing), number=number, approved_by=step.member_id, approved_on=on)
        case Action.REPORT_BACK:
            issued = rectifications.get_rectification(tx, round_id, tip_id)
            if issued is None:
                return
            made = replace(issued, reported_on=on)
        case _:
            return
    rectifications.save_rectification(tx, round_id, tip_id, made)
