"""Escrow cannot be kept from a director who makes both custodians anew: it is noticed, and by more than the office."""

import pytest

from bot.demo.county import activate
from domain.errors import Refused
from domain.ids import MemberId
from domain.rounds import Role, Team
from handlers.desk.team import reminders as desk_reminders
from handlers.office.figures.sheets import read_sheets
from handlers.office.keys import removing, rotating, withdrawing
from handlers.office.watch import overdue, reminding
from handlers.people import roster
from handlers.people.throttle import Throttle
from storage.office.reminders import Reminder
from storage.people import keys
from storage.store import Tx
from tests.handlers.office.escrow_side import BOTH, chest, director, kept_round, lines, refused, team_of
from tests.handlers.office.side import custodian
from tests.world import World


async def told(world: World, team: Team, login: str = "heyu") -> list[Reminder]:
    """What stands on the desk of somebody of the team."""
    _, session = await world.sign_in(login)
    shown = await desk_reminders.unseen(world.desk, session)
    return [one.reminder for one in shown if one.reminder.team_id == team.id]


async def member_of(world: World, login: str) -> MemberId:
    return (await world.sign_in(login))[1].member_id


async def test_what_custodians_opened_stands_on_the_teams_desk_until_a_colleague_has_seen_it(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    assert await told(world, team) == []
    await withdrawing.give(world.desk, await chest(world, team), "zhou", BOTH)
    (note,) = await told(world, team)
    (_, zhou), (_, heyu) = await world.sign_in("zhou"), await world.sign_in("heyu")
    assert note.written_by == zhou.member_id
    assert all(word in note.body for word in ("保管人", zhou.name, "12388"))
    with pytest.raises(Refused):  # whoever got the key does not take the note away
        await desk_reminders.mark_seen(world.desk, zhou, note.id)
    assert await told(world, team) == [note]
    await desk_reminders.mark_seen(world.desk, heyu, note.id)
    assert await told(world, team) == []


async def test_nothing_is_told_when_nothing_was_opened(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    wrong = withdrawing.give(world.desk, await chest(world, team), "zhou", (BOTH[0], "no such words at all"))
    assert await refused(wrong) == "escrow-password"
    assert await told(world, team) == []


async def test_the_audit_names_both_custodians(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found = await chest(world, team)
    ning, qin, zhou = [await member_of(world, one) for one in ("ning", "qin", "zhou")]
    before = len(await lines(world))
    await withdrawing.give(world.desk, found, "zhou", BOTH)
    new = (await lines(world))[before:]
    assert [(one.act, one.object_id, one.member_id) for one in new] == [
        ("escrow-open", team.id, ning),
        ("escrow-open", team.id, qin),
        ("escrow", team.id, zhou),
    ]


@pytest.mark.parametrize("logins", [("ning",), ("qin",), ("ning", "qin")])
async def test_custodians_who_were_put_out_open_nothing_more(world: World, logins: tuple[str, ...]) -> None:
    team = await team_of(world, await kept_round(world))
    found = await chest(world, team)
    for login in logins:
        await removing.disable(world.desk, await director(world), await member_of(world, login))
    assert await refused(withdrawing.give(world.desk, found, "zhou", BOTH)) == "escrow-custodian"
    assert await told(world, team) == []


async def test_a_custodian_whose_key_was_retired_opens_nothing_by_it(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found, ning = await chest(world, team), await member_of(world, "ning")

    def retire(tx: Tx) -> None:
        own = keys.member_key(tx, ning)
        assert own is not None
        keys.retire_key(tx, own.id, world.clock().date())

    await world.house.store.write(retire)
    assert await refused(withdrawing.give(world.desk, found, "zhou", BOTH)) == "escrow-custodian"


async def replaced(world: World, gone: str, new: str) -> None:
    await removing.disable(world.desk, await director(world), await member_of(world, gone))
    await custodian(world, new)


async def test_every_new_custodian_is_told_to_the_team_also_one_after_the_other(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    assert await told(world, team) == [], "nobody is new when a round opens"
    for n, (gone, new) in enumerate((("ning", "an"), ("qin", "bei")), start=1):
        await replaced(world, gone, new)
        await rotating.rotate(world.desk, await director(world), team.id)
        notes = await told(world, team)
        assert len(notes) == n
        (note,) = (one for one in notes if f"保管{new}" in one.body)
        assert all(word in note.body for word in ("保管人", "12388"))
    await rotating.rotate(world.desk, await director(world), team.id)
    assert len(await told(world, team)) == 2, "the same two: nothing new"


async def test_what_a_team_is_told_of_its_keys_counts_nowhere_as_urging(world: World) -> None:
    team, fang = await team_of(world, await kept_round(world)), await director(world)
    await withdrawing.give(world.desk, await chest(world, team), "zhou", BOTH)
    await replaced(world, "ning", "an")
    await rotating.rotate(world.desk, await director(world), team.id)

    async def urged() -> tuple[str | None, list[str]]:
        sheets = await read_sheets(world.desk, team.round_id)
        line = next(one for one in await overdue.board(world.desk, sheets) if one.team.id == team.id)
        shown = await overdue.watch_team(world.desk, sheets, team)
        return line.reminder and line.reminder.body, [one.body for one in shown.reminders]

    assert await urged() == (None, [])
    await reminding.remind(world.desk, fang, team.id, "请抓紧")
    world.clock.forward(days=1)
    await replaced(world, "qin", "bei")
    await rotating.rotate(world.desk, await director(world), team.id)
    assert await urged() == ("请抓紧", ["请抓紧"]), "the same director, and a later day"
    notes = await told(world, team)
    assert sorted(one.urges for one in notes) == [False, False, False, True]


async def test_two_new_custodians_are_told_at_once_by_name(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    for gone, new in (("ning", "an"), ("qin", "bei")):
        await replaced(world, gone, new)
    await rotating.rotate(world.desk, await director(world), team.id)
    (note,) = await told(world, team)
    assert all(name in note.body for name in ("保管an", "保管bei"))


async def test_a_key_that_nobody_kept_in_between_hides_no_new_custodian(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    for login in ("ning", "qin"):
        await removing.disable(world.desk, await director(world), await member_of(world, login))
    await rotating.rotate(world.desk, await director(world), team.id)  # there are no two custodians: nobody keeps it
    assert await told(world, team) == []
    for login in ("an", "bei"):
        await custodian(world, login)
    await rotating.rotate(world.desk, await director(world), team.id)
    assert len(await told(world, team)) == 1


async def test_who_comes_back_as_a_custodian_with_the_same_key_is_told_again(world: World) -> None:
    team, fang = await team_of(world, await kept_round(world)), await director(world)
    ning = await member_of(world, "ning")
    await roster.take_role(world.desk, fang, ning, Role.CUSTODIAN)
    await custodian(world, "an")
    await rotating.rotate(world.desk, await director(world), team.id)
    await removing.disable(world.desk, await director(world), await member_of(world, "an"))
    await roster.give_role(world.desk, await director(world), ning, Role.CUSTODIAN, None)
    await rotating.rotate(world.desk, await director(world), team.id)
    notes = [one.body for one in await told(world, team)]
    name = (await world.sign_in("ning"))[1].name
    assert sorted((name in one, "保管an" in one) for one in notes) == [(False, True), (True, False)]


async def test_a_custodian_who_began_anew_alone_is_told(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    await anew(world, "ning")
    await rotating.rotate(world.desk, await director(world), team.id)
    (note,) = await told(world, team)
    assert (await world.sign_in("ning"))[1].name in note.body


async def test_a_director_who_makes_both_custodians_anew_is_noticed_by_the_team(world: World) -> None:
    """They keep their names and begin with another key each; the team's key is changed, so that these keep it."""
    team = await team_of(world, await kept_round(world))
    for login in ("ning", "qin"):
        await anew(world, login)
    await rotating.rotate(world.desk, await director(world), team.id)
    await withdrawing.give(world.desk, await chest(world, team), "tang", BOTH)
    assert len(await told(world, team)) == 2


async def anew(world: World, login: str) -> None:
    """The director lets a custodian begin anew, and keeps the link."""
    fang = await director(world)
    token = await roster.invite_again(world.desk, fang, await member_of(world, login), new_phone=True)
    await activate(world.desk, Throttle(), token, BOTH[0])
