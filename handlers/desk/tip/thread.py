"""One tip, opened for a member: what was said on both sides, what colleagues noted, who can read it, what was done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.clocks import Clock, Stage
from domain.deadlines import WorkingDays
from domain.ids import KeyId, MemberId, TipId
from domain.rounds import Role
from handlers.calendar import calendar_in
from handlers.desk.labels import Deadline, next_deadline, number_label, unit_name
from handlers.desk.locking.standing import Standing, stand
from handlers.desk.tip.history import Deed, history_of
from handlers.desk.tip.reading import Said, header_of, thread_of
from handlers.letters import Header, Letter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import clocks, rectifications, transfers
from storage.desk.rectifications import Rectification
from storage.office import cards, teams
from storage.people import keys, members
from storage.people.audit import OPENED
from storage.people.members import MemberState
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of the team, and whether a key of theirs opens the tip. `has_team_key` without it: recused."""

    member_id: MemberId
    name: str
    role: Role
    can_read: bool
    has_team_key: bool


@dataclass(frozen=True, slots=True)
class OpenTip:
    """All that the page of a tip shows."""

    standing: Standing
    label: str
    unit: str
    card: str
    header: Header | None
    letter: Letter | None  # the first one: who wrote, and where it is
    thread: tuple[Said, ...]
    readers: tuple[Reader, ...]
    history: tuple[Deed, ...]
    assignee: str
    deadline: Deadline | None
    clocks: tuple[Clock, ...]  # in the order of the stages
    calendar: WorkingDays
    rectification: Rectification | None
    came_from: str  # the team that passed it on last, empty when it came here first


async def open_tip(services: DeskServices, session: Session, tip_id: TipId) -> OpenTip:
    """Opens a tip and writes that down. Raises what `stand` raises."""
    standing = await stand(services, session, tip_id)
    deed = trail.Deed(session.office_id, session.member_id, OPENED, "tip", tip_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    return await services.store.read(lambda tx: _load(tx, services, standing))


def _load(tx: Tx, services: DeskServices, standing: Standing) -> OpenTip:
    tip, work_ = standing.tip, standing.work
    thread = thread_of(tx, standing)
    batch = cards.get_batch(tx, tip.card_batch_id) if tip.card_batch_id else None
    calendar = calendar_in(tx, services.calendar, tip.office_id)
    stages = list(Stage)
    steps = transfers.list_transfers(tx, tip.round_id, tip.id)
    return OpenTip(
        standing=standing,
        label=number_label(standing.team, work_.number),
        unit=unit_name(tx, tip),
        card=batch.way if batch else "",
        header=header_of(tx, standing),
        letter=next((one.value for one in thread if isinstance(one.value, Letter)), None),
        thread=thread,
        readers=readers_of(tx, standing, services.clock().date()),
        history=history_of(tx, standing, services.clock()),
        assignee=members.get_member(tx, work_.assignee_id).name if work_.assignee_id else "",
        deadline=next_deadline(calendar, standing.round, work_, services.clock().date()),
        clocks=tuple(sorted(clocks.list_clocks(tx, tip.round_id, tip.id), key=lambda one: stages.index(one.stage))),
        calendar=calendar,
        rectification=rectifications.get_rectification(tx, tip.round_id, tip.id),
        came_from=teams.get_team(tx, steps[-1].from_team_id).name if steps else "",
    )


def readers_of(tx: Tx, standing: Standing, today: date) -> tuple[Reader, ...]:
    """Everybody in the team, by sign-in name."""
    able = _owners(tx, [key.id for key in standing.holders])
    team = _owners(tx, [standing.team_key.key.id])
    return tuple(
        Reader(one.id, one.name, role, one.id in able, one.id in team)
        for one, role in members.members_of_team(tx, standing.team.id, today)
        if one.state is not MemberState.DISABLED
    )


def _owners(tx: Tx, key_ids: Collection[KeyId]) -> set[MemberId | None]:
    """Who was given one of these keys, by an own key that is not retired: a lost password leaves nothing that opens."""
    return {own.member_id for _, own in keys.held_by(tx, key_ids) if own.retired_on is None}
