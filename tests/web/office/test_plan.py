"""Planning in pages: from no plan to who inspects what by forms alone; what was typed and what others did is kept."""

import re
from datetime import timedelta

import pytest

from domain.ids import RoundId
from handlers.office.plan import framing
from handlers.office.plan.copying import Copy
from storage.office import units
from storage.store import Tx
from tests.handlers.office.plan_side import counties, named, planner
from tests.web.desk_site import Member, Page, Site, alert

NEW = {"term": "14", "ordinal": "7", "phase": "1", "accept": "15", "rule": "refuse"}
TEAM = {"ordinal": "1", "name": "第 1 组", "phone": "0000-0000001", "address": "", "mailbox": "", "home": ""}


def window(site: Site, days: int = 40, hour: int = 18) -> dict[str, str]:
    opens = site.world.clock() + timedelta(days=days)
    closes = opens + timedelta(days=60)
    return {"opens": f"{opens:%Y-%m-%d}T08:00", "closes": f"{closes:%Y-%m-%d}T{hour:02}:00"}


async def new_round(site: Site, member: Member, **more: str) -> str:
    """The address of a new round."""
    made = await member.post("/office/rounds/new", {**NEW, **window(site), **more})
    assert made.status == 303, made.text
    return made.location


def fields(page: Page) -> dict[str, str]:
    """Every field of a unit on the assignment page as a browser would send it untouched."""
    hidden = dict(re.findall(r'name="(b-\w+)" value="(\w*)"', page.text))
    reasons = dict(re.findall(r'name="(r-\w+)" value="([^"]*)"', page.text))
    picked = {}
    for name, body in re.findall(
        r'<select class="input" id="t-\w+" name="(t-\w+)"[^>]*>(.*?)</select>', page.text, re.S
    ):
        chosen = re.search(r'value="(\w*)" selected', body)
        picked[name] = chosen[1] if chosen else ""
    return hidden | picked | reasons


async def ids(site: Site, *paths: str) -> list[str]:
    _, clerk = await site.world.sign_in("qiao")

    def load(tx: Tx) -> list[str]:
        known = {unit.path: unit.id.hex() for unit in units.list_units(tx, clerk.office_id)}
        return [known[path] for path in paths]

    return await site.world.house.store.read(load)


async def test_an_office_plans_a_round_by_its_pages_alone(site: Site) -> None:
    clerk = await site.member("qiao")
    assert "/office/rounds/new" in (await clerk.get("/office/rounds")).text
    here = await new_round(site, clerk)
    shown = (await clerk.get(here)).text
    for part in ("teams", "assignment", "rotation", "frame"):
        assert f'href="{here}/{part}"' in shown
        assert (await clerk.get(f"{here}/{part}")).status == 200
    assert (await clerk.post(f"{here}/teams", {**TEAM, "name": "城<b>组"})).status == 303
    assert (await clerk.post(f"{here}/teams", {**TEAM, "ordinal": "2"})).status == 303
    listed = (await clerk.get(f"{here}/teams")).text
    assert "城&lt;b&gt;组" in listed
    first, second = re.findall(rf'{here}/teams/(\w+)" aria-label', listed)
    changed = await clerk.post(f"{here}/teams/{first}", {**TEAM, "version": "1", "mailbox": "县 1 号信箱"})
    assert 'value="县 1 号信箱"' in changed.text
    assert "已经有叫这个名称的组" in alert(changed)
    fixed = {**TEAM, "name": "第 3 组", "version": "1", "mailbox": "县 1 号信箱"}
    assert (await clerk.post(f"{here}/teams/{first}", fixed)).status == 303
    assert "县 1 号信箱" in (await clerk.get(f"{here}/teams")).text
    town, village = await ids(site, "苇原县/南岔镇", "苇原县/南岔镇/白杨湾社区")
    sheet = await clerk.get(f"{here}/assignment")
    saved = await clerk.post(f"{here}/assignment", {**fields(sheet), f"t-{town}": first})
    assert saved.status == 303
    within = await clerk.get(f"{here}/assignment/{town}")
    assert "随第 3 组" in within.text
    apart = {**fields(within), f"t-{village}": second}
    assert (await clerk.post(f"{here}/assignment/{town}", apart)).status == 303
    assert "1 个另给" in (await clerk.get(f"{here}/assignment")).text
    removed = await clerk.get(f"{here}/teams/{second}/remove")
    assert "1 个单位就没有组了" in removed.text
    assert (await clerk.post(f"{here}/teams/{second}/remove")).status == 303
    assert "第 1 组" not in (await clerk.get(f"{here}/teams")).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"closes": "2026-12-30T00:00"}, "截止写的是 0 点"), ({"closes": "2026-12-01T18:00"}, "截止要在开始之后"),
        ({"opens": "2025-01-01T08:00", "closes": "2025-03-01T18:00"}, "已经过了"),
        ({"closes": "2036-01-30T18:00"}, "隔了一年多"), ({"closes": ""}, "写全"), ({"opens": "三月一日"}, "写全"),
        ({"opens": "0001-01-01T00:00"}, "写全"), ({"term": "九"}, "1 到 999"), ({"accept": "0"}, "1 到 250"),
        ({"rule": "maybe"}, "异地交叉"), ({"ordinal": "6"}, "已经有了"),
    ],
)  # fmt: skip
async def test_a_frame_that_is_wrong_is_said_in_words_and_stays_as_typed(
    site: Site, wrong: dict[str, str], words: str
) -> None:
    clerk = await site.member("qiao")
    typed = {**NEW, **window(site), **wrong}
    page = await clerk.post("/office/rounds/new", typed)
    assert words in alert(page)
    for name in ("term", "ordinal", "opens", "closes"):
        assert f'value="{typed[name]}"' in page.text
    assert (await clerk.get("/office/rounds")).text.count("还没有开") == 0


async def test_like_the_last_round_each_part_has_its_box_and_what_is_refused_keeps_them(site: Site) -> None:
    clerk = await site.member("qiao")
    like = site.world.made.round_id.hex()
    form = await clerk.get(f"/office/rounds/new?like={like}")
    boxes = re.findall(r'name="(copy-\w+)" value="yes" checked', form.text)
    assert boxes == ["copy-teams", "copy-seats", "copy-deadlines", "copy-texts", "copy-assignments"]
    sent = {**NEW, **window(site), "like": like, "copy-teams": "yes", "copy-assignments": "yes"}
    early = await clerk.post("/office/rounds/new", {**sent, **window(site, days=10)})
    assert "苇原县 苇庄镇在第六轮里，到 12 月 11 日 18:00 才结束" in alert(early)
    assert re.findall(r'name="(copy-\w+)" value="yes" checked', early.text) == ["copy-teams", "copy-assignments"]
    made = await clerk.post("/office/rounds/new", sent)
    listed = await clerk.get(f"{made.location}/teams")
    assert ("第三巡察组" in listed.text, "苇庄镇" in listed.text, "周宁" in listed.text) == (True, True, False)
    assert (await clerk.get(f"/office/rounds/new?like={'ab' * 16}")).status == 404


async def test_the_second_of_two_who_edit_a_frame_or_a_team_sees_what_stands_and_keeps_what_they_typed(
    site: Site,
) -> None:
    clerk, director = await site.member("qiao"), await site.member("fang")
    here = await new_round(site, clerk)
    late = {**NEW, **window(site), "accept": "9", "version": (await director.get(f"{here}/frame")).version}
    assert (await clerk.post(f"{here}/frame", {**late, "accept": "5"})).status == 303
    second = await director.post(f"{here}/frame", late)
    assert "刚才有人改过" in alert(second)
    assert "现在存的是：5" in second.text
    assert 'value="9"' in second.text
    assert (await director.post(f"{here}/frame", {**late, "version": second.version})).status == 303
    await clerk.post(f"{here}/teams", TEAM)
    team = re.findall(rf"{here}/teams/(\w+)", (await clerk.get(f"{here}/teams")).text)[0]
    version = (await director.get(f"{here}/teams/{team}")).version
    assert (await clerk.post(f"{here}/teams/{team}", {**TEAM, "phone": "0000-5", "version": version})).status == 303
    second = await director.post(f"{here}/teams/{team}", {**TEAM, "address": "县前街", "version": version})
    assert "刚才有人改过" in alert(second)
    assert "现在存的是：0000-5" in second.text
    assert 'value="县前街"' in second.text
    kept = {**TEAM, "phone": "0000-5", "address": "县前街", "version": second.version}
    assert (await director.post(f"{here}/teams/{team}", kept)).status == 303


async def test_an_open_round_lets_a_team_be_reached_otherwise_and_says_what_cards_show(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    team = re.findall(rf"{here}/teams/(\w+)", (await clerk.get(f"{here}/teams")).text)[0]
    form = await clerk.get(f"{here}/teams/{team}")
    assert "已经印好的卡片和公告上还是原来的电话" in form.text
    assert 'name="name"' not in form.text
    contacts = {"phone": "0000-7", "address": "", "mailbox": "", "version": form.version}
    assert (await clerk.post(f"{here}/teams/{team}", contacts)).status == 303
    listed = (await clerk.get(f"{here}/teams")).text
    assert "0000-7" in listed
    assert "第一巡察组" in listed
    assert "加这个组" not in listed


async def test_problems_stand_at_their_rows_and_a_colleagues_choice_is_neither_lost_nor_hidden(site: Site) -> None:
    clerk, director = await site.member("qiao"), await site.member("fang")
    here = await new_round(site, clerk, rule="warn")
    home, away, other = await ids(site, "苇原县/南岔镇", "苇原县/青坪乡", "苇原县/苇庄镇")
    await clerk.post(f"{here}/teams", {**TEAM, "home": home})
    await clerk.post(f"{here}/teams", {**TEAM, "ordinal": "2", "name": "第 2 组"})
    first, second = re.findall(rf'{here}/teams/(\w+)" aria-label', (await clerk.get(f"{here}/teams")).text)
    form = fields(await director.get(f"{here}/assignment"))
    asked = await clerk.post(f"{here}/assignment", {**form, f"t-{home}": first, f"t-{away}": first})
    assert "有 1 处要改" in alert(asked)
    assert f'<a href="#t-{home}">苇原县 南岔镇</a>' in alert(asked)
    assert re.search(rf'id="w-{home}"><p>第 1 组的人就是从这里来的。一定要去，请写理由', asked.text)
    again = fields(asked)
    assert (again[f"t-{home}"], again[f"t-{away}"], again[f"r-{home}"]) == (first, first, "")
    assert (await clerk.post(f"{here}/assignment", {**again, f"r-{home}": "人手<不够>"})).status == 303
    assert "人手&lt;不够&gt;" in (await clerk.get(f"{here}/assignment")).text
    late = await director.post(f"{here}/assignment", {**form, f"t-{away}": second, f"t-{other}": second})
    assert "刚才有人把它给了第 1 组" in late.text
    again = fields(late)
    assert again[f"t-{home}"] == again[f"b-{home}"] == first  # the clerk's, which the director did not touch
    assert again[f"t-{away}"] == again[f"t-{other}"] == second
    assert (await director.post(f"{here}/assignment", again)).status == 303
    round_id = RoundId(bytes.fromhex(here.rsplit("/", 1)[1]))
    now = await named(await planner(site.world), round_id)
    assert now == {"苇原县/南岔镇": "第 1 组", "苇原县/青坪乡": "第 2 组", "苇原县/苇庄镇": "第 2 组"}
    for bad in ({f"t-{'ab' * 16}": first}, {"t-zz": first}, {f"t-{away}": "ab" * 16, f"b-{away}": ""}):
        assert (await clerk.post(f"{here}/assignment", bad)).status == 404


async def test_what_is_left_of_a_county_goes_to_one_team_and_a_reason_is_asked_where_it_is_home(site: Site) -> None:
    clerk = await site.member("qiao")
    here = await new_round(site, clerk, rule="warn")
    county, home = await ids(site, "苇原县", "苇原县/南岔镇")
    await clerk.post(f"{here}/teams", {**TEAM, "home": home})
    team = re.findall(rf'{here}/teams/(\w+)" aria-label', (await clerk.get(f"{here}/teams")).text)[0]
    form = fields(await clerk.get(f"{here}/assignment"))
    asked = await clerk.post(f"{here}/assignment", {**form, f"f-{county}": team})
    assert "一定要去，请写理由" in alert(asked)
    reasoned = {**fields(asked), f"f-{county}": team, f"r-{home}": "人手不够"}
    assert (await clerk.post(f"{here}/assignment", reasoned)).status == 303
    assert len(await named(await planner(site.world), RoundId(bytes.fromhex(here.rsplit("/", 1)[1])))) == 4


async def test_a_place_that_runs_in_another_round_is_named_at_its_row(site: Site) -> None:
    desk, clerk = await planner(site.world), await site.member("qiao")
    copy = Copy(site.world.made.round_id, assignments=False)
    made = await framing.make_round(site.world.desk, desk.session, desk.frame(days=10), copy)
    here, (town,) = f"/office/rounds/{made.hex()}/assignment", await ids(site, "苇原县/苇庄镇")
    form = await clerk.get(here)
    team = re.findall(r'<option value="(\w{32})"', form.text)[2]
    refused = await clerk.post(here, {**fields(form), f"t-{town}": team})
    assert re.search(rf'id="w-{town}"><p>苇原县 苇庄镇在第六轮里', refused.text)


async def test_a_rotation_is_looked_at_in_table_and_words_and_taken(site: Site) -> None:
    desk, clerk = await planner(site.world), await site.member("qiao")
    homes = await counties(desk, 3)
    here = await new_round(site, clerk)
    assert "至少两个县区有组" in (await clerk.get(f"{here}/rotation")).text
    for n, home in enumerate(homes, start=1):
        await clerk.post(f"{here}/teams", {**TEAM, "ordinal": str(n), "name": f"第 {n} 组", "home": home.hex()})
    shown = await clerk.get(f"{here}/rotation?step=2")
    assert re.findall(r"<li>(. 县)的 1 个组，去(. 县)", shown.text) == [
        ("A 县", "C 县"),
        ("B 县", "A 县"),
        ("C 县", "B 县"),
    ]
    assert '<button class="btn main">采用' in shown.text
    digest = re.findall(r'name="digest" value="(\w+)"', shown.text)[0]
    chosen = {"step": "2", "digest": digest}
    await clerk.post(f"{here}/teams", {**TEAM, "ordinal": "4", "name": "第 4 组", "home": homes[0].hex()})
    changed = await clerk.post(f"{here}/rotation", chosen)
    assert "刚才组或者单位有变动" in alert(changed)
    fresh = re.findall(r'name="digest" value="(\w+)"', changed.text)[0]
    assert (await clerk.post(f"{here}/rotation", {**chosen, "digest": fresh})).status == 303
    now = await named(desk, RoundId(bytes.fromhex(here.rsplit("/", 1)[1])))
    assert now["C 县/C1 镇"] == "第 1 组"
    assert now["A 县/A1 镇"] == "第 2 组"
    assert len(now) == 9
