"""Fixtures that every room's tests may ask for. What a busy machine does late is late, and no failure."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from handlers.desk.finding import building
from media import pictures
from reports import foreign
from reports.charts import draw
from tests.patience import PATIENCE

pytest_plugins = ["tests.postgres", "tests.world"]

# A test's own `suppress_health_check` takes the place of this one: it names `too_slow` again.
# The same examples in every run, so that a red one speaks of what was changed; `--hypothesis-profile=explore` draws
# new ones.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("explore", settings.get_profile("house"), derandomize=False)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def nothing_is_given_up_early() -> Iterator[None]:
    """A search answers with what it has read so far after a moment, and a child is ended after some seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "PATIENCE", PATIENCE)
        for module in (pictures, foreign, draw):
            patch.setattr(module, "SECONDS", PATIENCE)
        yield
