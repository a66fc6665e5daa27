"""拆出一件: the part is a tip of its own, under the same lock, and nobody outside learns of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import BadSeal, Reason, Refused
from domain.ids import AttachmentId, TipId
from domain.tips import Action, Kind, State
from handlers.conversation.events import Chose, Said, Sent, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.arriving.splitting import Split, split
from handlers.desk.locking import keyring, recusing
from handlers.desk.locking.locks import lock_differs
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.attachments import read_file
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.keeping import keep_file
from handlers.people.sessions import Session
from handlers.sealing import box_context
from storage.intake import boxes, tips
from storage.people import audit
from tests.handlers.desk.side import Told, words_of
from tests.web.site import PNG
from tests.world import World
from vault.open import read

POND, ROAD = "鱼塘租金三年没有公开", "去年修的路没有修完"


@pytest.fixture
async def told(world: World) -> Told:
    """Two matters in one tip, and a picture."""
    villager = world.villager("reporter")
    await villager.does(Start(world.card("苇庄镇")))
    for words in (POND, ROAD):
        await villager.does(Said(words))
    kind, file = await keep_file(world.intake, PNG, name="路.png")
    await villager.does(Sent(kind, file))
    answer = await villager.does(Chose("done"))
    if answer.state.step == "where":
        answer = await villager.does(Chose("skip"))
    for choice in ("anonymous", "recusal:no", "submit"):
        answer = await villager.does(Chose(choice))
    return Told(world, villager, answer.state.code, (await fold(world.desk))[0].tip_id)


@pytest.fixture
async def zhou(world: World) -> Session:
    return (await world.sign_in("zhou"))[1]


def wish(*parts: tuple[int, int], version: int = 1, **other: str) -> Split:
    given = {"gist": "修路", "kind": "projects", "unit": "", **other}
    return Split(version, frozenset(parts), **given)


async def split_road(told: Told, session: Session) -> OpenTip:
    part = await split(told.world.desk, session, told.id, wish((1, 2), (1, 3), version=await told.version(session)))
    return await open_tip(told.world.desk, session, part)


async def test_the_part_carries_the_chosen_messages_and_a_line_of_its_own(told: Told, zhou: Session) -> None:
    part = await split_road(told, zhou)
    assert part.letter is not None
    assert part.header is not None
    assert [(one.seq, one.text) for one in part.letter.parts] == [(1, ROAD), (2, "")]
    assert part.header.gist == "修路"
    assert (part.label, part.standing.tip.kind, part.standing.work.state) == ("1-0002", Kind.PROJECTS, State.RECEIVED)
    assert part.standing.work.split_from == told.id
    first = await told.opened(zhou)
    assert first.letter is not None
    assert [one.text for one in first.letter.parts] == [POND, ROAD, ""]


async def test_its_files_open_and_stay_named_by_the_first_tip(told: Told, zhou: Session) -> None:
    part = await split_road(told, zhou)
    assert part.letter is not None
    file = part.letter.parts[1].file
    assert file is not None
    served = await read_file(
        told.world.desk, zhou, part.standing.tip.id, AttachmentId(bytes.fromhex(file.id)), original=False, large=False
    )
    assert served.inline
    rows = [
        await told.world.desk.store.read(lambda tx, of=of: boxes.list_attachments(tx, told.world.made.round_id, of))  # type: ignore[misc]  # bound early
        for of in (told.id, part.standing.tip.id)
    ]
    assert [len(one) for one in rows] == [1, 0]


async def test_its_time_runs_from_today_and_its_day_is_the_first_ones(told: Told, zhou: Session) -> None:
    told.world.clock.forward(days=7)
    _, zhou = await told.world.sign_in("zhou")
    part, first = await split_road(told, zhou), await told.opened(zhou)
    assert part.standing.tip.received_on == first.standing.tip.received_on
    assert [clock.started_on - first.clocks[0].started_on for clock in part.clocks] == [timedelta(days=7)]


async def test_the_reporter_hears_nothing_and_the_code_leads_to_the_first_alone(told: Told, zhou: Session) -> None:
    part = await split_road(told, zhou)
    await act(told.world.desk, zhou, part.standing.tip.id, Wish(Action.ACCEPT, 1))
    assert await told.news() == ()
    with pytest.raises(Refused) as refused:
        await act(told.world.desk, zhou, part.standing.tip.id, Wish(Action.REPLY, 2, words="好"))
    assert refused.value.detail == "split-part"
    await told.adds("还有一件")
    assert "还有一件" in words_of(await told.opened(zhou))
    assert "还有一件" not in words_of(await open_tip(told.world.desk, zhou, part.standing.tip.id))


async def test_both_tips_tell_of_it_once(told: Told, zhou: Session) -> None:
    part, desk = await split_road(told, zhou), told.world.desk
    for tip_id, reason in ((told.id, ""), (part.standing.tip.id, "split-off")):
        events = await desk.store.read(lambda tx, of=tip_id: tips.list_events(tx, told.world.made.round_id, of))  # type: ignore[misc]  # bound early
        lines = await desk.store.read(lambda tx, of=tip_id: audit.lines_about(tx, zhou.office_id, "tip", of))  # type: ignore[misc]  # bound early
        assert [(one.act, one.actor_id, one.reason) for one in events] == [(Action.SPLIT, zhou.member_id, reason)]
        assert [line.entry.act for line in lines].count("split") == 1
    assert (await told.opened(zhou)).standing.work.version == 2


async def everything_opened(world: World, session: Session, tip_id: TipId) -> list[bytes]:
    """Every box of the tip that any key granted to the member opens, tried without asking any rule."""
    round_id, found = world.made.round_id, []
    sealed = await world.desk.store.read(lambda tx: boxes.list_boxes(tx, round_id, tip_id))
    envelopes = await world.desk.store.read(lambda tx: boxes.list_envelopes(tx, round_id, tip_id))
    for key in await keyring.keys_for(world.desk, session, session.teams[0]):
        for box in sealed:
            for one in (one for one in envelopes if one.seq == box.seq):
                try:
                    context = box_context(box.kind, round_id, tip_id, box.seq)
                    found.append(read(key.open, key.key.id, box.body, one.sealed, context))
                except BadSeal:
                    continue
    return found


async def test_who_was_recused_from_the_first_opens_nothing_of_the_part(told: Told, zhou: Session) -> None:
    world = told.world
    _, tang = await world.sign_in("tang")
    _, heyu = await world.sign_in("heyu")
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    part = (await split_road(told, zhou)).standing.tip.id
    assert await everything_opened(world, tang, part) == []
    with pytest.raises(Refused) as refused:
        await stand(world.desk, tang, part)
    assert (refused.value.reason, refused.value.detail) == (Reason.NOT_ALLOWED, "recused")
    assert ROAD in words_of(await open_tip(world.desk, heyu, part))
    assert not await lock_differs(world.desk, heyu, await stand(world.desk, heyu, part))
    marked = await world.desk.store.read(lambda tx: recusing.is_recused(tx, zhou.office_id, part, tang.member_id))
    assert marked
    await act(world.desk, heyu, part, Wish(Action.ACCEPT, 1))


async def test_a_part_of_a_part_hangs_from_the_first_where_the_reporter_can_be_asked(told: Told, zhou: Session) -> None:
    part = (await split_road(told, zhou)).standing.tip.id
    again = await split(told.world.desk, zhou, part, wish((1, 1)))
    assert (await open_tip(told.world.desk, zhou, again)).standing.work.split_from == told.id


async def test_additions_can_be_split_off_too_and_a_place_is_found_by_its_name(told: Told, zhou: Session) -> None:
    await told.adds("村口的灯不亮")
    first = await told.opened(zhou)
    seq, version = first.thread[-1].seq, first.standing.work.version
    part = await split(told.world.desk, zhou, told.id, wish((seq, 1), version=version, unit="苇庄镇", gist="路灯"))
    opened = await open_tip(told.world.desk, zhou, part)
    assert "村口的灯不亮" in words_of(opened)
    assert opened.unit == "苇庄镇"
    assert opened.letter is not None
    assert opened.letter.place == "苇庄镇"


WRONG: list[tuple[dict[str, object], str]] = [
    ({"parts": frozenset()}, "split-parts"),
    ({"parts": frozenset({(1, 9), (0, 0), (7, 1)})}, "split-parts"),
    ({"gist": " \u200b "}, "split-gist"),
    ({"gist": "路" * 41}, "split-gist"),
    ({"kind": "x"}, "split-kind"),
    ({"unit": "没有这个村"}, "split-unit"),
]


async def test_what_is_missing_or_unknown_is_said_and_nothing_is_made(told: Told, zhou: Session) -> None:
    for change, detail in WRONG:
        with pytest.raises(Refused) as refused:
            await split(told.world.desk, zhou, told.id, replace(wish((1, 1)), **change))  # type: ignore[arg-type]  # fields
        assert (refused.value.reason, refused.value.detail) == (Reason.BAD_INPUT, detail)
    assert (await told.opened(zhou)).standing.work.version == 1


async def test_what_has_ended_or_changed_meanwhile_is_not_split(told: Told, zhou: Session) -> None:
    desk = told.world.desk
    await act(desk, zhou, told.id, Wish(Action.CLAIM, 1))
    with pytest.raises(Refused) as stale:
        await split(desk, zhou, told.id, wish((1, 1)))
    assert stale.value.reason is Reason.STALE
    await act(desk, zhou, told.id, Wish(Action.DECLINE, 2, reason="hotline"))
    with pytest.raises(Refused) as ended:
        await split(desk, zhou, told.id, wish((1, 1), version=3))
    assert ended.value.reason is Reason.WRONG_STATE


async def test_another_teams_tip_is_unknown(told: Told) -> None:
    _, shen = await told.world.sign_in("shen")
    with pytest.raises(Refused) as refused:
        await split(told.world.desk, shen, told.id, wish((1, 1)))
    assert refused.value.reason is Reason.UNKNOWN
