"""Invented tips by the thousand, sealed for real and folded, straight into the storage of a laid county.

    async def fill(house: House, team_ordinal: int, n: int, *, seed: int = 1) -> list[TipId]

`house` has both halves (`bot.app.open_house`; `world.house` in tests). The newest round's team `team_ordinal` gets `n`
tips: header and letter sealed to the team's key (~200 characters; every third by real name), numbers that follow those
there, states, clocks, milestones and assignees as if they had been worked for some weeks. No events, files or audit.
"""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.words import invent, person
from bot.app import House
from domain import clocks as stages
from domain.errors import CannotStore
from domain.ids import KeyId, MemberId, TipId, new_id
from domain.rounds import Round, Team, TeamKind, Unit
from domain.tips import Action, Channel, Kind, Lane, State, Tip, TipWork, move
from domain.words import gist
from handlers import letters
from handlers.conversation.talk import Identity, Part, PartKind
from handlers.intake import recipients
from handlers.intake.admission import latest_round
from handlers.intake.recipients import Trusted
from handlers.letters import Letter
from handlers.sealing import box_context
from handlers.services import DeskServices, IntakeServices
from storage.desk import clocks, work
from storage.desk.work import Milestones
from storage.intake import boxes, tips
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.office import teams, units
from storage.people import members
from storage.store import Tx
from vault.keys import PublicHalf, new_seed, public_half, reporter_hash
from vault.seal import Box, write

DAYS = 40
"""Tips came in over the last so many days."""

_STORIES: Sequence[tuple[Action, ...]] = (
    *[()] * 4,
    *[(Action.ACCEPT,)] * 2,
    (Action.ACCEPT, Action.ASK),
    (Action.ACCEPT, Action.VERIFY),
    (Action.ACCEPT, Action.VERIFY, Action.RESOLVE),
    (Action.ACCEPT, Action.VERIFY, Action.RESOLVE, Action.CLEAR),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the tips go, and who works on them."""

    round: Round
    team: Team
    units: list[Unit]
    member_ids: list[MemberId]
    key: Trusted


@dataclass(frozen=True, slots=True)
class _Made:
    """A tip with its sealed header and letter, and what was done to it."""

    tip: Tip
    boxes: tuple[tuple[BoxKind, Box], ...]
    story: tuple[Action, ...]
    assignee_id: MemberId | None


async def fill(house: House, team_ordinal: int, n: int, *, seed: int = 1) -> list[TipId]:
    """The new tips' ids in the order of their numbers. About two milliseconds each. Raises `CannotStore`."""
    if house.intake is None or house.desk is None:
        raise CannotStore("both halves are needed")
    place, desk, dice = await _place(house.intake, team_ordinal), house.desk, random.Random(seed)
    made = [_make(house.intake, place, dice, age=DAYS * (n - i) // n) for i in range(n)]

    def store(tx: Tx) -> None:
        for one in made:
            _store(tx, desk, place, one)

    await house.store.write(store)
    return [one.tip.id for one in made]


async def _place(intake: IntakeServices, team_ordinal: int) -> _Place:
    today = intake.clock().date()

    def load(tx: Tx) -> tuple[Round, Team, list[Unit], list[MemberId]]:
        round_ = latest_round(tx, intake.clock(), among=intake.secrets.peppers())
        listed = [one for one in teams.list_teams(tx, round_.id) if one.kind is TeamKind.TEAM]
        team = next(one for one in listed if one.ordinal == team_ordinal)
        people = [one.id for one, _ in members.members_of_team(tx, team.id, today)]
        return round_, team, units.list_units(tx, round_.office_id), people

    round_, team, places, people = await intake.store.read(load)
    return _Place(round_, team, places, people, await recipients.team_key(intake, round_.id, team.id))


def _make(intake: IntakeServices, place: _Place, dice: random.Random, *, age: int) -> _Made:
    then, reply, unit = intake.clock() - timedelta(days=age), public_half(new_seed()), dice.choice(place.units)
    tip = Tip(
        round_id=place.round.id,
        id=TipId(new_id()),
        office_id=place.round.office_id,
        first_team_id=place.team.id,
        unit_id=unit.id,
        card_batch_id=None,
        channel=dice.choice((Channel.WEB, Channel.WEB, Channel.TELEGRAM)),
        kind=dice.choice(list(Kind)),
        lane=Lane.MAIN,
        late=False,
        received_on=then.date(),
        receipt_tag=secrets.token_bytes(32),
        reply_public=reply.public,
    )
    letter = _letter(dice, unit, reply, then.isoformat(timespec="minutes"))
    header = letters.header_of(letter, gist(letter.parts[0].text))
    story = dice.choice(_STORIES)
    sealed = (_sealed(place, tip, 0, header), _sealed(place, tip, 1, letter))
    return _Made(tip, sealed, story, dice.choice(place.member_ids) if story else None)


def _letter(dice: random.Random, unit: Unit, reply: PublicHalf, minute: str) -> Letter:
    text = Part(1, PartKind.TEXT, invent(dice, unit.name))
    plain = Letter((text,), minute, reporter_hash(reply.public).hex(), place=unit.name)
    if dice.randrange(3):
        return plain
    name, phone = person(dice)
    return replace(plain, identity=Identity.REAL_NAME, name=name, phone=phone)


def _sealed(place: _Place, tip: Tip, seq: int, value: letters.Header | Letter) -> tuple[BoxKind, Box]:
    kind = BoxKind.IN if isinstance(value, Letter) else BoxKind.HEADER
    return kind, write([place.key.holder], letters.encode(value), box_context(kind, tip.round_id, tip.id, seq))


def _store(tx: Tx, desk: DeskServices, place: _Place, made: _Made) -> None:
    tip, round_id = made.tip, place.round.id
    tips.insert_tip(tx, tip)
    boxes.insert_holder(tx, round_id, tip.id, KeyId(place.key.id))
    for seq, (kind, box) in enumerate(made.boxes):
        envelopes = [SealedEnvelope(seq, one.holder_id, one.sealed) for one in box.envelopes]
        boxes.insert_box(tx, SealedBox(round_id, tip.id, seq, kind, box.body), envelopes)
    tips.mark_folded(tx, round_id, tip.id, 0)
    _work(tx, desk, place, made)


def _work(tx: Tx, desk: DeskServices, place: _Place, made: _Made) -> None:
    """The desk's side, as folding and the members' moves would have left it."""
    tip, round_ = made.tip, place.round
    state, running, dates = _worked(desk, round_, made)
    due = stages.next_due(running, round_.days, desk.calendar)
    number = work.next_number(tx, round_.id, f"team:{place.team.id.hex()}")
    row = TipWork(round_.id, tip.id, place.team.id, number, state, made.assignee_id, due.on if due else None, 1)
    work.insert_work(tx, replace(row, next_stage=due.stage, risk_on=due.risk_on) if due else row)
    work.set_milestones(tx, round_.id, tip.id, dates)
    clocks.save_clocks(tx, round_.id, tip.id, running)


def _worked(desk: DeskServices, round_: Round, made: _Made) -> tuple[State, Sequence[stages.Clock], Milestones]:
    """State, clocks and first days after the story, one act a day."""
    on, state, days = made.tip.received_on, State.RECEIVED, dict[Action, date]()
    running: Sequence[stages.Clock] = stages.received(on, round_.days, desk.calendar)
    for act in made.story:
        on, state = min(on + timedelta(days=1), desk.clock().date()), move(state, act)
        running, days[act] = stages.after(running, act, state, on, days=round_.days, calendar=desk.calendar), on
    accepted, asked = days.get(Action.ACCEPT), days.get(Action.ASK)
    return state, running, Milestones(accepted, asked or accepted, days.get(Action.RESOLVE), days.get(Action.CLEAR))
