"""Give the journeys a platform that runs and a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import browsers
from tests.journeys import platform as platforms


@pytest.fixture(scope="session")
def platform() -> Iterator[platforms.Platform]:
    """Keep a platform with its demo country up for all journeys."""
    with platforms.running() as up:
        yield up


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Keep a browser open for one story: what it leaves running would stop tests of Django."""
    with browsers.opened() as opened:
        yield opened
