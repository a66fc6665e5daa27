"""A round is planned whole or not at all, opened only when its teams can read, and its keys stay with the teams."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from domain.errors import BadSeal, Reason
from domain.ids import MemberId, RoundId
from domain.rounds import Role, RoundState
from handlers.desk.locking import keyring
from handlers.intake import recipients
from handlers.office import rounds as office_rounds
from handlers.office.keys import removing
from handlers.office.rounds import opening, wording
from handlers.office.rounds.readiness import readiness
from handlers.people import accounts, roster
from handlers.people.inviting import Newcomer
from reports.plan import Plan, PlanMember
from storage.office import rounds
from storage.people import audit, keys
from storage.schema.people import key as key_table
from tests.handlers.office.plan_side import refusal
from tests.handlers.office.side import plan_of, ready_round
from tests.world import World
from vault.keys import new_seed, public_half


async def id_of(world: World, login: str) -> MemberId:
    return (await world.sign_in(login))[1].member_id


def with_member(plan: Plan, *more: PlanMember) -> Plan:
    return replace(plan, members=(*plan.members, *more))


async def test_opening_makes_a_key_per_team_that_the_office_signed_and_only_members_can_open(world: World) -> None:
    round_id = await ready_round(world)
    _, director = await world.sign_in("fang")
    await opening.open_round(world.desk, director, round_id)
    signed_in = {login: (await world.sign_in(login))[1] for login in ("fang", "qiao", "zhou", "shen", "jiang")}
    for line in await readiness(world.desk, round_id):
        team = line.team
        trusted = await recipients.team_key(world.intake, round_id, team.id)  # the intake checks the signature
        for session in signed_in.values():
            if team.id in session.teams:
                held = await keyring.team_key(world.desk, session, round_id, team.id)
                assert public_half(held.seed).verify == trusted.verify
            else:
                assert await refusal(keyring.team_key(world.desk, session, round_id, team.id)) == "not-allowed:no-key"
    assert not signed_in["fang"].teams
    assert not signed_in["qiao"].teams


async def test_an_office_key_that_was_swapped_in_the_database_is_pinned_by_nobody(world: World) -> None:
    round_id = await ready_round(world)
    _, director = await world.sign_in("fang")
    before = world.intake.secrets.office_verify(director.office_id)
    forged = update(key_table).where(key_table.c.kind == "office").values(verify=public_half(new_seed()).verify)
    await world.house.store.write(lambda tx: tx.execute(forged))
    for _ in range(2):
        assert await refusal(opening.open_round(world.desk, director, round_id)) == "not-allowed:office-key"
    assert world.intake.secrets.office_verify(director.office_id) == before
    assert (await office_rounds.get_round(world.desk, director, round_id)).state is RoundState.PLANNED
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, director.office_id))
    assert [line.entry.act for line in lines].count("office-key-differs") == 1


async def test_no_seed_of_a_team_lies_anywhere_in_the_data(world: World) -> None:
    round_id = await ready_round(world)
    await opening.open_round(world.desk, (await world.sign_in("fang"))[1], round_id)
    _, session = await world.sign_in("zhou")
    mine = next(line.team.id for line in await readiness(world.desk, round_id) if line.team.id in session.teams)
    key = await keyring.team_key(world.desk, session, round_id, mine)
    seed, public = bytes(key.seed), public_half(key.seed).public
    contents = {path: path.read_bytes() for path in world.data.rglob("*") if path.is_file()}
    assert any(public in content for content in contents.values()), "or it was looked for where no key lies"
    for path, content in contents.items():
        assert seed not in content, path
        assert seed.hex().encode() not in content.lower(), path


async def test_a_director_cannot_open_a_grant_that_was_made_for_a_member(world: World) -> None:
    _, director = await world.sign_in("fang")
    made = await world.house.store.read(lambda tx: keys.round_team_keys(tx, world.made.round_id))
    assert len(made) == 5
    for key in made:
        granted = await world.house.store.read(lambda tx, key=key: keys.grants_of(tx, key.id))
        assert len(granted) >= 2
        for given in granted:
            assert given.holder_key_id != director.key_id
            with pytest.raises(BadSeal):
                keyring.open_held(world.desk, director, key, given)


async def test_a_round_opens_once_by_a_director_and_closes_for_good(world: World) -> None:
    round_id = await ready_round(world)
    _, director = await world.sign_in("fang")
    _, clerk = await world.sign_in("qiao")
    assert await refusal(opening.open_round(world.desk, clerk, round_id)) == "not-allowed:director-only"
    assert await refusal(opening.close_round(world.desk, director, round_id)) == "wrong-state:round-not-open"
    await opening.open_round(world.desk, director, round_id)
    assert await refusal(opening.open_round(world.desk, director, round_id)) == "wrong-state:round-not-planned"
    assert await refusal(opening.close_round(world.desk, clerk, round_id)) == "not-allowed:director-only"
    await opening.close_round(world.desk, director, round_id)
    assert (await office_rounds.get_round(world.desk, director, round_id)).state is RoundState.CLOSED
    assert await refusal(opening.open_round(world.desk, director, round_id)) == "wrong-state:round-not-planned"
    assert await refusal(opening.open_round(world.desk, director, RoundId(bytes(16)))) == "unknown:"


async def test_a_round_whose_window_is_over_does_not_open(world: World) -> None:
    round_id = await ready_round(world)
    world.clock.forward(days=101)
    _, director = await world.sign_in("fang")
    assert await refusal(opening.open_round(world.desk, director, round_id)) == "wrong-state:window-over"


async def test_a_round_does_not_open_while_a_team_has_nobody_who_can_read(world: World) -> None:
    lonely = plan_of(world)
    lonely = replace(lonely, members=tuple(row for row in lonely.members if row.login not in {"gu", "bai"}))
    round_id = await ready_round(world, with_member(lonely, PlanMember("newhand", "新来", Role.LEADER, 3)))
    _, director = await world.sign_in("fang")
    lines = {line.team.name: line for line in await readiness(world.desk, round_id)}
    assert (lines["第三巡察组"].members, lines["第三巡察组"].able, lines["第三巡察组"].is_ready) == (1, 0, False)
    assert lines["第一巡察组"].is_ready
    assert await refusal(opening.open_round(world.desk, director, round_id)) == "wrong-state:team-not-ready"
    assert not await world.house.store.read(lambda tx: keys.round_team_keys(tx, round_id))


async def test_who_joins_an_open_round_counts_as_able_only_with_the_teams_key(world: World) -> None:
    before = {line.team.name: line for line in await readiness(world.desk, world.made.round_id)}
    _, director = await world.sign_in("fang")
    tang = await id_of(world, "tang")
    team = before["第二巡察组"].team.id
    await roster.give_role(world.desk, director, tang, Role.INSPECTOR, team)
    after = {line.team.name: line for line in await readiness(world.desk, world.made.round_id)}
    assert after["第二巡察组"].members == before["第二巡察组"].members + 1
    assert after["第二巡察组"].able == before["第二巡察组"].able


async def test_a_clerk_makes_no_director_by_invite(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    inviting = roster.invite(world.desk, clerk, Newcomer("second", "第二", Role.DIRECTOR))
    assert await refusal(inviting) == "not-allowed:director-only"
    boss = await id_of(world, "fang")
    for act in (roster.invite_again, removing.disable):
        assert await refusal(act(world.desk, clerk, boss)) == "not-allowed:director-only"
        assert await refusal(act(world.desk, clerk, clerk.member_id)) == "not-allowed:yourself"


async def test_an_older_invite_ends_when_a_newer_one_is_made(world: World) -> None:
    _, director = await world.sign_in("fang")
    first = await roster.invite(world.desk, director, Newcomer("newhand", "新来", Role.CLERK))
    member = next(p.member for p in await roster.list_people(world.desk, director) if p.member.login == "newhand")
    second = await roster.invite_again(world.desk, director, member.id)
    assert await refusal(accounts.invitation(world.desk, first)) == "unknown:"
    assert (await accounts.invitation(world.desk, second)).login == "newhand"


async def test_the_office_names_no_holder_of_an_open_recusal_queue(world: World) -> None:
    _, director = await world.sign_in("fang")
    lines = await readiness(world.desk, world.made.round_id)
    recusal = next(line.team for line in lines if line.team.name == "回避组")
    inviting = roster.invite(world.desk, director, Newcomer("plant", "暗桩", Role.LEADER, recusal.id))
    assert await refusal(inviting) == "unknown:"


async def test_a_liaison_who_is_invited_also_sits_with_what_was_not_routed(world: World) -> None:
    _, director = await world.sign_in("fang")
    team = (await readiness(world.desk, world.made.round_id))[0].team
    await roster.invite(world.desk, director, Newcomer("newhand", "新来", Role.LIAISON, team.id))
    person = next(p for p in await roster.list_people(world.desk, director) if p.member.login == "newhand")
    assert [seat.team.name for seat in person.seats if seat.team] == ["第一巡察组", "待分件"]


async def test_texts_of_a_round_are_cleaned_and_limited(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    round_id = world.made.round_id
    version = (await office_rounds.get_round(world.desk, clerk, round_id)).version
    await wording.set_texts(world.desk, clerk, round_id, version, notice=" 公告\u202e正文\r\n第二行 ", scope="范围")
    view = await office_rounds.view_round(world.desk, clerk, round_id)
    assert (view.notice, view.scope) == ("公告正文\n第二行", "范围")
    too_long = wording.set_texts(world.desk, clerk, round_id, version, notice="长" * 5001, scope="")
    assert await refusal(too_long) == "bad-input:text-too-long"
    assert (
        await world.house.store.read(lambda tx: rounds.get_text(tx, round_id, "zh", "notice"))
    ) == "公告正文\n第二行"
    assert Reason.UNKNOWN in await refusal(office_rounds.view_round(world.desk, clerk, RoundId(b"\x01" * 16)))
