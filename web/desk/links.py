"""Tips that hang together: the forms by which a member splits one, or notes it as a repeat of another."""

import re

from aiohttp import web

from domain.ids import TipId
from handlers.desk.arriving import splitting
from handlers.desk.arriving.splitting import Split
from handlers.desk.moves import repeating
from handlers.people.sessions import Session
from handlers.services import DeskServices
from web.desk.acts import form
from web.desk.sent import Sent

_PART = re.compile("part-([0-9]{1,6})-([0-9]{1,6})")


def register(app: web.Application) -> None:
    app.router.add_post("/desk/tips/{tip}/split", form("split", _split))
    app.router.add_post("/desk/tips/{tip}/repeat", form("repeat", _repeat))


async def _split(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    """Ends on the new tip's page."""
    wish = Split(sent.version, _parts(sent), sent["gist"], sent["kind"], sent["unit"])
    part = await splitting.split(services, session, tip_id, wish)
    raise web.HTTPSeeOther(f"/desk/tips/{part.hex()}")


async def _repeat(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    """A pressed hint names the other tip; else the number that was typed does."""
    if sent["undo"]:
        await repeating.take_back(services, session, tip_id, sent.version)
    else:
        await repeating.repeat(services, session, tip_id, sent.version, sent["hint"] or sent["number"])


def _parts(sent: Sent) -> frozenset[tuple[int, int]]:
    """The boxes that were ticked: each is named by its letter and its place in it."""
    ticked = (_PART.fullmatch(name) for name in sent.fields)
    return frozenset((int(one[1]), int(one[2])) for one in ticked if one)
