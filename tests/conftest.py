"""Fixtures that every room's tests may ask for."""

from collections.abc import Iterator

import pytest

from handlers.desk.finding import building
from tests.patience import PATIENCE

pytest_plugins = ["tests.postgres", "tests.world"]


@pytest.fixture(autouse=True, scope="session")
def searches_wait() -> Iterator[None]:
    """A search answers with what it has read so far after a moment, which on a busy machine is too early for a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "PATIENCE", PATIENCE)
        yield
