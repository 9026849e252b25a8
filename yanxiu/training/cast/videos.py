"""Make the demonstration's videos: MP4 files, captions and a poster for each recording.

Keys come from what a video shows, so that a second set-up finds everything and makes nothing.
"""

import hashlib
import io
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from yanxiu.foundation import media
from yanxiu.training.cast import reels, scenes, tones

SIZES = ((960, 540), (640, 360))
LONG_SIZE = (640, 360)
# A phone on a poor network waits for it before it has anything to look at.
POSTER_SIZE = (720, 405)

# Raised whenever the same wishes would give other files.
_EDITION = 2
_WORKERS = 2
_SHORT = reels.Quality(frames_a_second=8, keyframe_every_s=2, crf=26, preset="veryfast")
_LONG = reels.Quality(frames_a_second=1, keyframe_every_s=30, crf=32, preset="veryfast")
_LONG_LOOP_S = 60
_CUE_S = 5
_LONG_CUE_S = 30


class Rendition(TypedDict):
    """Hold one file of a recording; `src` is a key."""

    src: str
    type: str
    width: int
    height: int


class Caption(TypedDict):
    """Hold one file of captions; `src` is a key."""

    src: str
    lang: str
    label: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Say what a recording shows, and for how long."""

    title: str
    subtitle: str
    length_s: int
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Hold the files of one recording by their keys; the length is read back from the file."""

    duration_ms: int
    renditions: list[Rendition]
    captions: list[Caption]
    poster: str


def make(root: Path, wishes: Iterable[Wish]) -> list[Made]:
    """Make all under `root`, two at a time, and return them in the order of the wishes."""
    with ThreadPoolExecutor(_WORKERS) as workers:
        return list(workers.map(lambda wish: _made(root, wish), wishes))


def make_lesson(root: Path, *, title: str, subtitle: str, length_s: int) -> Made:
    """Make a short recording: every picture differs, two sizes, a chord, a cue every 5 seconds."""
    return _made(root, Wish(title, subtitle, length_s))


def make_long(root: Path, *, title: str, subtitle: str, length_s: int) -> Made:
    """Make a recording as long as a lesson at school: one minute, repeated without encoding."""
    return _made(root, Wish(title, subtitle, length_s, is_long=True))


def _made(root: Path, wish: Wish) -> Made:
    said = json.dumps([_EDITION, asdict(wish)], sort_keys=True).encode()
    folder = f"recordings/{hashlib.sha256(said).hexdigest()[:16]}"
    # Written last: where it stands, everything else does too.
    record = media.path(f"{folder}/made.json", under=root)
    if record.exists():
        return Made(**json.loads(record.read_bytes()))
    made = _make(root, folder, wish)
    media.put(f"{folder}/made.json", json.dumps(asdict(made)).encode(), under=root)
    return made


def _make(root: Path, folder: str, wish: Wish) -> Made:
    shown = [
        scenes.Scene(wish.title, wish.subtitle, width, height, wish.length_s)
        for width, height in ([LONG_SIZE] if wish.is_long else SIZES)
    ]
    renditions = [_rendition(root, folder, wish, scene) for scene in shown]
    media.put(f"{folder}/zh.vtt", _captions(wish).encode(), under=root)
    media.put(f"{folder}/poster.jpg", _poster(shown[0]), under=root)
    return Made(
        duration_ms=reels.duration_ms(media.path(renditions[0]["src"], under=root)),
        renditions=renditions,
        captions=[{"src": f"{folder}/zh.vtt", "lang": "zh-CN", "label": "中文"}],
        poster=f"{folder}/poster.jpg",
    )


def _rendition(root: Path, folder: str, wish: Wish, scene: scenes.Scene) -> Rendition:
    key = f"{folder}/{scene.height}.mp4"
    with media.writing(key, under=root) as draft:
        reels.write(draft, _tracks(wish, scene), length_s=wish.length_s)
    return {"src": key, "type": "video/mp4", "width": scene.width, "height": scene.height}


def _tracks(wish: Wish, scene: scenes.Scene) -> list[reels.Loop]:
    if wish.is_long:
        stills = (scene.still(second) for second in range(_LONG_LOOP_S))
        return [reels.pictures(stills, _LONG), _chime()]
    rate = _SHORT.frames_a_second
    frames = (scene.frame(place / rate) for place in range(wish.length_s * rate))
    return [reels.pictures(frames, _SHORT), _chord(wish.length_s % 4)]


# Loops last a whole number of AAC pieces: 125 of 1024 samples, and 500.
@cache
def _chord(which: int) -> reels.Loop:
    samples = tones.chord(which, rate_hz=32_000, length_s=4)
    return reels.sound(samples, rate_hz=32_000, bits_a_second=48_000)


@cache
def _chime() -> reels.Loop:
    return reels.sound(tones.chime(rate_hz=8_000, length_s=64), rate_hz=8_000, bits_a_second=8_000)


def _poster(scene: scenes.Scene) -> bytes:
    picture = io.BytesIO()
    still = scene.still(8)
    still.thumbnail(POSTER_SIZE)
    still.save(picture, "JPEG", quality=75, optimize=True, progressive=True)
    return picture.getvalue()


def _captions(wish: Wish) -> str:
    every_s = _LONG_CUE_S if wish.is_long else _CUE_S
    starts = range(0, wish.length_s, every_s)
    cues = [
        f"{_time(start)} --> {_time(min(start + every_s, wish.length_s))}\n"
        f"{_line(wish, place, len(starts))}\n"
        for place, start in enumerate(starts)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _line(wish: Wish, place: int, count: int) -> str:
    # Captions are markup to a browser; titles are text.
    title = wish.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if place == 0:
        return f"欢迎学习：{title}"
    if place == count - 1:
        return "完整看完，本课即记为完成。"
    return f"{title}（第 {place + 1} 段，共 {count} 段）"


def _time(at_s: int) -> str:
    return f"{at_s // 3600:02d}:{at_s // 60 % 60:02d}:{at_s % 60:02d}.000"
