"""Public figures as rows: what was said of a day stays said."""

from datetime import timedelta

from storage.office.releases import Release, find_release, insert_release, list_days
from storage.store import Store
from tests.storage.frame import DAY, Frame


async def test_the_first_figures_of_a_day_stay(store: Store, frame: Frame) -> None:
    first, second = (Release(frame.round, DAY, {"tables": [{"rows": [["网页", n]]}]}) for n in (5, 10))
    assert await store.write(lambda tx: insert_release(tx, first))
    assert not await store.write(lambda tx: insert_release(tx, second))
    assert await store.read(lambda tx: find_release(tx, frame.round, DAY)) == first


async def test_days_come_latest_first_and_a_day_without_figures_has_none(store: Store, frame: Frame) -> None:
    days = [DAY + timedelta(days=n) for n in (1, 3, 0)]
    for day in days:
        await store.write(lambda tx, day=day: insert_release(tx, Release(frame.round, day, {})))  # type: ignore[misc]
    assert await store.read(lambda tx: list_days(tx, frame.round)) == sorted(days, reverse=True)
    assert await store.read(lambda tx: find_release(tx, frame.round, DAY + timedelta(days=2))) is None
