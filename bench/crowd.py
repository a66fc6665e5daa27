"""Rows of very many tips, as a round of years would leave them: what the office's board stands on, and nothing sealed.

    async def crowd(house: House, n: int, *, seed: int = 1) -> None

The newest round gets `n` tips in its three teams over `DAYS` days, in every state, with units, kinds, channels, card
batches, dates and deadlines; then its figures are counted. No boxes, clocks, events or audit: no board reads them.
"""

import random
import secrets
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from bot.app import House
from domain.clocks import Stage
from domain.errors import CannotStore
from domain.rounds import Round, TeamKind
from domain.tips import Channel, Kind, Lane, State
from handlers.intake.admission import latest_round
from storage.desk.counters import count_anew
from storage.office import cards, teams, units
from storage.schema.tips import tip, tip_work
from storage.store import Tx

DAYS, CHUNK = 40, 10_000
_DONE = frozenset({State.RESOLVED, State.CLEARED})
_ENDED = frozenset({State.CLEARED, State.DECLINED, State.REFERRED, State.WITHDRAWN})
_NEVER = frozenset({State.RECEIVED, State.DECLINED, State.WITHDRAWN})
_Rows = list[dict[str, Any]]


async def crowd(house: House, n: int, *, seed: int = 1) -> None:
    """Inserts them and counts them once. Raises `CannotStore`."""
    if house.intake is None:
        raise CannotStore("the intake's half is needed")
    today, clock = house.intake.clock().date(), house.intake.clock
    frame = await house.store.read(lambda tx: _frame(tx, latest_round(tx, clock())))
    dice = random.Random(seed)
    for of_tip, of_work in _chunks(dice, frame, n, today):
        await house.store.write(lambda tx, a=of_tip, b=of_work: _insert(tx, a, b))  # type: ignore[misc]  # defaults bind them
    await house.store.write(lambda tx: count_anew(tx, frame["round_id"]))


def _frame(tx: Tx, round_: Round) -> dict[str, Any]:
    """What tips are spread over."""
    return {
        "round_id": round_.id,
        "office_id": round_.office_id,
        "teams": [one.id for one in teams.list_teams(tx, round_.id) if one.kind is TeamKind.TEAM],
        "units": [one.id for one in units.list_units(tx, round_.office_id)],
        "batches": [one.id for one in cards.list_batches(tx, round_.id)],
    }


def _chunks(dice: random.Random, frame: Mapping[str, Any], n: int, today: date) -> Iterator[tuple[_Rows, _Rows]]:
    for first in range(0, n, CHUNK):
        made = [_row(dice, frame, number, n, today) for number in range(first, min(n, first + CHUNK))]
        yield [of_tip for of_tip, _ in made], [of_work for _, of_work in made]


def _row(
    dice: random.Random, frame: Mapping[str, Any], number: int, n: int, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    received, tip_id = today - timedelta(days=DAYS * (n - number) // n), dice.randbytes(16)
    team_id = dice.choice(frame["teams"])
    kind, channel = dice.choice(list(Kind)), dice.choice(list(Channel))
    copied = {"unit_id": dice.choice(frame["units"]), "kind": kind, "channel": channel}
    of_tip = {
        "round_id": frame["round_id"], "id": tip_id, "office_id": frame["office_id"], "first_team_id": team_id,
        "card_batch_id": dice.choice(frame["batches"]), "lane": Lane.MAIN, "late": False, "received_on": received,
        "receipt_tag": secrets.token_bytes(32), "reply_public": b"", **copied,
    }  # fmt: skip
    of_work = {"round_id": frame["round_id"], "tip_id": tip_id, "team_id": team_id, "number": number + 1, **copied}
    return of_tip, {**of_work, **_worked(dice, received, today)}


def _worked(dice: random.Random, received: date, today: date) -> dict[str, Any]:
    """State, dates and deadline of a tip that came in on that day."""
    state = dice.choice(list(State))
    days = [min(today, received + timedelta(days=n)) for n in sorted(dice.choices(range(15), k=4))]
    due = date.max if state in _ENDED else received + timedelta(days=dice.randrange(5, 40))
    return {
        "state": state,
        "next_due_on": due,
        "next_stage": "" if due == date.max else dice.choice(list(Stage)),
        "accepted_on": None if state in _NEVER else days[1],
        "first_reply_on": None if state is State.RECEIVED else days[0],
        "resolved_on": days[2] if state in _DONE else None,
        "cleared_on": days[3] if state is State.CLEARED else None,
        "version": 1,
        "changed": 1,
    }


def _insert(tx: Tx, of_tip: _Rows, of_work: _Rows) -> None:
    tx.execute(insert(tip), of_tip)
    tx.execute(insert(tip_work), of_work)
