"""Splitting and linking tips over HTTP: the sheets of a tip's page, what they refuse, and what both pages show."""

import re

from tests.web.desk_site import Site


async def test_a_part_is_split_off_by_ticking_and_both_pages_show_it(site: Site) -> None:
    tip, member = await site.tip(), await site.member("zhou")
    page = await member.get(f"/desk/tips/{tip}")
    box = re.search(r'name="(part-\d+-\d+)"', page.text)
    assert box
    given = {"version": page.version, "gist": "新的一件", "kind": "projects", "unit": ""}
    empty = await member.post(f"/desk/tips/{tip}/split", given)
    assert empty.status == 400
    assert "请至少选一条" in empty.text
    assert 'value="新的一件"' in empty.text
    wrong = await member.post(f"/desk/tips/{tip}/split", {**given, box[1]: "1", "unit": "没有这个村"})
    assert re.search(rf'name="{box[1]}" value="1" checked', wrong.text)
    assert "没有这个村" in wrong.text
    done = await member.post(f"/desk/tips/{tip}/split", {**given, box[1]: "1"})
    assert done.status == 303
    part = await member.get(done.location)
    assert "新的一件" in part.text
    assert f'href="/desk/tips/{tip}"' in part.text
    assert f'href="{done.location}"' in (await member.get(f"/desk/tips/{tip}")).text
    again = await member.post(f"/desk/tips/{tip}/split", {**given, box[1]: "1"})
    assert again.status == 409


async def test_a_tip_is_linked_by_number_or_hint_and_let_go_again(site: Site) -> None:
    first, tip, member = await site.tip(), await site.tip(words="也是机耕路的事"), await site.member("zhou")
    page = await member.get(f"/desk/tips/{tip}")
    wrong = await member.post(f"/desk/tips/{tip}/repeat", {"version": page.version, "number": "2-0001"})
    assert wrong.status == 400
    assert "本组没有这个编号" in wrong.text
    assert 'value="2-0001"' in wrong.text
    done = await member.post(f"/desk/tips/{tip}/repeat", {"version": page.version, "number": "", "hint": "1-0001"})
    assert (done.status, done.location) == (303, f"/desk/tips/{tip}")
    linked = await member.get(f"/desk/tips/{tip}")
    assert f'href="/desk/tips/{first}"' in linked.text
    assert "周宁 记为重复件" in linked.text
    assert f'href="/desk/tips/{tip}"' in (await member.get(f"/desk/tips/{first}")).text
    undo = {"version": linked.version, "undo": "1"}
    assert (await member.post(f"/desk/tips/{tip}/repeat", undo)).status == 303
    alone = await member.get(f"/desk/tips/{tip}")
    assert "周宁 记为重复件（取消）" in alone.text
    assert 'name="undo"' not in alone.text


async def test_another_teams_tips_are_neither_split_nor_linked(site: Site) -> None:
    tip, stranger = await site.tip(), await site.member("shen")
    nowhere = (await stranger.get("/desk/nowhere")).body
    for name, fields in (("split", {"part-1-1": "1", "gist": "x", "kind": "other"}), ("repeat", {"number": "1"})):
        answer = await stranger.post(f"/desk/tips/{tip}/{name}", {"version": "1", **fields})
        assert (answer.status, answer.body) == (404, nowhere)
