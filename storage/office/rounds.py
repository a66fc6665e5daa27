"""Rounds and their texts. Instants come out in the office's own time zone."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, insert, select, update

from domain.clocks import Stage
from domain.errors import Reason, Refused
from domain.ids import OfficeId, RoundId
from domain.rounds import CLAIM_HOURS, DAYS, CrossRegion, Round, RoundState
from storage.rows import insert_or_replace, update_one
from storage.schema.office import office, round_, round_text
from storage.store import Tx


def insert_round(tx: Tx, row: Round) -> None:
    """Raises `Conflict` when the office has a round of that term, ordinal and phase."""
    tx.execute(
        insert(round_).values(
            id=row.id,
            office_id=row.office_id,
            term=row.term,
            ordinal=row.ordinal,
            phase=row.phase,
            intake_opens_at=row.opens_at,
            intake_closes_at=row.closes_at,
            state=row.state,
            settings=_settings(row),
            retention_days=row.retention_days,
            version=row.version,
        )
    )


def get_round(tx: Tx, round_id: RoundId) -> Round:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(_rounds().where(round_.c.id == round_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _round(row)


def list_rounds(tx: Tx, office_id: OfficeId) -> list[Round]:
    """All rounds of an office, the latest first."""
    newest = _rounds().where(round_.c.office_id == office_id).order_by(round_.c.intake_opens_at.desc(), round_.c.id)
    return [_round(row) for row in tx.execute(newest)]


def active_rounds(tx: Tx, office_id: OfficeId, now: datetime) -> list[Round]:
    """The rounds that take tips at `now` (aware), the one that closes first in front."""
    window = (
        _rounds()
        .where(round_.c.office_id == office_id, round_.c.state == RoundState.OPEN)
        .where(round_.c.intake_opens_at <= now, round_.c.intake_closes_at > now)
        .order_by(round_.c.intake_closes_at, round_.c.id)
    )
    return [_round(row) for row in tx.execute(window)]


def set_round_state(tx: Tx, round_id: RoundId, state: RoundState, before: int) -> None:
    """Raises `Refused(STALE)` when the round is no longer at version `before`."""
    same = (round_.c.id == round_id) & (round_.c.version == before)
    update_one(tx, update(round_).where(same).values(state=state, version=before + 1))


def close_round(tx: Tx, row: Round, at: datetime) -> None:
    """Closed since `at` (aware). Raises `Refused(STALE)` when the round is no longer at `row.version`."""
    same = (round_.c.id == row.id) & (round_.c.version == row.version)
    settings = _settings(replace(row, closed_at=at))
    values = {"state": RoundState.CLOSED, "settings": settings, "version": row.version + 1}
    update_one(tx, update(round_).where(same).values(**values))


def set_settings(tx: Tx, row: Round) -> None:
    """Writes the days of every stage, the hours of a claim, and the rules of the plan.

    Raises `Refused(STALE)` past `row.version`.
    """
    same = (round_.c.id == row.id) & (round_.c.version == row.version)
    update_one(tx, update(round_).where(same).values(settings=_settings(row), version=row.version + 1))


def set_frame(tx: Tx, row: Round) -> None:
    """Writes term, ordinal, phase and window. Raises `Refused(STALE)` past `row.version`, `Conflict` for a number
    that another round has."""
    same = (round_.c.id == row.id) & (round_.c.version == row.version)
    values = {"intake_opens_at": row.opens_at, "intake_closes_at": row.closes_at, "version": row.version + 1}
    numbers = {"term": row.term, "ordinal": row.ordinal, "phase": row.phase}
    update_one(tx, update(round_).where(same).values(**values, **numbers))


def set_text(tx: Tx, round_id: RoundId, lang: str, key: str, body: str) -> None:
    """Writes one of the round's own texts (notice, acceptance scope …), replacing an older one."""
    insert_or_replace(tx, round_text, round_id=round_id, lang=lang, key=key, body=body)


def get_text(tx: Tx, round_id: RoundId, lang: str, key: str) -> str | None:
    where = (round_text.c.round_id == round_id) & (round_text.c.lang == lang) & (round_text.c.key == key)
    return tx.execute(select(round_text.c.body).where(where)).scalar_one_or_none()


def _rounds() -> Select[Any]:
    return select(round_, office.c.tz).join(office, office.c.id == round_.c.office_id)


def _round(row: Row[Any]) -> Round:
    zone, closed_at = ZoneInfo(row.tz), row.settings.get("closed_at")
    return Round(
        id=RoundId(row.id),
        office_id=OfficeId(row.office_id),
        term=row.term,
        ordinal=row.ordinal,
        phase=row.phase,
        opens_at=row.intake_opens_at.astimezone(zone),
        closes_at=row.intake_closes_at.astimezone(zone),
        state=RoundState(row.state),
        accept_days=row.settings["accept_days"],
        retention_days=row.retention_days,
        version=row.version,
        later_days={**DAYS, **{Stage(name): n for name, n in row.settings.get("later_days", {}).items()}},
        claim_hours=row.settings.get("claim_hours", CLAIM_HOURS),
        cross_region=CrossRegion(row.settings.get("cross_region", CrossRegion.REFUSE)),
        escrow_waived=row.settings.get("escrow_waived", ""),
        closed_at=datetime.fromisoformat(closed_at).astimezone(zone) if closed_at else None,
    )


def _settings(row: Round) -> dict[str, object]:
    later = {stage.value: n for stage, n in row.later_days.items() if stage is not Stage.ACCEPT}
    return {
        "accept_days": row.accept_days,
        "later_days": later,
        "claim_hours": row.claim_hours,
        "cross_region": row.cross_region,
        "escrow_waived": row.escrow_waived,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }
