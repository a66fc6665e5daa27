"""The layout of the teams' ledgers: the house's own, or one that the office brought. It holds looks, never a tip."""

import asyncio

from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from reports.foreign import in_turn
from reports.ledger_template import checked_template, default_template
from storage.office import templates
from storage.office.templates import TemplateKind
from storage.store import Tx


async def own_template(services: DeskServices, session: Session) -> bytes | None:
    """The office's own layout as an xlsx file; None while it uses the house's."""
    return await services.store.read(lambda tx: templates.get_template(tx, session.office_id, TemplateKind.LEDGER))


async def present_template(services: DeskServices, session: Session) -> bytes:
    """The layout in use, with every column: what somebody who wants another begins with."""
    own = await own_template(services, session)
    return own if own is not None else await asyncio.to_thread(default_template, named=True)


async def put_template(services: DeskServices, session: Session, data: bytes) -> None:
    """Takes an xlsx file as the office's layout. Raises `TemplateWrong`; then nothing has changed."""
    body = await in_turn(checked_template, data)
    today = services.clock().date()

    def store(tx: Tx) -> None:
        templates.save_template(tx, session.office_id, TemplateKind.LEDGER, body, today)
        _note(tx, services, session, "template-put")

    await services.store.write(store)


async def drop_template(services: DeskServices, session: Session) -> None:
    """Back to the house's layout."""

    def store(tx: Tx) -> None:
        templates.drop_template(tx, session.office_id, TemplateKind.LEDGER)
        _note(tx, services, session, "template-drop")

    await services.store.write(store)


def _note(tx: Tx, services: DeskServices, session: Session, act: str) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "office", session.office_id))
