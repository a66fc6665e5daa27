"""The index of what can be found: it finds what reading everything would, and takes no more room than it has."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import TeamId, TipId
from handlers.desk.finding.index import Entry, best, matches
from handlers.desk.finding.matching import folded, snippet, words_of
from handlers.desk.finding.registry import Finder


def some(words: str, number: int) -> Entry:
    text = folded(words)
    tip_id = TipId(number.to_bytes(16, "big"))
    return Entry(tip_id, number, 1, f"1-{number:04d}", "", date(2026, 11, 11), words, text, len(text))


async def test_memory_is_bounded_and_the_index_used_longest_ago_goes() -> None:
    finder = Finder(room=3)
    team = TeamId(bytes(16))
    for name in (b"a", b"b", b"c"):
        index = finder.index(name, team)
        index.entries = {entry.tip_id: entry for entry in (some("补贴", 1), some("鱼塘", 2))}
    finder.index(b"b", team)
    assert finder.sessions() == {b"b"}


LETTERS = st.text(alphabet="补贴鱼塘租金ABab12１２㎡ﬁß，。 \n", max_size=30)


@settings(max_examples=150)
@given(st.lists(LETTERS, max_size=12), LETTERS)
def test_what_is_found_is_what_reading_everything_would_find(told: list[str], typed: str) -> None:
    entries = [some(words, number) for number, words in enumerate(told, start=1)]
    words = words_of(typed)
    slow = {one.number for one in entries if all(word in folded(one.told) for word in words)}
    assert {one.number for one in matches(entries, words)} == slow
    assert {one.number for one in best(matches(entries, words), words, 100)} == slow


@settings(max_examples=150)
@given(LETTERS, LETTERS)
def test_a_snippet_shows_the_hit_as_it_was_written(told: str, typed: str) -> None:
    words = words_of(typed)
    shown = snippet(told, words)
    if any(word in folded(told) for word in words):
        assert any(word in folded(shown.hit) for word in words)
        assert shown.hit in told
    else:
        assert shown.hit == ""
