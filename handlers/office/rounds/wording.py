"""A round's own texts, its notice and its scope: they fit the paper they go on, and nobody saves over a colleague."""

import asyncio
from dataclasses import replace

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import RoundState
from domain.words import clean
from handlers.office.cards import check_scope
from handlers.office.plan import mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG as LANG
from storage.office import rounds
from storage.store import Tx

TEXT_LIMIT = 5000
"""Characters of a round's notice, and of its scope."""


async def set_texts(
    services: DeskServices, session: Session, round_id: RoundId, version: int, *, notice: str, scope: str
) -> None:
    """Rewrites the round's notice and scope.

    Raises `Refused`: UNKNOWN, WRONG_STATE (`round-closed`), BAD_INPUT (`text-too-long`; `texts-empty` for an empty one
    in a round that is open; for a scope that no card holds what the layout says), STALE when the round is no longer at
    `version`.
    """
    bodies = {"notice": clean(notice).strip(), "scope": clean(scope).strip()}
    if any(len(body) > TEXT_LIMIT for body in bodies.values()):
        raise Refused(Reason.BAD_INPUT, "text-too-long")
    if bodies["scope"]:
        await asyncio.to_thread(check_scope, LANG, bodies["scope"])

    def write(tx: Tx) -> None:
        round_ = mine.not_closed(mine.round_of(tx, session, round_id))
        if round_.state is RoundState.OPEN and not all(bodies.values()):
            raise Refused(Reason.BAD_INPUT, "texts-empty")
        rounds.set_settings(tx, replace(round_, version=version))
        for key, body in bodies.items():
            rounds.set_text(tx, round_id, LANG, key, body)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "texts", "round", round_id))

    await services.store.write(write)
