"""Give the journeys a platform that runs and a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import browsers
from tests.journeys import platform as platforms


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all journeys on one worker: they share the platform and never play at once."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def platform() -> Iterator[platforms.Platform]:
    """Keep a platform with its demo country up for all journeys."""
    with platforms.running() as up:
        yield up


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Keep a browser open for all journeys."""
    with browsers.opened() as opened:
        yield opened
