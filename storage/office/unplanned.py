"""A round that never opened, taken out whole: every row that its plan made, and nothing that anybody else holds."""

from sqlalchemy import ColumnElement, Select, delete, exists, select, update

from domain.ids import RoundId
from storage.schema.boxes import attachment, box, holder
from storage.schema.cards import card_batch, card_batch_unit, print_run
from storage.schema.counting import counter, funnel, release
from storage.schema.intake import thread
from storage.schema.office import assignment, canned_reply, milestone, reminder, round_, round_text, team, team_link
from storage.schema.people import invite, key, membership
from storage.schema.tips import sequence, tip
from storage.store import Tx

_Ids = Select[tuple[bytes]]


def is_printed(tx: Tx, round_id: RoundId) -> bool:
    """Whether anything was ever printed of the round's cards."""
    return _any(tx, print_run.c.batch_id.in_(_batches(round_id)))


def is_held(tx: Tx, round_id: RoundId) -> bool:
    """Whether something hangs on the round that no plan makes: a key, a tip, a file, a talk, figures told to all."""
    of_round = (key, tip, box, holder, attachment, release)
    held = [table.c.round_id == round_id for table in of_round]
    held += [key.c.team_id.in_(_teams(round_id)), thread.c.card_batch_id.in_(_batches(round_id))]
    return any(_any(tx, one) for one in held)


def drop_round(tx: Tx, round_id: RoundId) -> None:
    """Takes the round out with its teams, seats, assignments, cards and texts. Places and people stay.

    A link that lets somebody in stays good too: it names no team any more. Of a round that is printed or held the
    foreign keys let nothing go.
    """
    teams, batches = _teams(round_id), _batches(round_id)
    tx.execute(update(invite).where(invite.c.team_id.in_(teams)).values(team_id=None))
    tx.execute(delete(card_batch_unit).where(card_batch_unit.c.batch_id.in_(batches)))
    for table in (membership, canned_reply, team_link):
        tx.execute(delete(table).where(table.c.team_id.in_(teams)))
    for table in (card_batch, assignment, reminder, milestone, round_text, funnel, counter, sequence, team):
        tx.execute(delete(table).where(table.c.round_id == round_id))
    tx.execute(delete(round_).where(round_.c.id == round_id))


def _teams(round_id: RoundId) -> _Ids:
    return select(team.c.id).where(team.c.round_id == round_id)


def _batches(round_id: RoundId) -> _Ids:
    return select(card_batch.c.id).where(card_batch.c.round_id == round_id)


def _any(tx: Tx, where: ColumnElement[bool]) -> bool:
    return bool(tx.execute(select(exists().where(where))).scalar_one())
