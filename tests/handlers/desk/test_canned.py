"""What a team often says: everybody in it uses it, its leader and liaison write it, and a race loses nobody's words."""

from dataclasses import replace

import pytest

from domain.errors import Reason, Refused
from handlers.desk.team import canned
from handlers.texts import LANGUAGES, say
from tests.world import World


async def test_a_new_team_begins_with_short_plain_replies_that_its_members_can_use(world: World) -> None:
    for login in ("zhou", "tang", "shen"):
        _, session = await world.sign_in(login)
        replies = await canned.list_replies(world.desk, session, session.teams[0])
        assert len(replies) == len(canned.SUGGESTED)
        assert "不用写名字" in "".join(one.body for one in replies)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_suggested_keeps_to_the_lengths_of_a_reply(lang: str) -> None:
    for name in canned.SUGGESTED:
        assert len(say(lang, f"canned-{name}-title")) <= canned.TITLE_LENGTH
        assert len(say(lang, f"canned-{name}")) <= canned.BODY_LENGTH


async def test_a_reply_is_added_changed_and_taken_away(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    team = zhou.teams[0]
    before = await canned.list_replies(world.desk, zhou, team)
    await canned.add_reply(world.desk, zhou, team, " 哪\u200b一年\n ", "请问是哪一年？\r\n大概也行。\n")
    (mine,) = set(await canned.list_replies(world.desk, zhou, team)) - set(before)
    assert (mine.title, mine.body, mine.version) == ("哪一年", "请问是哪一年？\n大概也行。", 1)
    await canned.change_reply(world.desk, zhou, replace(mine, body="是哪一年？"))
    changed = replace(mine, body="是哪一年？", version=2)
    assert changed in await canned.list_replies(world.desk, zhou, team)
    await canned.remove_reply(world.desk, zhou, team, mine.id)
    await canned.remove_reply(world.desk, zhou, team, mine.id)
    assert await canned.list_replies(world.desk, zhou, team) == before


async def test_who_comes_second_overwrites_nothing(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    first, *_ = await canned.list_replies(world.desk, zhou, zhou.teams[0])
    await canned.change_reply(world.desk, zhou, replace(first, body="先写的"))
    with pytest.raises(Refused) as caught:
        await canned.change_reply(world.desk, zhou, replace(first, body="后写的"))
    assert caught.value.reason is Reason.STALE
    await canned.remove_reply(world.desk, zhou, zhou.teams[0], first.id)
    with pytest.raises(Refused) as caught:
        await canned.change_reply(world.desk, zhou, replace(first, body="后写的", version=2))
    assert caught.value.reason is Reason.STALE


@pytest.mark.parametrize(
    ("title", "body", "detail"),
    [
        ("", "话", "canned-title"),
        (" \u200b\n", "话", "canned-title"),
        ("名" * 31, "话", "canned-title"),
        ("名", "", "canned-body"),
        ("名", "话" * 501, "canned-body"),
        ("名", "话" * 1_000_000, "canned-body"),
    ],
)
async def test_an_empty_or_too_long_reply_is_refused(world: World, title: str, body: str, detail: str) -> None:
    _, zhou = await world.sign_in("zhou")
    with pytest.raises(Refused) as caught:
        await canned.add_reply(world.desk, zhou, zhou.teams[0], title, body)
    assert (caught.value.reason, caught.value.detail) == (Reason.BAD_INPUT, detail)
    await canned.add_reply(world.desk, zhou, zhou.teams[0], "名" * 30, "话" * 500)


async def test_another_teams_replies_are_neither_seen_nor_touched(world: World) -> None:
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in ("zhou", "tang", "shen")]
    theirs, *_ = await canned.list_replies(world.desk, shen, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await canned.list_replies(world.desk, zhou, shen.teams[0])
    assert caught.value.reason is Reason.UNKNOWN
    with pytest.raises(Refused) as caught:
        await canned.change_reply(world.desk, zhou, replace(theirs, team_id=zhou.teams[0], body="换掉"))
    assert caught.value.reason is Reason.STALE
    await canned.remove_reply(world.desk, zhou, zhou.teams[0], theirs.id)
    assert theirs in await canned.list_replies(world.desk, shen, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await canned.add_reply(world.desk, tang, tang.teams[0], "名", "话")
    assert caught.value.reason is Reason.NOT_ALLOWED


async def test_a_team_that_threw_all_away_can_begin_again(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    team = zhou.teams[0]
    await canned.add_suggested(world.desk, zhou, team, "zh")
    assert len(await canned.list_replies(world.desk, zhou, team)) == len(canned.SUGGESTED)
    for one in await canned.list_replies(world.desk, zhou, team):
        await canned.remove_reply(world.desk, zhou, team, one.id)
    await canned.add_suggested(world.desk, zhou, team, "en")
    assert "When" in {one.title for one in await canned.list_replies(world.desk, zhou, team)}
