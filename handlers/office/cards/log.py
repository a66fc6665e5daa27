"""What was printed when, by whom, how much, on which paper: the office's own record of a round's cards."""

from dataclasses import dataclass
from datetime import date

from domain.ids import OfficeId, RoundId
from handlers.office.cards.view import BatchView, views_in
from handlers.services import DeskServices
from storage.office import printing, rounds
from storage.people import members
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing. `what`: cards, poster or page; `by`: a name, empty for the command line."""

    on: date
    what: str
    cards: int
    by: str
    view: BatchView


async def print_log(services: DeskServices, office_id: OfficeId, round_id: RoundId, lang: str) -> list[Printing]:
    """The latest day first; of another office nothing."""

    def load(tx: Tx) -> list[Printing]:
        if rounds.get_round(tx, round_id).office_id != office_id:
            return []
        names = {member.id: member.name for member in members.list_members(tx, office_id)}
        views = {view.batch.id: view for view in views_in(tx, round_id, lang)}
        return [
            Printing(run.on, run.what, run.cards, names.get(run.by, "") if run.by else "", views[run.batch_id])
            for run in printing.list_print_runs(tx, round_id)
        ]

    return await services.store.read(load)
