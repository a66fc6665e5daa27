"""Fixtures of the promises: a deployment of its own for each test, a Bot API server."""

from tests.promises.fixtures import api, county_now, program
from tests.web.desk_site import site

__all__ = ["api", "county_now", "program", "site"]
