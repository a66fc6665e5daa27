"""Two teams at work on a desk, beside a model of it: after every step both must agree."""

import secrets
from collections.abc import Coroutine
from datetime import date
from functools import cache
from typing import Any

from domain.clocks import Stage
from domain.ids import TipId
from domain.tips import Action, State
from handlers.conversation.talk import File
from handlers.desk.arriving.splitting import Split, split
from handlers.desk.moves import assigning, notes, repeating, transferring
from handlers.desk.moves.acting import Wish, act
from handlers.people.sessions import Session
from storage.desk import clocks
from storage.office import rounds
from tests.domain.clock_oracle import Land, Oracle, Watch
from tests.handlers.desk.desk_world import DeskWorld, Rows, changed
from tests.handlers.desk.model import NEXT, Case, Desk, Try, Who
from tests.handlers.desk.steps import Step, pick

PEOPLE = (
    Who("zhou", 0, "leader"), Who("heyu", 0, "liaison"), Who("tang", 0, "inspector"),
    Who("shen", 1, "leader"), Who("lu", 1, "liaison"),
)  # fmt: skip
STARTS = [date(2026, 2, 9), date(2026, 4, 27), date(2026, 9, 23), date(2026, 11, 11), date(2026, 12, 28)]
"""Before 春节, 五一, 中秋 with 国庆, an ordinary day, and the end of the last year whose holidays are known."""
MOST = 5
FAR = ("propose_notice", "notice", "report_back", "resolve", "clear")
"""The longest way: its moves are picked more often."""

works = cache(Land().works)


class Remembered(Land):
    """The same land, asked once for each day."""

    def works(self, day: date) -> bool:
        return works(day)


class TwoTeams:
    """A desk beside its model."""

    def __init__(self, here: DeskWorld, start: date) -> None:
        self.here, self.model = here, Desk(PEOPLE)
        here.begins_on(start)
        for team in (0, 0, 1):
            self._knows(here.comes_in(team), team)

    def goes_on(self, step: Step) -> None:
        case = pick(step.who, self.model.cases)
        match step.kind:
            case "days":
                self.here.clock.forward(days=step.days)
            case "new" if len(self.model.cases) < MOST:
                self._knows(self.here.comes_in(step.which % 2), step.which % 2)
            case "reporter" if case.split_from is None:
                self._reporter_writes(case, pick(step.which, [Action.ADD, Action.ADD, Action.WITHDRAW]))
            case "note":
                self._notes(case, pick(step.which, PEOPLE))
            case "on" | "legal" | "link":
                self._does_what_is_legal(case, step)
            case _:
                self._tries_all_that_is_illegal(case, pick(step.which, PEOPLE))

    def _does_what_is_legal(self, case: Case, step: Step) -> None:
        legal = self.model.legal(case)
        actions = sorted({one.action for one in legal})
        onward = [one for one in actions if NEXT[case.state, one] != case.state]
        far = [one for one in FAR if one in actions and not (one == "propose_notice" and case.proposal)]
        wanted = {"on": far if step.which % 2 else onward, "link": [one for one in actions if one == "repeat"]}
        if actions:
            action = pick(step.what, wanted.get(step.kind) or actions)
            self._does(case, pick(step.which, [one for one in legal if one.action == action]))

    def _tries_all_that_is_illegal(self, case: Case, who: Who) -> None:
        """Nothing of it succeeds, and nothing of it leaves a trace."""
        wrong = self.model.illegal(case, who)
        before, _, line = self.here.look()
        done = [
            one for one in wrong[: None if who.team == case.team else 5] if self.here.does(self._attempt(case, one))
        ]
        after, added, _ = self.here.look(line)
        assert done == []
        assert (after, added) == (before, [])

    def _reporter_writes(self, case: Case, action: Action) -> None:
        before, _, line = self.here.look()
        self.here.reporter_does(case.id, action)
        after, added, _ = self.here.look(line)
        if self.model.reporter_does(case, action.value):
            case.oracle.happens(action, State(case.state), self.here.today)
        assert [(one.act, one.member_id, one.object_id) for one in added] == [("news", None, case.id)]
        assert changed(before, after) == {case.id}
        self._has_one_event_more(case, before, after)
        self._agrees(case)

    def _notes(self, case: Case, who: Who) -> None:
        before, _, line = self.here.look()
        writing = notes.note(self.here.desk, self._session(who), TipId(case.id), "明天一起去看")
        assert self.here.does(writing) == (done := who.team == case.team)
        after, added, _ = self.here.look(line)
        assert changed(before, after) == ({case.id} if done else set())
        assert [one.act for one in added] == (["note"] if done else [])
        self._agrees(case)

    def _does(self, case: Case, wish: Try) -> None:
        """Refused while anything is amiss, then done."""
        before, _, line = self.here.look()
        assert [one for one in self.model.spoiled(case, wish) if self.here.does(self._attempt(case, one))] == []
        assert self.here.does(self._attempt(case, wish)), (case, wish)
        after, added, _ = self.here.look(line)
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
        oracle = Oracle(dict(days), Remembered(), {Stage.ACCEPT: Watch(self.here.today)})
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
        assert (len(new), set(old) < set(new)) == (len(old) + 1, True)
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
