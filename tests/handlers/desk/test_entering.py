"""来信、来电、来访 typed in by a member: sealed to the team alone, numbered at once, followed by a code."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import CannotStore, Reason, Refused
from domain.ids import AttachmentId, TeamId
from domain.tips import Action, Channel
from handlers.desk.arriving.entering import Desk, Slip, desk_of, enter, mint
from handlers.desk.arriving.entry_form import Typed, read_entry
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import open_tip
from handlers.keeping import keep_file
from handlers.people.sessions import Session
from storage.desk import work
from storage.intake import boxes, tips
from storage.people import audit
from tests.handlers.desk.side import Told, tell
from tests.web.site import PNG
from tests.world import World

FORM = b"f" * 16
GOOD = Typed(
    channel="visit", day="2026-11-11", unit="unknown", kind="other", identity="anonymous", words="鱼塘租金三年没有公开"
)


@pytest.fixture
async def zhou(world: World) -> Session:
    """The first team's leader."""
    return (await world.sign_in("zhou"))[1]


@pytest.fixture
async def desk(world: World, zhou: Session) -> Desk:
    return await desk_of(world.desk, zhou, zhou.teams[0])


async def entered(world: World, session: Session, typed: Typed = GOOD, form: bytes = FORM) -> Slip:
    desk = await desk_of(world.desk, session, session.teams[0])
    entry = read_entry(typed, desk.units, world.clock.now.date(), files=0)
    receipt = await mint(world.desk, session, desk.round.id, form)
    return await enter(world.desk, session, desk, entry, receipt=receipt, files=[])


async def test_what_a_member_enters_stands_in_the_ledger_at_once_with_who_entered_it(
    world: World, zhou: Session
) -> None:
    slip = await entered(world, zhou)
    tip = await open_tip(world.desk, zhou, slip.tip_id)
    assert slip.label == tip.label == "1-0001"
    assert (tip.standing.tip.channel, tip.standing.tip.entered_by) == (Channel.VISIT, zhou.member_id)
    assert tip.deadline is not None
    assert tip.letter is not None
    assert [part.text for part in tip.letter.parts] == ["鱼塘租金三年没有公开"]
    assert tip.header is not None
    assert tip.header.gist == "鱼塘租金三年没有公开"
    assert ("周宁", "enter") in {(deed.name, deed.act) for deed in tip.history}


async def test_whoever_came_follows_it_on_the_web_with_the_code_of_the_slip(world: World, zhou: Session) -> None:
    slip = await entered(world, zhou)
    told = Told(world, world.villager("visitor"), slip.code, slip.tip_id)
    await act(world.desk, zhou, slip.tip_id, Wish(Action.ACCEPT, 1))
    assert [one.state for one in await told.news()] == ["accepted"]
    await told.adds("还有去年的账")
    thread = (await open_tip(world.desk, zhou, slip.tip_id)).thread
    assert "还有去年的账" in repr(thread[-1].value)


async def test_handed_in_twice_one_form_enters_one_tip_and_gives_the_same_slip(world: World, zhou: Session) -> None:
    first, again = await entered(world, zhou), await entered(world, zhou)
    assert (again.tip_id, again.code, again.label) == (first.tip_id, first.code, first.label)
    assert (first.again, again.again) == (False, True)
    another = await entered(world, zhou, form=b"g" * 16)
    assert another.tip_id != first.tip_id
    assert another.code != first.code
    count = await world.desk.store.read(lambda tx: work.count_view(tx, world.made.round_id, zhou.teams[0], work.View()))
    assert count == 2


async def test_one_form_of_two_members_is_two_tips(world: World, zhou: Session) -> None:
    _, tang = await world.sign_in("tang")
    assert (await entered(world, zhou)).code != (await entered(world, tang)).code


async def test_the_code_and_the_words_stand_nowhere_in_the_clear(world: World, zhou: Session) -> None:
    slip = await entered(world, zhou)
    found = b"".join(path.read_bytes() for path in world.data.rglob("*") if path.is_file())
    assert slip.code.encode() not in found
    assert FORM.hex().encode() not in found
    assert "鱼塘租金".encode() not in found


async def test_only_the_teams_key_opens_it(world: World, zhou: Session) -> None:
    slip = await entered(world, zhou)
    _, stranger = await world.sign_in("shen")
    with pytest.raises(Refused) as refused:
        await open_tip(world.desk, stranger, slip.tip_id)
    assert refused.value.reason is Reason.UNKNOWN
    held = await world.desk.store.read(lambda tx: boxes.list_holders(tx, world.made.round_id, slip.tip_id))
    tip = await open_tip(world.desk, zhou, slip.tip_id)
    assert held == [tip.standing.team_key.key.id]


async def test_nobody_enters_anything_for_another_team(world: World, zhou: Session) -> None:
    _, stranger = await world.sign_in("shen")
    for team_id in (stranger.teams[0], TeamId(b"0" * 16)):
        with pytest.raises(Refused) as refused:
            await desk_of(world.desk, zhou, team_id)
        assert refused.value.reason is Reason.UNKNOWN


async def test_nothing_is_sealed_to_a_key_that_the_office_does_not_vouch_for(world: World, zhou: Session) -> None:
    strange = replace(world.desk, intake=_Stranger(world.desk.intake))  # type: ignore[arg-type]  # see below
    with pytest.raises(Refused) as refused:
        await desk_of(strange, zhou, zhou.teams[0])
    assert refused.value.detail == "team-key-differs"


class _Stranger:
    """The intake's folder, with another office's verify key in it."""

    def __init__(self, folder: object) -> None:
        self._folder = folder

    def __getattr__(self, name: str) -> object:
        return getattr(self._folder, name)

    def office_verify(self, _office_id: bytes) -> bytes:
        return b"\x01" * 32


async def test_files_are_kept_and_open_for_the_team(world: World, zhou: Session, desk: Desk) -> None:
    file = await keep_file(world.desk, PNG, name="扫描.png")
    entry = read_entry(replace(GOOD, words=""), desk.units, world.clock.now.date(), files=1)
    receipt = await mint(world.desk, zhou, desk.round.id, FORM)
    slip = await enter(world.desk, zhou, desk, entry, receipt=receipt, files=[file])
    tip = await open_tip(world.desk, zhou, slip.tip_id)
    assert tip.header is not None
    assert (tip.header.gist, tip.header.images) == ("", 1)
    kept = await world.desk.store.read(lambda tx: boxes.list_attachments(tx, desk.round.id, slip.tip_id))
    assert [one.id.hex() for one in kept] == [file[1].id]


async def test_a_members_file_is_sealed_like_any_other(world: World) -> None:
    _, file = await keep_file(world.desk, PNG, name="../../照片.png")
    assert (file.name, file.mime, file.size) == ("照片.png", "image/png", len(PNG))
    assert PNG not in bytes(world.desk.files.get(AttachmentId(bytes.fromhex(file.id))))
    with pytest.raises(Refused) as refused:
        await keep_file(world.desk, b"\x00\x01nothing known", name="x")
    assert refused.value.reason is Reason.BAD_FILE


async def test_a_round_whose_secrets_are_destroyed_takes_nothing(world: World, zhou: Session, desk: Desk) -> None:
    world.desk.secrets.destroy_round(desk.round.id)
    with pytest.raises(CannotStore):
        await mint(world.desk, zhou, desk.round.id, FORM)


async def test_what_came_on_an_earlier_day_is_due_from_that_day(world: World, zhou: Session) -> None:
    early = replace(GOOD, day=(world.clock.now.date() - timedelta(days=20)).isoformat())
    today, before = await entered(world, zhou), await entered(world, zhou, early, b"g" * 16)
    rows = [await open_tip(world.desk, zhou, one.tip_id) for one in (today, before)]
    due = [one.standing.work.next_due_on for one in rows]
    assert due[0] is not None
    assert due[1] is not None
    assert due[1] < due[0]
    assert rows[1].thread[0].on == world.clock.now.date() - timedelta(days=20)


async def test_entering_is_one_line_of_the_audit_and_no_event(world: World, zhou: Session) -> None:
    slip = await entered(world, zhou)
    lines = await world.desk.store.read(lambda tx: audit.lines_about(tx, zhou.office_id, "tip", slip.tip_id))
    assert [(line.entry.act, line.entry.member_id) for line in lines] == [("enter", zhou.member_id)]
    assert not await world.desk.store.read(lambda tx: tips.list_events(tx, world.made.round_id, slip.tip_id))
    assert not await world.desk.store.read(tips.unfolded_tips)


async def test_a_place_may_be_any_of_the_teams_and_none_of_anothers(world: World, desk: Desk) -> None:
    _, shen = await world.sign_in("shen")
    theirs = await desk_of(world.desk, shen, shen.teams[0])
    assert {one.name for one in desk.units} >= {"苇庄镇"}
    assert not {one.id for one in desk.units} & {one.id for one in theirs.units}
    below = [one for one in desk.units if "苇庄镇/" in one.path]
    assert below
    entry = read_entry(replace(GOOD, unit=below[0].id.hex()), desk.units, world.clock.now.date(), files=0)
    assert entry.unit == below[0]


async def test_what_is_entered_counts_on_from_what_was_told(world: World, zhou: Session) -> None:
    first = (await (await tell(world)).opened(zhou)).label
    assert (first, (await entered(world, zhou)).label) == ("1-0001", "1-0002")
