"""Play the demonstration's videos in a real browser, served as the platform serves them."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright
from starlette.staticfiles import StaticFiles

from yanxiu.training.cast import videos

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
LOADED = """src => new Promise((resolve, reject) => {
  const video = document.querySelector("video")
  video.onerror = () => reject(new Error(video.error.message))
  video.onloadeddata = () => resolve(video.duration)
  video.src = src
})"""
PLAYED_OUT = """([from, rate]) => new Promise((resolve, reject) => {
  const video = document.querySelector("video")
  video.onerror = () => reject(new Error(video.error.message))
  video.onended = () => resolve(
    [...Array(video.played.length).keys()].map(k => [video.played.start(k), video.played.end(k)]))
  video.currentTime = from
  video.playbackRate = rate
  video.play()
})"""
SEEN_AT = """at => new Promise(resolve => {
  const video = document.querySelector("video"), canvas = document.createElement("canvas")
  video.onseeked = () => {
    canvas.width = video.videoWidth; canvas.height = video.videoHeight
    const pen = canvas.getContext("2d")
    pen.drawImage(video, 0, 0)
    const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data
    resolve(pixels.filter((_, k) => k % 97 == 0).join())
  }
  video.currentTime = at
})"""
CUES = """src => new Promise((resolve, reject) => {
  const track = document.createElement("track")
  track.onload = () => resolve([...track.track.cues].map(cue => [cue.startTime, cue.endTime]))
  track.onerror = () => reject(new Error("no captions"))
  track.src = src
  document.querySelector("video").append(track)
  track.track.mode = "showing"
})"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    (folder / "page.html").write_text("<!doctype html><title>播放</title><video muted></video>")
    return folder


@pytest.fixture(scope="module")
def site(root: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(StaticFiles(directory=root), log_level="error"))
    # Listening before the server runs: early requests wait in the queue.
    door = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(site: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, headless=True
        )
        page = browser.new_page()
        page.goto(f"{site}/page.html")
        yield page
        browser.close()


def _plays_out(page: Page, made: videos.Made, *, since_s: float, rate: float) -> None:
    duration_s = made.duration_ms / 1000
    played: list[list[float]] = page.evaluate(PLAYED_OUT, [since_s, rate])
    assert played[0][0] == pytest.approx(since_s, abs=0.3)
    assert len(played) == 1
    assert played[-1][1] == pytest.approx(duration_s, abs=0.1)


def test_a_short_lesson_plays_to_its_end_at_double_speed(root: Path, page: Page) -> None:
    made = videos.make_lesson(root, title="示范课程", subtitle="体验", length_s=6)
    for rendition in made.renditions:
        duration: Any = page.evaluate(LOADED, f"/{rendition['src']}")
        assert duration * 1000 == pytest.approx(made.duration_ms, abs=100)
        _plays_out(page, made, since_s=0, rate=2)


def test_a_long_lesson_can_be_sought_and_plays_to_its_end(root: Path, page: Page) -> None:
    made = videos.make_long(root, title="学科教学", subtitle="第一节", length_s=1510)
    duration: Any = page.evaluate(LOADED, f"/{made.renditions[0]['src']}")
    assert duration * 1000 == pytest.approx(made.duration_ms, abs=100)
    assert page.evaluate(SEEN_AT, 700.5) != page.evaluate(SEEN_AT, 711.5)
    _plays_out(page, made, since_s=1505, rate=2)


def test_every_moment_sought_shows_another_picture(root: Path, page: Page) -> None:
    made = videos.make_lesson(root, title="示范课程", subtitle="体验", length_s=6)
    page.evaluate(LOADED, f"/{made.renditions[0]['src']}")
    seen = [page.evaluate(SEEN_AT, at_s) for at_s in (4.1, 0.6, 2.2)]
    assert len(set(seen)) == 3


def test_the_browser_reads_the_captions(root: Path, page: Page) -> None:
    made = videos.make_lesson(root, title="示范课程", subtitle="体验", length_s=6)
    page.evaluate(LOADED, f"/{made.renditions[0]['src']}")
    assert page.evaluate(CUES, f"/{made.captions[0]['src']}") == [[0, 5], [5, 6]]
