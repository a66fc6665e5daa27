"""Fixtures of the journeys: a deployment of its own for each test, a Bot API server; a desk and a browser."""

from tests.browser import browser
from tests.promises.fixtures import api, county_now, program
from tests.web.desk_site import site

__all__ = ["api", "browser", "county_now", "program", "site"]
