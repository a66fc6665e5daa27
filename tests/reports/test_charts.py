"""Charts are pictures with a sentence, safe in a strict page, readable in grey, and each bar leads on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import combinations, pairwise
from threading import Thread
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.draw import KEPT, Drawer, NoCharts, draw_all
from reports.charts.frame import SIZE, steps, width_of
from reports.charts.parts import INKS, Bar, Chart, DayBar, Flag, Line, Part
from reports.charts.specs import by_day, growing, rows

FIRST = date(2026, 10, 26)
DAYS = [FIRST + timedelta(days=n) for n in range(24)]
TODAY = (DAYS[-1], "今天")
GROUPS = (4, 0, 1, 2, 5)
HOSTILE = "<script>\"&'组"


def day_bars(most: int = 9) -> list[DayBar]:
    found = []
    for on in DAYS:
        parts = tuple(Part((on.day * (k + 3)) % (most + 1), k) for k in range(5))
        found.append(DayBar(on, Bar("", parts, f"/office/numbers?of=day&at={on}", f"{on} 共"), on.weekday() > 4))
    return found


def charts() -> tuple[Chart, ...]:
    flags = [Flag(FIRST, "开始受理"), Flag(date(2026, 11, 4), HOSTILE), Flag(date(2030, 1, 1), "别的年份")]
    parts = tuple(Part(n, ink) for n, ink in zip((9, 42, 22, 41, 14), GROUPS, strict=True))
    teams = [Bar(name, parts, "/t", name, "共 128") for name in ("第一组", HOSTILE)]
    ages = [Bar("5 天以内", (Part(0, 0),), "/a", "没有", "0")]
    lines = [Line("受理 23", tuple(range(24))), Line("办结 0", (0,) * 24), Line("销号 0", (0,) * 24)]
    return (
        by_day(day_bars(), flags, "每天收到的件数", today=TODAY),
        rows(teams, "各组"),
        rows(ages, "积压", inside=False),
        growing(DAYS, lines, [("/d", f"{on}") for on in DAYS], "累计", today=TODAY),
    )


@pytest.fixture(scope="module")
def drawn() -> list[Element]:
    return [fromstring(svg) for svg in draw_all(charts())]  # noqa: S314 - our own drawing


def texts(svg: Element) -> list[str]:
    return [one.text or "" for one in svg.iter("text")]


def test_a_chart_has_no_style_no_script_and_no_address_but_ours(drawn: list[Element]) -> None:
    for svg in drawn:
        for one in svg.iter():
            assert one.tag in {"svg", "g", "path", "line", "rect", "text", "title", "a"}
            assert not [name for name in one.attrib if name == "style" or name.startswith("on") or "xlink" in name]
            assert one.get("href", "/").startswith("/")


def test_a_chart_is_one_picture_with_one_sentence_and_nothing_in_it_takes_the_focus(drawn: list[Element]) -> None:
    for svg, sentence in zip(drawn, ("每天收到的件数", "各组", "积压", "累计"), strict=True):
        picture, hits = svg
        assert (picture.get("role"), picture.get("aria-label")) == ("img", sentence)
        assert list(picture.iter("a")) == []
        assert hits.get("aria-hidden") == "true"
        assert {link.get("tabindex") for link in hits.iter("a")} == {"-1"}


def test_every_bar_leads_to_its_own_numbers_and_says_what_it_is(drawn: list[Element]) -> None:
    links = list(drawn[0].iter("a"))
    assert [link.get("href") for link in links] == [f"/office/numbers?of=day&at={on}" for on in DAYS]
    assert [link.find("path/title").text for link in links] == [f"{on} 共" for on in DAYS]  # type: ignore[union-attr]
    assert len(list(drawn[3].iter("a"))) == len(DAYS)


def test_milestones_are_dashed_lines_with_their_words_and_weekends_are_shaded(drawn: list[Element]) -> None:
    assert len([one for one in drawn[0].iter("line") if one.get("stroke-dasharray") == "3,3"]) == 2
    assert {"开始受理", HOSTILE}.issubset(texts(drawn[0]))
    assert "别的年份" not in texts(drawn[0])
    shaded = [one for one in drawn[0].iter("path") if one.get("fill") == INKS[5]]
    assert len(shaded) == sum(on.weekday() > 4 for on in DAYS)


def boxes(svg: Element) -> list[tuple[float, float, float, float]]:
    """Where each piece of text stands: left, right, top and bottom, in px of the drawing."""
    found = []

    def walk(one: Element, x: float, y: float) -> None:
        if move := re.fullmatch(r"translate\(([-\d.]+),([-\d.]+)\)", one.get("transform", "")):
            x, y = x + float(move[1]), y + float(move[2])
        if one.tag == "text" and one.text:
            wide = width_of(one.text)
            left = x - {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0.0)
            found.append((left, left + wide, y - SIZE, y))
        for child in one:
            walk(child, x, y)

    walk(svg, 0, 0)
    return found


def of_days(length: int, most: int) -> tuple[Chart, Chart]:
    """Both charts by day of a round of so many days, each with the same highest bar."""
    days = [FIRST + timedelta(days=n) for n in range(length)]
    bars = [DayBar(on, Bar("", (Part(most, 0),), "/d", f"{on}"), on.weekday() > 4) for on in days]
    words = ("开始受理", "入户发卡", "公布立行立改的第一批")
    flags = [*(Flag(days[at * length // 6], one) for at, one in enumerate(words)), Flag(days[-1], "截止")]
    lines = [Line(f"{name} {n}", (n,) * length) for name, n in (("受理", most), ("办结", 0), ("销号", 0))]
    today = (days[-1], "今天")
    links = [("/d", f"{on}") for on in days]
    return by_day(bars, flags, "", today=today), growing(days, lines, links, "", today=today)


@pytest.mark.parametrize("length", [1, 15, 24, 60, 180])
def test_no_words_of_a_chart_meet_and_none_are_cut(length: int) -> None:
    for svg in draw_all([*of_days(length, 1), *of_days(length, 1000)]):
        drawn = fromstring(svg)  # noqa: S314 - our own drawing
        found, (_, _, width, height) = boxes(drawn), map(float, drawn.attrib["viewBox"].split())
        for left, right, top, bottom in found:
            assert left >= 0 <= top
            assert right <= width
            assert bottom <= height
        for one, other in combinations(found, 2):
            beside = one[1] <= other[0] or other[1] <= one[0]
            assert beside or one[3] <= other[2] or other[3] <= one[2], (one, other)


def test_figures_stand_on_the_parts_and_totals_at_the_ends(drawn: list[Element]) -> None:
    assert texts(drawn[1]).count("42") == 2
    assert "共 128" in texts(drawn[1])
    assert {"今天", "11-02"}.issubset(texts(drawn[0]))


def test_pieces_of_a_bar_are_parted_by_a_white_pixel(drawn: list[Element]) -> None:
    pieces = [one for one in drawn[0].iter("path") if one.get("fill") in INKS[:5]]
    assert len(pieces) == sum(part.n > 0 for one in day_bars() for part in one.bar.parts)
    assert {(one.get("stroke"), one.get("stroke-width", "1")) for one in pieces} == {("#ffffff", "1")}


def lightness(ink: str) -> float:
    """CIE L* of a colour as a grey printer sees it."""
    channels = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    y = sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), GROUPS])
def test_neighbours_can_be_told_apart_in_grey(order: tuple[int, ...], drawn: list[Element]) -> None:
    for one, other in pairwise(order):
        framed = {path.get("stroke") for path in drawn[1].iter("path") if path.get("fill") == INKS[other]}
        far = abs(lightness(INKS[one]) - lightness(INKS[other])) >= 20
        assert far or "#7b8382" in framed, (one, other)


@given(st.integers(0, 2_000_000))
def test_an_axis_has_few_round_figures_and_room_for_the_highest_bar(most: int) -> None:
    found = steps(most)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 6
    assert {b - a for a, b in pairwise(found)} == {found[1]}
    assert re.fullmatch("[125]0*", f"{found[1]}")


async def test_what_does_not_change_is_not_drawn_twice_and_little_is_kept() -> None:
    drawn: list[str] = []

    def by(some: Sequence[Chart]) -> tuple[str, ...]:
        drawn.extend(chart.sentence for chart in some)
        return tuple(chart.sentence for chart in some)

    drawer = Drawer(by)

    async def show(n: int) -> Mapping[str, str]:
        return await drawer.draw(n, lambda: {"teams": rows([], f"{n}")})

    for n in (*range(KEPT), 0, 1, KEPT):
        assert await show(n) == {"teams": f"{n}"}
    assert drawn == [f"{n}" for n in range(KEPT + 1)]
    assert len(drawer.kept) == KEPT
    await show(0)  # was looked at lately
    await show(2)  # gave way
    assert drawn[KEPT + 1 :] == ["2"]


async def test_a_spec_that_cannot_be_drawn_is_no_chart_and_the_next_one_is_drawn() -> None:
    drawer = Drawer()
    with pytest.raises(NoCharts):
        await drawer.draw(1, lambda: {"bad": Chart({"mark": 7}, "", (1, 1))})
    assert (await drawer.draw(1, lambda: {"ages": charts()[2]}))["ages"].startswith("<svg")


def test_nothing_is_fetched_whatever_a_spec_names() -> None:
    asked: list[str] = []

    class Far(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:  # type: ignore[override]
            pass

    with HTTPServer(("127.0.0.1", 0), Far) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        spec = {"data": {"url": f"http://127.0.0.1:{server.server_port}/x.json"}, "mark": "bar", "encoding": {}}
        with pytest.raises(NoCharts):
            draw_all([Chart(spec, "", (1, 1))])
        server.shutdown()
    assert asked == []
