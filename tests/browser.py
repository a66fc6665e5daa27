"""A real Chromium for tests: a villager's small phone, with and without JavaScript."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.patience import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)

_ARGS = [
    "--no-sandbox",  # a test machine may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """The Chromium on this machine, else Playwright's own. Without either it raises: a missing browser is an error."""
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed, args=_ARGS, timeout=PATIENCE * 1000)
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


async def phone(
    browser: Browser, *, script: bool = True, width: int = 360, height: int = 640, scale: float = 1
) -> BrowserContext:
    """A fresh browser profile with a small screen."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=script,
        locale="zh-CN",
        device_scale_factor=scale,
    )
    context.set_default_timeout(PATIENCE * 1000)
    return context
