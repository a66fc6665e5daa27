"""Two teams do what they like, legal or not, through holidays: only the legal succeeds, and nobody touches the other."""

import secrets
from collections.abc import Coroutine
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.demo.county import Demo
from domain.clocks import Stage
from domain.ids import TipId
from domain.tips import Action, State
from handlers.conversation.talk import File
from handlers.desk import assigning, notes, repeating, transferring
from handlers.desk.acting import Wish, act
from handlers.desk.splitting import Split, split
from handlers.people.sessions import Session
from storage import clocks, rounds
from tests.domain.clock_oracle import Land, Oracle, Watch
from tests.handlers.desk_model import NEXT, REASONS, Case, Desk, Try, Who
from tests.handlers.desk_world import DeskWorld, Rows, changed

PEOPLE = (
    Who("zhou", 0, "leader"), Who("heyu", 0, "liaison"), Who("tang", 0, "inspector"),
    Who("shen", 1, "leader"), Who("lu", 1, "liaison"),
)  # fmt: skip
STARTS = [date(2026, 2, 9), date(2026, 4, 27), date(2026, 9, 23), date(2026, 11, 11), date(2026, 12, 28)]
"""Before 春节, 五一, 中秋 with 国庆, an ordinary day, and the end of the last year whose holidays are known."""
MOST = 5
PLAIN = frozenset({"assign", "repeat", "split", "transfer"})
"""Moves whose forms ask for no reason."""


class Remembered(Land):
    """The same land, asked once for each day."""

    @cache  # noqa: B019 - there is one, for as long as the tests run
    def works(self, day: date) -> bool:
        return super().works(day)


LAND = Remembered()


class TwoTeams(RuleBasedStateMachine):
    """A desk beside its model."""

    def __init__(self, county: tuple[Path, Demo], folder: Path, sessions: dict[str, Session]) -> None:
        super().__init__()
        self.here = DeskWorld(county, folder / secrets.token_hex(4), PEOPLE, sessions)
        self.model = Desk(PEOPLE)

    def teardown(self) -> None:
        self.here.close()

    @initialize(start=st.sampled_from(STARTS))
    def begins(self, start: date) -> None:
        self.here.begins_on(start)
        self.arrives(0)
        self.arrives(1)

    @precondition(lambda self: len(self.model.cases) < MOST)
    @rule(team=st.integers(0, 1))
    def arrives(self, team: int) -> None:
        self._knows(self.here.comes_in(team), team)

    @rule(data=st.data())
    def somebody_does_what_is_legal(self, data: st.DataObject) -> None:
        action = data.draw(st.sampled_from(sorted({wish.action for _, wish in self.model.legal()})))
        legal = [(place, wish) for place, wish in self.model.legal() if wish.action == action]
        place, wish = data.draw(st.sampled_from(legal))
        self._tries(self.model.cases[place], wish)

    @rule(data=st.data())
    def somebody_tries_anything(self, data: st.DataObject) -> None:
        action = data.draw(st.sampled_from(sorted({one for _, one in NEXT})))
        others = {"assign": len(PEOPLE), "repeat": len(self.model.cases)}.get(action, 2)
        reasons = [""] if action in PLAIN else [*REASONS.get(action, [""]), "", "hotline", "x"]
        attempt = st.builds(
            Try,
            st.sampled_from(PEOPLE),
            st.just(action),
            st.sampled_from(reasons),
            says=st.booleans(),
            shows=st.booleans(),
            stale=st.sampled_from([False, False, False, True]),
            other=st.integers(-1 if action == "repeat" else 0, others - 1),
        )
        self._tries(data.draw(st.sampled_from(self.model.cases)), data.draw(attempt))

    @rule(data=st.data(), action=st.sampled_from([Action.ADD, Action.WITHDRAW]))
    def the_reporter_writes(self, data: st.DataObject, action: Action) -> None:
        case = data.draw(st.sampled_from([one for one in self.model.cases if one.split_from is None]))
        before, _, line = self.here.look()
        self.here.reporter_does(case.id, action)
        after, added, _ = self.here.look(line)
        if self.model.reporter_does(case, action.value):
            case.oracle.happens(action, State(case.state), self.here.today)
        assert [(one.act, one.member_id, one.object_id) for one in added] == [("news", None, case.id)]
        assert changed(before, after) == {case.id}
        self._has_one_event_more(case, before, after)
        self._agrees(case)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def somebody_notes(self, data: st.DataObject, who: Who) -> None:
        case = data.draw(st.sampled_from(self.model.cases))
        before, _, line = self.here.look()
        done = self.here.does(notes.note(self.here.desk, self._session(who), TipId(case.id), "明天一起去看"))
        after, added, _ = self.here.look(line)
        assert done == (who.team == case.team)
        assert changed(before, after) == ({case.id} if done else set())
        assert [one.act for one in added] == (["note"] if done else [])
        self._agrees(case)

    @rule(days=st.one_of(st.integers(1, 4), st.integers(5, 40)))
    def days_pass(self, days: int) -> None:
        self.here.clock.forward(days=days)

    def _tries(self, case: Case, wish: Try) -> None:
        legal, (before, _, line) = self.model.is_legal(case, wish), self.here.look()
        done = self.here.does(self._attempt(case, wish))
        after, added, _ = self.here.look(line)
        assert done == legal
        if not done:
            assert after == before
            assert added == []
            return
        touched = changed(before, after)
        others = {one.id for one in self.model.cases if one.team != wish.who.team}
        born = touched - {one.id for one in self.model.cases}
        assert not touched & others
        assert touched == {case.id, *born} or wish.action == "repeat"
        assert len(born) == (wish.action == "split")
        me = self._session(wish.who).member_id
        traces = {(wish.action, me, one) for one in (case.id, *born)}
        assert {(one.act, one.member_id, one.object_id) for one in added} == traces
        assert len(added) == len(traces)
        self._has_one_event_more(case, before, after)
        self.model.happens(case, wish)
        self._moves_clocks(case, wish)
        for tip_id in born:
            self._knows(tip_id, case.team, case.split_from or case.id)
        for one in self.model.cases:
            self._agrees(one)

    def _attempt(self, case: Case, wish: Try) -> Coroutine[Any, Any, object]:
        desk, session, tip_id = self.here.desk, self._session(wish.who), TipId(case.id)
        version, words = case.version - wish.stale, "去现场看过了" if wish.says else ""
        match wish.action:
            case "assign":
                return assigning.assign(desk, session, tip_id, version, self._session(PEOPLE[wish.other]).member_id)
            case "transfer":
                return transferring.transfer(desk, session, tip_id, version, self.here.team(wish.other), words=words)
            case "repeat" if wish.other < 0:
                return repeating.take_back(desk, session, tip_id, version)
            case "repeat":
                other = self.model.cases[wish.other]
                return repeating.repeat(desk, session, tip_id, version, f"{other.team + 1}-{other.number:04d}")
            case "split":
                return split(desk, session, tip_id, Split(version, frozenset({(1, 1)}), "另一件事", "other", ""))
        files = (File(secrets.token_hex(16), "00" * 32, "a.png", "image/png", 10),) if wish.shows else ()
        return act(desk, session, tip_id, Wish(Action(wish.action), version, wish.reason, words, files))

    def _knows(self, tip_id: TipId | bytes, team: int, split_from: bytes | None = None) -> None:
        days = self.here.read(lambda tx: rounds.get_round(tx, self.here.round_id)).days
        oracle = Oracle(dict(days), LAND, {Stage.ACCEPT: Watch(self.here.today)})
        case = Case(tip_id, team, self.here.work(tip_id).number, oracle, split_from=split_from)
        self.model.cases.append(case)
        self._agrees(case)

    def _moves_clocks(self, case: Case, wish: Try) -> None:
        if wish.action == "transfer":
            case.oracle.moves_team(State(case.state), self.here.today)
            case.number = self.here.work(case.id).number
        case.oracle.happens(Action(wish.action), State(case.state), self.here.today)

    def _has_one_event_more(self, case: Case, before: Rows, after: Rows) -> None:
        """What was written and moved before is as it was."""
        old, new = before[case.id].get("tip_event", []), after[case.id]["tip_event"]
        assert len(new) == len(old) + 1
        assert set(old) < set(new)
        assert after[case.id]["tip"] == before[case.id]["tip"]
        assert set(before[case.id]["box"]) <= set(after[case.id]["box"])

    def _agrees(self, case: Case) -> None:
        """The tip stands as the model and the oracle say."""
        row, oracle = self.here.work(case.id), case.oracle
        handler = self.here.sessions[case.handler].member_id if case.handler else None
        assert (row.state, row.version, row.assignee_id) == (State(case.state), case.version, handler)
        assert (row.team_id, row.number) == (self.here.team(case.team), case.number)
        assert (row.repeat_of, row.split_from) == (case.repeat_of, case.split_from)
        found = self.here.read(lambda tx: clocks.list_clocks(tx, self.here.round_id, TipId(case.id)))
        stand = {
            one.stage: (one.started_on, one.due_on, one.paused_days, one.paused_on, one.stopped_on) for one in found
        }
        assert stand == {
            stage: (watch.started, *oracle.due(stage), watch.asked, watch.stopped)
            for stage, watch in oracle.watches.items()
        }
        assert oracle.next() == ((row.next_stage, row.next_due_on, row.risk_on) if row.next_stage else None)

    def _session(self, who: Who) -> Session:
        return self.here.sessions[who.login]


def test_only_legal_moves_succeed_and_no_team_touches_the_others_tips(
    county: tuple[Path, Demo], tmp_path: Path
) -> None:
    sessions: dict[str, Session] = {}
    run_state_machine_as_test(
        partial(TwoTeams, county, tmp_path, sessions),
        settings=settings(
            max_examples=10, stateful_step_count=35, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_tables_of_the_model_and_of_the_desk_allow_the_same() -> None:
    from domain.rules import RULES
    from domain.tips import MOVES

    told = {(state.value, action.value): to.value for (state, action), to in MOVES.items() if action in RULES}
    assert told == NEXT
