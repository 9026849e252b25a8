"""Open a lesson of the demo, follow its playing, and ask the server what it has of it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import browsers, ways
from tests.journeys.platform import Platform

type Spans = list[tuple[int, int]]

# Lessons of the demo by their lengths in seconds; source: cast/outlines.py.
TWENTY, THIRTY, FORTY, SIXTY = "讲台的清晨", "一块屏幕的用法", "一封学生的来信", "数据会说话"
DEMO = "demo"
# Where the browser cuts the last played stretch, and where the player read it, differ a little.
BLUR_MS = 150
PLAYED = """video => Array.from({length: video.played.length}, (_, place) =>
  [video.played.start(place), video.played.end(place)].map(at => Math.round(at * 1000)))"""

WHOLE = "video => video.buffered.length === 1 && video.duration - video.buffered.end(0) < 0.1"


@dataclass(frozen=True)
class Viewer:
    """Be somebody signed in, in a browser of her own, with one lesson of the demo."""

    platform: Platform
    seat: BrowserContext
    cookies: dict[str, str]
    lesson: str
    address: str
    training: str = DEMO

    def open(self) -> Page:
        """Open the lesson in a new tab."""
        page = self.seat.new_page()
        page.goto(self.address)
        expect(page.locator("yx-player video")).to_be_visible(timeout=ways.PATIENCE_MS)
        return page

    def elsewhere(self, kind: str) -> "Viewer":
        """Be the same person on another device, which shares nothing with this one."""
        assert self.seat.browser
        seat = browsers.seat(self.seat.browser, kind)
        ways.bring_cookies(seat, self.platform, self.cookies)
        return replace(self, seat=seat)

    def covered(self) -> Spans:
        """Return which milliseconds of the lesson the server has."""
        return [(start, end) for start, end in self._lesson()["covered"]]

    def is_complete(self) -> bool:
        """Tell whether the server has the lesson as done."""
        return bool(self._lesson()["state"] == "complete")

    def has(self, spans: Spans, *, but_ms: int = BLUR_MS) -> bool:
        """Tell whether the server has these milliseconds, all but a few."""
        return missing_ms(spans, self.covered()) <= but_ms

    def _lesson(self) -> dict[str, Any]:
        address = f"{self.platform.address}/me/trainings/{self.training}.json"
        told = httpx.get(address, cookies=self.cookies).raise_for_status().json()
        found: dict[str, Any] = next(one for one in told["lessons"] if one["id"] == self.lesson)
        return found


@contextmanager
def viewing(
    platform: Platform, phone: str, title: str, kind: str = "desk", training: str = DEMO
) -> Iterator[Viewer]:
    """Open a browser in which somebody is signed in, for a lesson by its title."""
    cookies = platform.session(phone)
    with browsers.opened() as browser:
        seat = browsers.seat(browser, kind)
        ways.bring_cookies(seat, platform, cookies)
        _, lesson = _find(platform, title, training)
        found = address(platform, title, training)
        yield Viewer(platform, seat, cookies, lesson, found, training)


def address(platform: Platform, title: str, training: str = DEMO) -> str:
    """Return where a lesson is watched, by its title."""
    course, lesson = _find(platform, title, training)
    return f"{platform.address}/courses/{course}/?lesson={lesson}"


def together(*stories: Callable[[], None]) -> None:
    """Go through stories at the same time, each in a browser of its own; all must end well."""
    with ThreadPoolExecutor(len(stories)) as pool:
        for begun in [pool.submit(story) for story in stories]:
            begun.result()


def played(page: Page) -> Spans:
    """Return which milliseconds the page's video says it has played."""
    spans: list[list[int]] = page.locator("yx-player video").evaluate(PLAYED)
    return [(start, end) for start, end in spans]


def position_ms(page: Page) -> int:
    """Return where the page's video is."""
    return int(page.locator("yx-player video").evaluate("video => video.currentTime * 1000"))


def load(page: Page) -> None:
    """Wait until the browser holds the whole video, and can play on without network."""
    wait(page, lambda: bool(page.locator("yx-player video").evaluate(WHOLE)), within_s=30)


def reach(page: Page, at_ms: int) -> None:
    """Wait until the playing video has come so far."""
    wait(page, lambda: position_ms(page) >= at_ms, within_s=at_ms / 1000 + 10)


def is_paused(page: Page) -> bool:
    """Tell whether the page's video stands."""
    return bool(page.locator("yx-player video").evaluate("video => video.paused"))


def wait(page: Page, comes_true: Callable[[], bool], *, within_s: float) -> None:
    """Let the page go on until something comes true; fail after the given seconds."""
    until = time.monotonic() + within_s
    while not comes_true():
        assert time.monotonic() < until, f"not within {within_s} s"
        page.wait_for_timeout(100)


def missing_ms(wanted: Spans, held: Spans) -> int:
    """Return how many of the wanted milliseconds are not held; neither overlaps itself."""
    shared = sum(
        max(0, min(end, until) - max(start, since))
        for start, end in wanted
        for since, until in held
    )
    return sum(end - start for start, end in wanted) - shared


def _find(platform: Platform, title: str, training: str) -> tuple[str, str]:
    told = httpx.get(f"{platform.address}/trainings/{training}.json").raise_for_status().json()
    return next(
        (course["id"], lesson["id"])
        for course in told["courses"]
        for section in course["sections"]
        for lesson in section["lessons"]
        if lesson["title"] == title
    )
