"""Queries of the queue against slow counting, on both databases: pages both ways, filters, sizes, what is unread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import UnitId, new_id
from domain.rounds import Level, Unit
from domain.tips import Channel, Kind, State, TipWork
from storage.desk import queue, work
from storage.desk.queue import Blank, Filters, Reader, Scope, Tally
from storage.desk.work import View, position
from storage.intake import tips
from storage.office.units import insert_units
from storage.people import audit
from storage.people.audit import NEWS, OPENED, Entry
from storage.schema.counting import audit as audit_table
from storage.schema.tips import tip_work
from storage.store import Store, Tx
from tests.storage.frame import DAY, NOW, Frame, a_tip

KINDS, CHANNELS = (Kind.OTHER, Kind.PROJECTS), (Channel.WEB, Channel.PHONE)
RUNNING = frozenset({State.RECEIVED, State.ACCEPTED})


@dataclass(frozen=True)
class Made:
    """A tip of the team with what was drawn for it. `deeds`: openings by me and writings by its reporter, in order."""

    work: TipWork
    kind: Kind
    channel: Channel
    level: int  # of its place: 0 none, 1 county, 2 township, 3 village
    deeds: tuple[str, ...]

    @property
    def unread(self) -> bool:
        return OPENED not in self.deeds or NEWS in self.deeds[::-1][: self.deeds[::-1].index(OPENED)]


shapes = st.lists(
    st.tuples(
        st.sampled_from([State.RECEIVED, State.ACCEPTED, State.CLEARED]),
        st.booleans(),
        st.none() | st.integers(-2, 2),
        st.sampled_from(KINDS),
        st.sampled_from(CHANNELS),
        st.integers(0, 3),
        st.lists(st.sampled_from([OPENED, NEWS, "claim"]), max_size=4),
    ),
    max_size=12,
)
wishes = st.tuples(
    st.sampled_from([None, 0, 1, 2, 3]),
    st.none() | st.sampled_from(KINDS),
    st.none() | st.sampled_from(State),
    st.sampled_from([None, "me", "nobody"]),
    st.none() | st.sampled_from(CHANNELS),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(shapes=shapes, wish=wishes, limit=st.integers(1, 5))
async def test_pages_sizes_and_unread_marks_are_what_looking_at_every_tip_finds(
    store: Store, frame: Frame, shapes: Sequence[tuple[object, ...]], wish: tuple[object, ...], limit: int
) -> None:
    made = await store.write(lambda tx: _fill(tx, frame, shapes))
    fits = [one for one in made if _fits(one, wish, frame)]
    inside = sorted((one for one in fits if one.work.state in RUNNING), key=lambda one: position(one.work))
    scope = Scope(frame.round, frame.team, View(states=RUNNING), _filters(wish, frame))
    reader = Reader(frame.office, frame.member)

    def look(tx: Tx) -> None:
        unread = sum(one.unread for one in inside)
        assert _forth(tx, scope, limit) == [one.work for one in inside]
        assert _back(tx, scope, limit) == [one.work for one in inside]
        ids = [one.work.tip_id for one in made]
        assert queue.unread_of(tx, reader, ids) == {one.work.tip_id for one in made if one.unread}
        assert [queue.count_unread(tx, scope, reader, most) for most in (100, 2)] == [unread, min(2, unread)]
        assert {one.state: one for one in queue.tally(tx, scope, frame.member, DAY)} == {
            state: _tally(state, [one for one in fits if one.work.state is state], frame)
            for state in {one.work.state for one in fits}
        }

    await store.read(look)


async def test_a_place_whose_name_begins_like_anothers_is_not_below_it(store: Store, frame: Frame) -> None:
    alike = UnitId(new_id())
    row = Unit(alike, frame.county, Level.TOWNSHIP, "12", "苇庄镇北", "澄江县/苇庄镇北")

    def fill(tx: Tx) -> None:
        insert_units(tx, frame.office, [row])
        for number, unit_id in enumerate((alike, frame.township, frame.village), start=1):
            tip = replace(a_tip(frame), unit_id=unit_id)
            tips.insert_tip(tx, tip)
            work.insert_work(tx, TipWork(frame.round, tip.id, frame.team, number, State.RECEIVED, None, None, 1))

    def numbers(tx: Tx, unit_id: UnitId) -> list[int]:
        scope = Scope(frame.round, frame.team, View(), Filters(unit=unit_id))
        return [one.work.number for one in queue.list_page(tx, scope, limit=9)]

    await store.write(fill)
    assert await store.read(lambda tx: numbers(tx, frame.township)) == [2, 3]
    assert await store.read(lambda tx: numbers(tx, alike)) == [1]
    assert await store.read(lambda tx: numbers(tx, frame.county)) == [1, 2, 3]


def _forth(tx: Tx, scope: Scope, limit: int) -> list[TipWork]:
    found: list[TipWork] = []
    while page := queue.list_page(tx, scope, after=position(found[-1]) if found else None, limit=limit):
        assert all(one.inside for one in page)
        found += [one.work for one in page]
    return found


def _back(tx: Tx, scope: Scope, limit: int) -> list[TipWork]:
    found: list[TipWork] = []
    before = (DAY.replace(year=9999, month=12, day=31), 10**6)
    while page := queue.list_page(tx, scope, before=position(found[0]) if found else before, limit=limit):
        found = [one.work for one in page[::-1]] + found
    return found


def _fill(tx: Tx, frame: Frame, shapes: Sequence[tuple[object, ...]]) -> list[Made]:
    tx.execute(tip_work.delete())
    tx.execute(audit_table.delete())
    units = (None, frame.county, frame.township, frame.village)
    made = []
    for number, (state, mine, due, kind, channel, level, deeds) in enumerate(shapes, start=1):
        tip = replace(a_tip(frame), kind=kind, channel=channel, unit_id=units[level])
        tips.insert_tip(tx, tip)
        on = None if due is None else DAY + timedelta(days=due)
        who = frame.member if mine else None
        row = TipWork(frame.round, tip.id, frame.team, number, state, who, on, 1, risk_on=on and on - timedelta(days=1))
        work.insert_work(tx, row)
        for act in deeds:
            by = None if act == NEWS else frame.member
            audit.append(tx, Entry(frame.office, NOW, by, act, "tip", tip.id), b"", lambda *_: b"mac")
        made.append(Made(row, kind, channel, level, tuple(deeds)))
    return made


def _filters(wish: tuple[object, ...], frame: Frame) -> Filters:
    level, kind, state, who, channel = wish
    units = {None: None, 0: Blank.NONE, 1: frame.county, 2: frame.township, 3: frame.village}
    people = {None: None, "me": frame.member, "nobody": Blank.NONE}
    return Filters(units[level], kind, state, people[who], channel)


def _fits(one: Made, wish: tuple[object, ...], frame: Frame) -> bool:
    level, kind, state, who, channel = wish
    return (
        (level is None or (one.level == 0 if level == 0 else one.level >= level))
        and kind in {None, one.kind}
        and state in {None, one.work.state}
        and (who is None or one.work.assignee_id == (frame.member if who == "me" else None))
        and channel in {None, one.channel}
    )


def _tally(state: State, among: list[Made], frame: Frame) -> Tally:
    rows = [one.work for one in among]
    over = [one for one in rows if one.next_due_on is not None and one.next_due_on < DAY]
    near = [one for one in rows if one not in over and one.risk_on is not None and one.risk_on <= DAY]
    return Tally(
        state=state,
        n=len(rows),
        mine=sum(one.assignee_id == frame.member for one in rows),
        nobody=sum(one.assignee_id is None for one in rows),
        late=len(over),
        soon=len(near),
    )
