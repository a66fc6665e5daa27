"""The form that passes a tip on to another team. It ends on the queue: whoever sent it opens the tip no more."""

from aiohttp import web

from domain.ids import TeamId, TipId
from domain.tips import Action
from handlers.desk.moves import transferring
from handlers.people.sessions import Session
from handlers.services import DeskServices
from web.desk.acts import form, path_of
from web.desk.sent import Sent
from web.ids import id_of


def register(app: web.Application) -> None:
    name = path_of(Action.TRANSFER)
    app.router.add_post(f"/desk/tips/{{tip}}/{name}", form(name, _transfer))


async def _transfer(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    chosen = TeamId(id_of(sent["team"]) if sent["team"] else b"")
    left = await transferring.transfer(services, session, tip_id, sent.version, chosen, words=sent["text"])
    raise web.HTTPSeeOther(f"/desk?team={left.hex()}")
