"""The tips before and after one, in the view it was opened from: reading on without going back to the list."""

from handlers.desk.standing import Standing
from handlers.services import DeskServices
from storage.neighbours import Place, place_in
from storage.work import View


async def neighbours(services: DeskServices, standing: Standing, view: View) -> Place:
    """Where the tip stands among its team's in `view`."""
    return await services.store.read(lambda tx: place_in(tx, standing.work, view))
