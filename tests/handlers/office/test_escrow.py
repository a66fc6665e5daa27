"""The custodians' way back to a team's letters: both of them, by their passwords, for one member of that team."""

import pytest
from sqlalchemy import delete, select

from domain.errors import BadSeal
from domain.ids import KeyId
from domain.rounds import Role, Team, TeamKind
from handlers.desk.locking import keyring
from handlers.desk.locking.recusing import MARK, recused_mark
from handlers.office.keys import escrow, removing, rotating, withdrawing
from handlers.office.keys.escrow import Kept
from handlers.office.rounds import opening
from handlers.people import accounts, roster, trail
from handlers.people.inviting import Newcomer
from handlers.people.throttle import Throttle
from storage.office import rounds
from storage.people import escrows, keys
from storage.people.escrows import Escrow
from storage.people.keys import Key
from storage.schema.people import escrow as escrow_table
from storage.schema.people import grant as grant_table
from storage.store import Tx
from tests.handlers.desk.side import tell
from tests.handlers.office.escrow_side import BOTH, chest, director, kept_round, lines, refused, team_of
from tests.handlers.office.side import custodian, ready_round
from tests.world import PASSWORD, World
from vault.escrow import withdraw
from vault.keys import new_seed

WRONG = "some other quiet words over there"


async def lose(world: World, team: Team) -> None:
    """Nobody of the team can open its key any more."""

    def write(tx: Tx) -> None:
        for key in keys.team_keys(tx, team.round_id, team.id):
            tx.execute(delete(grant_table).where(grant_table.c.key_id == key.id))

    await world.house.store.write(write)


async def kept(world: World, team: Team) -> Kept:
    def load(tx: Tx) -> Kept:
        round_, key = rounds.get_round(tx, team.round_id), keys.team_keys(tx, team.round_id, team.id)[0]
        return escrow.kept_of(tx, round_, [(team, key)], world.clock().date())[key.id]

    return await world.house.store.read(load)


async def stored(world: World, team: Team) -> tuple[Key, Escrow]:
    def load(tx: Tx) -> tuple[Key, Escrow]:
        key = keys.team_keys(tx, team.round_id, team.id)[0]
        return key, escrows.list_escrows(tx, [key.id])[key.id]

    return await world.house.store.read(load)


async def test_both_custodians_bring_a_team_back_to_its_letters_and_all_three_stand_in_the_audit(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    await lose(world, team)
    _, zhou = await world.sign_in("zhou")
    assert await refused(keyring.team_key(world.desk, zhou, team.round_id, team.id)) == "no-key"
    found = await chest(world, team)
    assert [found.first.login, found.second.login] == ["ning", "qin"]
    before = len(await lines(world))
    assert await withdrawing.give(world.desk, found, "zhou", BOTH) == 1
    held = await keyring.team_key(world.desk, zhou, team.round_id, team.id)
    assert held.key.team_id == team.id
    new = (await lines(world))[before:]
    assert [(one.act, one.object_id) for one in new] == [("escrow-open", team.id)] * 2 + [("escrow", team.id)]
    assert new[-1].member_id == zhou.member_id


async def test_neither_custodian_alone_opens_anything(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    await lose(world, team)
    found, before = await chest(world, team), len(await lines(world))
    for words in ((PASSWORD, WRONG), (WRONG, PASSWORD), (WRONG, WRONG)):
        assert await refused(withdrawing.give(world.desk, found, "zhou", words)) == "escrow-password"
    _, zhou = await world.sign_in("zhou")
    assert await refused(keyring.team_key(world.desk, zhou, team.round_id, team.id)) == "no-key"
    assert len(await lines(world)) == before


async def test_the_office_opens_nothing_with_database_and_r_but_one_custodian(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    key, row = await stored(world, team)
    secret = world.desk.secrets.round_secret(team.round_id)
    assert secret is not None
    what = escrow.what_is(row, key, team.round_id, team)
    (_, fang), (_, qiao), (_, ning), (_, qin) = [await world.sign_in(one) for one in ("fang", "qiao", "ning", "qin")]
    assert withdraw((ning.seed, qin.seed), row.box, secret, what, public=key.public)
    seeds = (fang.seed, qiao.seed, ning.seed, new_seed())
    for both in [(a, b) for a in seeds for b in seeds] + [(qin.seed, ning.seed), (fang.seed, qin.seed)]:
        with pytest.raises(BadSeal):
            withdraw(both, row.box, secret, what, public=key.public)


async def test_every_key_is_kept_but_the_recusal_teams(world: World) -> None:
    round_id = await kept_round(world)
    assert await kept(world, await team_of(world, round_id)) is Kept.KEPT
    assert await kept(world, await team_of(world, round_id, kind=TeamKind.UNROUTED)) is Kept.KEPT
    recusal = await team_of(world, round_id, kind=TeamKind.RECUSAL)
    assert await kept(world, recusal) is Kept.NEVER
    rows = await world.house.store.read(lambda tx: list(tx.execute(select(escrow_table.c.key_id)).scalars()))
    own = await world.house.store.read(lambda tx: keys.team_keys(tx, round_id, recusal.id))
    assert KeyId(own[0].id) not in rows
    assert len(rows) == 8  # four teams of each round
    office_id = (await director(world)).office_id
    assert await refused(withdrawing.find(world.desk, office_id, 7, recusal.name)) == "escrow-none"


async def test_a_replaced_custodian_keeps_what_was_before_and_nothing_of_what_comes(world: World) -> None:
    team, fang = await team_of(world, await kept_round(world)), await director(world)
    _, qin = await world.sign_in("qin")
    await roster.take_role(world.desk, fang, qin.member_id, Role.CUSTODIAN)
    assert await kept(world, team) is Kept.FORMER
    await custodian(world, "an")
    assert await kept(world, team) is Kept.FORMER
    await rotating.rotate(world.desk, fang, team.id)
    assert await kept(world, team) is Kept.KEPT
    now, before = await chest(world, team), await chest(world, team, generation=1)
    assert [now.first.login, now.second.login, now.others] == ["an", "ning", 1]
    assert [before.first.login, before.second.login] == ["ning", "qin"]
    key, row = await stored(world, team)
    secret = world.desk.secrets.round_secret(team.round_id)
    assert secret is not None
    _, ning = await world.sign_in("ning")
    what = escrow.what_is(row, key, team.round_id, team)
    with pytest.raises(BadSeal):
        withdraw((qin.seed, ning.seed), row.box, secret, what, public=key.public)
    await lose(world, team)
    assert await withdrawing.give(world.desk, now, "zhou", BOTH) == 1
    assert await withdrawing.give(world.desk, before, "zhou", BOTH) == 1
    _, zhou = await world.sign_in("zhou")
    assert len(await keyring.keys_for(world.desk, zhou, team.id)) == 2


async def test_a_new_custodian_counts_once_the_second_factor_is_confirmed(world: World) -> None:
    team, fang = await team_of(world, await kept_round(world)), await director(world)
    _, qin = await world.sign_in("qin")
    await roster.take_role(world.desk, fang, qin.member_id, Role.CUSTODIAN)
    token = await roster.invite(world.desk, fang, Newcomer("an", "安", Role.CUSTODIAN))
    await accounts.accept_invite(world.desk, Throttle(), token, PASSWORD)
    await rotating.rotate(world.desk, fang, team.id)
    assert await kept(world, team) is Kept.NONE


async def test_only_an_activated_member_of_that_very_team_is_given_it(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found = await chest(world, team)
    for login in ("shen", "fang", "ning", "nobody"):
        assert await refused(withdrawing.give(world.desk, found, login, BOTH)) == "escrow-member"
    fang, (_, tang) = await director(world), await world.sign_in("tang")
    await roster.invite(world.desk, fang, Newcomer("invited", "新来的", Role.INSPECTOR, team.id))
    await removing.disable(world.desk, fang, tang.member_id)
    for login in ("invited", "tang"):
        assert await refused(withdrawing.give(world.desk, found, login, BOTH)) == "escrow-member"


async def test_once_the_rounds_secret_is_gone_nobody_opens_it(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found = await chest(world, team)
    world.desk.secrets.destroy_round(team.round_id)
    assert await refused(withdrawing.give(world.desk, found, "zhou", BOTH)) == "escrow-over"


async def test_a_waived_round_keeps_nothing_and_a_third_custodian_is_one_too_many(world: World) -> None:
    assert await refused(custodian(world, "an")) == "custodians-full"
    round_id, fang = await ready_round(world), await director(world)
    await opening.waive_escrow(world.desk, fang, round_id, "这次不设保管人")
    await opening.open_round(world.desk, fang, round_id)
    assert await kept(world, await team_of(world, round_id)) is Kept.WAIVED
    assert await refused(opening.waive_escrow(world.desk, fang, round_id, "")) == "round-not-planned"
    office_id = fang.office_id
    assert await refused(withdrawing.find(world.desk, office_id, 7, "1")) == "escrow-none"
    assert await refused(withdrawing.find(world.desk, office_id, 9, "1")) == "escrow-round"
    assert await refused(withdrawing.find(world.desk, office_id, 7, "9")) == "escrow-team"


async def test_one_who_was_recused_from_a_letter_of_the_team_is_not_given_its_key(world: World) -> None:
    told = await tell(world)
    fang, (_, tang) = await director(world), await world.sign_in("tang")
    mark = trail.Deed(fang.office_id, fang.member_id, MARK, MARK, recused_mark(told.id, tang.member_id))
    await world.house.store.write(lambda tx: trail.note(tx, world.desk, mark))  # as in the team that had it before
    found = await withdrawing.find(world.desk, fang.office_id, 6, "1")
    assert await refused(withdrawing.give(world.desk, found, "tang", BOTH)) == "escrow-recused"
    assert await withdrawing.give(world.desk, found, "zhou", BOTH) == 1


async def test_a_clerk_neither_names_a_custodian_nor_lets_one_in_again_nor_puts_one_out(world: World) -> None:
    (_, qiao), (_, ning) = await world.sign_in("qiao"), await world.sign_in("ning")
    naming = roster.invite(world.desk, qiao, Newcomer("an", "安", Role.CUSTODIAN))
    assert await refused(naming) == "director-only"
    assert await refused(roster.invite_again(world.desk, qiao, ning.member_id)) == "director-only"
    assert await refused(removing.disable(world.desk, qiao, ning.member_id)) == "director-only"
