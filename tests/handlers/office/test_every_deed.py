"""Every deed of the office stands in the audit once: who did what to which thing. What was refused does not."""

from collections.abc import Awaitable
from datetime import timedelta

from domain.regions import Relation
from domain.rounds import Role
from handlers.office import cards, ledger_template
from handlers.office import rounds as office_rounds
from handlers.office.keys import removing
from handlers.office.plan import framing, gaps, rotation, teams, ties, units
from handlers.office.rounds import opening
from handlers.office.watch import screen, settings
from handlers.people import roster
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from reports.ledger_template import default_template
from storage.people import audit, members
from tests.handlers.office.card_side import PRESS
from tests.handlers.office.plan_side import counties, planner, refusal, team_form
from tests.handlers.office.side import custodian, plan_round
from tests.handlers.office.watch_side import session_of, team_id
from tests.world import World

Done = list[tuple[str, str, bytes]]


async def lines(world: World, office_id: bytes) -> list[audit.Entry]:
    found = await world.house.store.read(lambda tx: audit.list_lines(tx, office_id))  # type: ignore[arg-type]
    return [line.entry for line in found]


async def noted(world: World, by: Session, *deeds: Awaitable[object]) -> Done:
    """What doing these, one after the other, wrote in the audit: act, kind of thing, which. All by the same member."""
    before = len(await lines(world, by.office_id))
    for deed in deeds:
        await deed
    new = (await lines(world, by.office_id))[before:]
    assert {one.member_id for one in new} == {by.member_id}
    return [(one.act, one.object_kind, one.object_id) for one in new]


async def test_units(world: World) -> None:
    clerk = await planner(world)
    by = clerk.session
    assert [
        one[:2] for one in await noted(world, by, units.add_unit(world.desk, by, None, name="云岭县", code="YL"))
    ] == [("add-unit", "unit")]
    unit_id = await clerk.unit("云岭县")
    before = (await units.view_unit(world.desk, by, unit_id)).unit
    assert await noted(
        world, by,
        units.change_unit(world.desk, by, before, name="云山县", code="YS"),
        units.add_alias(world.desk, by, unit_id, "老云岭"),
        units.drop_alias(world.desk, by, unit_id, "老云岭"),
        units.remove_unit(world.desk, by, unit_id),
    ) == [(act, "unit", unit_id) for act in ("change-unit", "add-alias", "drop-alias", "remove-unit")]  # fmt: skip


async def test_a_plan(world: World) -> None:
    clerk = await planner(world)
    by, homes, round_id = clerk.session, await counties(clerk, 3), await clerk.round()
    assert [one[:2] for one in await noted(world, by, clerk.team(round_id, 1, homes[0]))] == [("add-team", "team")]
    await clerk.team(round_id, 2, homes[1])
    await clerk.team(round_id, 3, homes[2])
    first = await team_id(world, 1, round_id=round_id)
    version = (await office_rounds.get_round(world.desk, by, round_id)).version
    form = team_form(1, homes[0], phone="0000-0000009")
    changed = teams.change_team(world.desk, by, first, version, form, round_id=round_id)
    assert await noted(world, by, changed) == [("change-team", "team", first)]
    found = await rotation.propose(world.desk, by, round_id, step=1)
    adopted = rotation.adopt(world.desk, by, round_id, found.digest, step=1, chosen=found.chosen)
    assert await noted(world, by, adopted) == [("adopt-rotation", "round", round_id)]
    version = (await office_rounds.get_round(world.desk, by, round_id)).version
    framed = framing.change_frame(world.desk, by, round_id, version, clerk.frame(days=41))
    assert await noted(world, by, framed) == [("plan-frame", "round", round_id)]


async def test_what_a_director_says_of_a_round(world: World) -> None:
    by, round_id = await session_of(world, "fang"), await plan_round(world)
    assert await noted(
        world, by,
        gaps.leave_gaps(world.desk, by, round_id, "这次不巡察"),
        opening.waive_escrow(world.desk, by, round_id, "这次不设保管人"),
        opening.waive_escrow(world.desk, by, round_id, ""),
    ) == [(act, "round", round_id) for act in ("leave-gaps", "waive-escrow", "want-escrow")]  # fmt: skip
    running = await office_rounds.get_round(world.desk, by, world.made.round_id)
    longer = opening.extend_round(world.desk, by, running.id, running.closes_at + timedelta(days=1))
    assert await noted(world, by, longer) == [("extend", "round", running.id)]


async def test_cards(world: World) -> None:
    by = await session_of(world, "qiao")
    first, second, third = list(world.batches.values())[:3]
    assert await noted(
        world, by,
        cards.print_poster(world.desk, first, PRESS, by.member_id),
        cards.revoke(world.desk, by.office_id, second.batch.id, by.member_id),
    ) == [
        ("print-poster", "card_batch", first.batch.id), ("revoke-cards", "card_batch", second.batch.id),
    ]  # fmt: skip
    replaced = cards.replace(world.desk, by.office_id, third.batch.id, by.member_id)
    (made, kind, _), done = await noted(world, by, replaced)
    assert (made, kind) == ("make-cards", "card_batch")
    assert done == ("replace-cards", "card_batch", third.batch.id)


async def test_people(world: World) -> None:
    by, tang = await session_of(world, "fang"), (await session_of(world, "tang")).member_id
    shen, second = (await session_of(world, "shen")).member_id, await team_id(world, 2)
    qin = (await session_of(world, "qin")).member_id
    done = await noted(
        world, by,
        roster.take_role(world.desk, by, qin, Role.CUSTODIAN),
        roster.give_role(world.desk, by, tang, Role.INSPECTOR, second),
        removing.take_out(world.desk, by, tang, second),
        roster.invite_again(world.desk, by, tang),
        roster.invite_again(world.desk, by, tang, new_phone=True),
        removing.disable(world.desk, by, shen),
    )  # fmt: skip
    of_people = [(act, one) for act, kind, one in done if kind == "member"]
    assert of_people == [
        ("take-role", qin),
        ("add-role", tang), ("take-out", tang), ("invite-again", tang), ("new-phone", tang), ("disable", shen),
    ]  # fmt: skip


async def test_an_invitation(world: World) -> None:
    by = await session_of(world, "fang")
    (done,) = await noted(world, by, roster.invite(world.desk, by, Newcomer("new", "新来的", Role.CLERK)))
    new = await world.house.store.read(lambda tx: members.member_by_login(tx, by.office_id, "new"))
    assert new is not None
    assert done == ("invite", "member", new.id)


async def test_whoever_takes_up_a_link_and_whoever_names_a_tie_says_so_themselves(world: World) -> None:
    fang = await session_of(world, "fang")
    await removing.disable(world.desk, fang, (await session_of(world, "ning")).member_id)
    new = await custodian(world, "an")
    own = [one.act for one in await lines(world, fang.office_id) if one.member_id == new.member_id]
    assert "accept-invite" in own
    clerk = await planner(world)
    tie = ties.declare(world.desk, clerk.session, await clerk.unit("苇原县"), Relation.FAMILY)
    assert await noted(world, clerk.session, tie) == [("declare-tie", "member", clerk.session.member_id)]


async def test_settings(world: World) -> None:
    by, today = await session_of(world, "fang"), world.clock().date().isoformat()
    round_ = await office_rounds.get_round(world.desk, by, world.made.round_id)
    assert await noted(
        world, by,
        screen.make_address(world.desk, by, round_),
        screen.drop_address(world.desk, by),
        ledger_template.put_template(world.desk, by, default_template(named=True)),
        ledger_template.drop_template(world.desk, by),
        settings.set_unread_days(world.desk, by, 5),
    ) == [
        (act, "office", by.office_id)
        for act in ("make-screen", "drop-screen", "template-put", "template-drop", "unread-days")
    ]  # fmt: skip
    kept = await noted(
        world, by, *(settings.put_away(world.desk, by, kind, today, "保密柜") for kind in ("backup", "secrets"))
    )
    assert [one[:2] for one in kept] == [("keep-backup", "safekeeping"), ("keep-secrets", "safekeeping")]


async def test_to_drop_what_is_not_there_is_no_deed(world: World) -> None:
    clerk = await planner(world)
    by, unit_id = clerk.session, await clerk.unit("苇原县")
    await units.add_alias(world.desk, by, unit_id, "老苇原")
    before = await lines(world, by.office_id)
    await units.drop_alias(world.desk, by, unit_id, "没有这个叫法")
    await screen.drop_address(world.desk, by)
    assert await lines(world, by.office_id) == before
    dropping = units.drop_alias(world.desk, by, unit_id, "老苇原")
    assert await noted(world, by, dropping) == [("drop-alias", "unit", unit_id)]


async def test_what_is_refused_is_no_deed(world: World) -> None:
    qiao, round_id = await session_of(world, "qiao"), await plan_round(world)
    tang = (await session_of(world, "tang")).member_id
    before = await lines(world, qiao.office_id)
    asked = (
        gaps.leave_gaps(world.desk, qiao, round_id, "这次不巡察"),
        opening.waive_escrow(world.desk, qiao, round_id, "这次不设保管人"),
        roster.invite_again(world.desk, qiao, tang, new_phone=True),
        roster.invite(world.desk, qiao, Newcomer("boss", "新主任", Role.DIRECTOR)),
        screen.make_address(world.desk, qiao, await office_rounds.get_round(world.desk, qiao, world.made.round_id)),
    )
    for one in asked:
        assert await refusal(one) == "not-allowed:director-only"
    assert await lines(world, qiao.office_id) == before
