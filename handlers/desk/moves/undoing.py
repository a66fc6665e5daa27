"""Taking back who handles many tips. What stood before is in the form itself, locked to the session and the time."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import BadSeal, CannotStore, Reason, Refused
from domain.ids import Locked, MemberId, TipId
from handlers.desk.locking.standing import check_holders, stand_seen
from handlers.desk.moves.acting import at_version
from handlers.desk.moves.assigning import check_reader
from handlers.desk.moves.bulk import UNDOABLE, Order, Outcome, Pick
from handlers.desk.moves.step import note_deed
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.store import Tx
from vault.context import canonical
from vault.lock import lock, unlock

WITHIN = timedelta(minutes=5)
UNDO = "undo"
"""What the audit calls it."""

_Row = tuple[str, int, str | None, str | None]
"""A tip, the version that the move left it at, and who handled it before, until when."""


def undo_token(services: DeskServices, session: Session, order: Order, done: Sequence[Outcome]) -> str:
    """What brings back the handlers there were before `done`, as hex; empty where nothing can be taken back."""
    rows = [_row(one) for one in done if one.problem is None]
    if order.action not in UNDOABLE or not rows:
        return ""
    plain = json.dumps({"at": services.clock().isoformat(), "tips": rows}).encode()
    return lock(_key(session), plain, _aad(session)).hex()


async def undo(services: DeskServices, session: Session, token: str) -> list[Outcome]:
    """Each tip back to its handler, unless somebody touched it since.

    Raises `Refused(BAD_INPUT, "bulk-undo")` for what this session was not given, and `"bulk-undo-late"`.
    """
    try:
        said = json.loads(unlock(_key(session), Locked(bytes.fromhex(token)), _aad(session)))
    except (BadSeal, ValueError):
        raise Refused(Reason.BAD_INPUT, "bulk-undo") from None
    if services.clock() - datetime.fromisoformat(said["at"]) > WITHIN:
        raise Refused(Reason.BAD_INPUT, "bulk-undo-late")
    return [await _back(services, session, row) for row in said["tips"]]


async def _back(services: DeskServices, session: Session, row: _Row) -> Outcome:
    tip_hex, version, handler, until = row
    pick = Pick(TipId(bytes.fromhex(tip_hex)), version)
    member_id = MemberId(bytes.fromhex(handler)) if handler else None
    try:
        standing = await stand_seen(services, session, pick.tip_id)
        now = at_version(standing, version)
        if member_id is not None:
            await check_reader(services, standing, member_id)
        ends = datetime.fromisoformat(until) if until else None

        def store(tx: Tx) -> None:
            check_holders(tx, standing)
            work.update_work(tx, replace(now, assignee_id=member_id, claim_until=ends))
            note_deed(tx, services, standing, session.member_id, UNDO)

        await services.store.write(store)
    except (Refused, CannotStore) as problem:
        return Outcome(pick, None, problem)
    return Outcome(pick, now, None)


def _row(one: Outcome) -> _Row:
    handler = one.before.assignee_id.hex() if one.before and one.before.assignee_id else None
    until = one.before.claim_until.isoformat() if one.before and one.before.claim_until else None
    return one.pick.tip_id.hex(), one.pick.version + 1, handler, until


def _key(session: Session) -> bytes:
    """A key that only this member's own requests can make."""
    return hmac.digest(session.seed, b"mashangxun/1/undo", "sha256")


def _aad(session: Session) -> bytes:
    return canonical(kind=UNDO, member=session.member_id, session=session.token_hash)
