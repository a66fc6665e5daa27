"""Alerts: what needs the office's hand, since when, and when it is over; and what is said of the recusal queue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Reason, Refused
from domain.ids import Locked
from domain.rounds import RoundState
from handlers.desk.tip.thread import open_tip
from handlers.office.watch import settings
from handlers.office.watch.alerts import Alert, Alerts, Trouble
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.promising import Lock, Promise, outgoing
from storage.intake import outbox
from storage.intake.outbox import OutChannel, OutKind
from storage.office import rounds
from storage.people import members
from storage.people.members import MemberState
from storage.store import Tx
from tests.handlers.office.elsewhere import theirs
from tests.handlers.office.watch_side import FIRST, SECOND, session_of, team_id, tell, tell_of_us
from tests.world import World


@pytest.fixture
async def fang(world: World) -> Session:
    """The director."""
    return await session_of(world, "fang")


async def found(world: World, session: Session, *troubles: Trouble) -> list[Alert]:
    """The alerts of these kinds."""
    return [one for one in await Alerts().get(world.desk, session) if one.trouble in troubles]


async def test_a_queue_counts_as_unread_when_three_whole_working_days_have_gone_by(world: World) -> None:
    tip = await tell(world, "a")  # on a Wednesday
    world.clock.forward(days=5)  # Monday: Thursday and Friday have gone by
    assert await found(world, await session_of(world, "fang"), Trouble.UNREAD) == []
    world.clock.forward(days=1)
    (one,) = await found(world, await session_of(world, "fang"), Trouble.UNREAD)
    assert one.args == {"team": "第一巡察组", "days": 3}
    assert one.since == world.clock.now.date() - timedelta(days=6)
    assert one.link == f"/office/watch/teams/{(await team_id(world, 1)).hex()}"
    await open_tip(world.desk, await session_of(world, "tang"), tip)
    assert await found(world, await session_of(world, "fang"), Trouble.UNREAD) == []


async def test_what_a_team_works_off_moves_on_the_full_hour_and_an_hour_after_it_was_shown_at_the_earliest(
    world: World,
) -> None:
    tip, kept = await tell(world, "a"), Alerts()
    world.clock.forward(days=6, minutes=59)

    async def shown() -> set[Trouble]:
        return {one.trouble for one in await kept.get(world.desk, await session_of(world, "fang"))}

    assert Trouble.UNREAD in await shown()
    await open_tip(world.desk, await session_of(world, "tang"), tip)
    world.clock.forward(minutes=1)
    await kept.count_all(world.desk)
    assert Trouble.UNREAD in await shown(), "it was shown a minute ago"
    world.clock.forward(minutes=59)
    assert {Trouble.UNREAD, Trouble.SECRETS} <= await shown()
    today = world.clock.now.date()
    await settings.put_away(world.desk, await session_of(world, "fang"), "secrets", today.isoformat(), "保密柜")
    assert Trouble.SECRETS not in await shown(), "what the office mends itself is over at once"
    world.clock.forward(minutes=1)
    assert Trouble.UNREAD in await shown(), "nothing moves because somebody looks"
    await kept.count_all(world.desk)
    assert Trouble.UNREAD not in await shown()


async def test_opening_what_another_team_has_does_not_make_a_queue_read(world: World) -> None:
    await tell(world, "a", SECOND)
    world.clock.forward(days=6)
    tip = await tell(world, "b", FIRST)
    await open_tip(world.desk, await session_of(world, "tang"), tip)
    (one,) = await found(world, await session_of(world, "fang"), Trouble.UNREAD)
    assert one.args["team"] == "第二巡察组"


async def test_of_the_recusal_queue_no_alert_says_anything(world: World) -> None:
    world.clock.forward(days=20)
    before = await Alerts().get(world.desk, await session_of(world, "fang"))
    world.clock.forward(days=-20)
    await tell_of_us(world, "a")
    world.clock.forward(days=20)
    assert await Alerts().get(world.desk, await session_of(world, "fang")) == before


async def test_the_office_says_after_how_many_days_a_queue_counts_as_unread(world: World, fang: Session) -> None:
    await tell(world, "a")
    await settings.set_unread_days(world.desk, fang, 8)
    world.clock.forward(days=6)
    again = await session_of(world, "fang")
    assert await found(world, again, Trouble.UNREAD) == []
    await settings.set_unread_days(world.desk, again, 2)
    assert len(await found(world, again, Trouble.UNREAD)) == 1
    for days in (0, 31):
        with pytest.raises(Refused) as refused:
            await settings.set_unread_days(world.desk, again, days)
        assert refused.value.detail == "unread-days"
    assert await settings.unread_days(world.desk, again) == 2


async def test_a_team_with_one_able_member_is_named_and_a_full_one_is_not(world: World, fang: Session) -> None:
    assert await found(world, fang, Trouble.FEW) == []
    third, today = await team_id(world, 3), world.clock.now.date()
    people = await world.house.store.read(lambda tx: members.members_of_team(tx, third, today))
    for one in {one.id for one, _ in people} - {people[0][0].id}:
        await world.house.store.write(lambda tx, one=one: members.set_member_state(tx, one, MemberState.DISABLED))
    few = await found(world, fang, Trouble.FEW)
    assert ("第三巡察组", 1) in {(one.args["team"], one.args["n"]) for one in few}
    assert "第一巡察组" not in {one.args["team"] for one in few}

    def close(tx: Tx) -> None:
        version = rounds.get_round(tx, world.made.round_id).version
        rounds.set_round_state(tx, world.made.round_id, RoundState.CLOSED, before=version)

    await world.house.store.write(close)
    assert await found(world, fang, Trouble.FEW) == [], "in a closed round nothing more comes in"


async def test_secrets_want_a_second_copy_and_another_one_after_every_opening(world: World, fang: Session) -> None:
    today = world.clock.now.date()
    (none,) = await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD)
    assert (none.trouble, none.since, none.link) == (Trouble.SECRETS, today, "/office/safekeeping")
    await settings.put_away(world.desk, fang, "secrets", (today - timedelta(days=1)).isoformat(), "保密柜")
    (old,) = await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD)
    assert (old.trouble, old.args["last"]) == (Trouble.SECRETS_OLD, today - timedelta(days=1))
    await settings.put_away(world.desk, fang, "secrets", today.isoformat(), "保密柜")
    assert await found(world, fang, Trouble.SECRETS, Trouble.SECRETS_OLD) == []
    for act, is_old in (("extend", False), ("open", True)):  # later on the same day
        deed = trail.Deed(fang.office_id, fang.member_id, act, "round", world.made.round_id)
        await world.house.store.write(lambda tx, deed=deed: trail.note(tx, world.desk, deed))
        assert bool(await found(world, fang, Trouble.SECRETS_OLD)) == is_old, act


async def test_a_backup_is_missed_after_seven_days_and_too_old_after_seven_more(world: World) -> None:
    troubles = (Trouble.BACKUP, Trouble.BACKUP_OLD)
    world.clock.forward(days=7)
    assert await found(world, await session_of(world, "fang"), *troubles) == []
    world.clock.forward(days=1)
    fang = await session_of(world, "fang")
    assert [one.trouble for one in await found(world, fang, *troubles)] == [Trouble.BACKUP]
    await settings.put_away(world.desk, fang, "backup", world.clock.now.date().isoformat(), "移动硬盘")
    assert await found(world, fang, *troubles) == []
    world.clock.forward(days=8)
    (old,) = await found(world, await session_of(world, "fang"), *troubles)
    assert (old.trouble, old.args["days"]) == (Trouble.BACKUP_OLD, 8)


@pytest.mark.parametrize(
    ("typed", "detail"),
    [
        (("photo", "2026-11-11", "柜子"), "keep-kind"),
        (("backup", "2026-11-12", "柜子"), "keep-day"),
        (("backup", "2025-11-01", "柜子"), "keep-day"),
        (("backup", "昨天", "柜子"), "keep-day"),
        (("secrets", "2026-11-11", " "), "keep-place"),
        (("secrets", "2026-11-11", "柜" * 61), "keep-place"),
    ],
)
async def test_what_cannot_have_been_put_away_is_refused(
    world: World, fang: Session, typed: tuple[str, str, str], detail: str
) -> None:
    with pytest.raises(Refused) as refused:
        await settings.put_away(world.desk, fang, *typed)
    assert (refused.value.reason, refused.value.detail) == (Reason.BAD_INPUT, detail)
    assert await settings.list_kept(world.desk, fang) == []


async def test_the_longest_and_the_oldest_that_may_be_are_noted(world: World, fang: Session) -> None:
    today = world.clock.now.date()
    typed = [("backup", today, "柜"), ("backup", today - timedelta(days=366), "柜" * 60)]
    for kind, day, place in typed:
        await settings.put_away(world.desk, fang, kind, day.isoformat(), place)
    assert [(one.kind, one.on, one.place) for one in await settings.list_kept(world.desk, fang)] == typed
    with pytest.raises(Refused):
        await settings.put_away(world.desk, fang, "backup", (today - timedelta(days=367)).isoformat(), "柜")
    for days in (1, settings.MOST_UNREAD_DAYS):
        await settings.set_unread_days(world.desk, fang, days)
        assert await settings.unread_days(world.desk, fang) == days


async def test_a_message_that_is_tried_in_vain_for_over_an_hour_is_told_by_the_day_alone(
    world: World, fang: Session
) -> None:
    promise = Promise(OutKind.NOTICE, OutChannel.TELEGRAM, Locked(b"p"), b"order")
    row = outgoing(promise, b"words", Lock(world.intake.secrets.peer_lock_key), world.clock.now)
    await world.house.store.write(lambda tx: outbox.enqueue(tx, row))
    world.clock.forward(minutes=59)
    assert await found(world, fang, Trouble.OUTBOX) == []
    world.clock.forward(minutes=61)
    later = world.clock.now + timedelta(minutes=5)
    await world.house.store.write(lambda tx: outbox.retry(tx, row.id, later))
    (one,) = await found(world, await session_of(world, "fang"), Trouble.OUTBOX)
    assert (one.since, dict(one.args)) == (world.clock.now.date(), {})
    world.clock.forward(hours=73)
    assert await found(world, await session_of(world, "fang"), Trouble.OUTBOX) == [], "it is dropped by now"


async def test_before_any_round_was_opened_nothing_is_missed(world: World) -> None:
    of = await theirs(world, RoundState.PLANNED)
    world.clock.forward(days=40)
    assert await Alerts().get(world.desk, replace(await session_of(world, "fang"), office_id=of.office)) == []
