"""Fixtures of the web's tests."""

from tests.browser import browser
from tests.web.desk_site import site

__all__ = ["browser", "site"]
