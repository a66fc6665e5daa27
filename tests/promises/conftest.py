"""Fixtures of the promises: a deployment of its own for each test, a Bot API server."""

from tests.promises.fixtures import api, county_now, program

__all__ = ["api", "county_now", "program"]
