"""Replace a recording's video, for whoever runs the machine."""

import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace as replace_fields
from pathlib import Path
from uuid import UUID

import av

from yanxiu.foundation import clock, media
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue.models import MediaVersion, Recording
from yanxiu.training.journeys import replacing
from yanxiu.training.journeys.replacing import Film, Preview

# Where a kept part began and ended in the old film, and begins in the new one.
type Part = tuple[int, int, int]

YES = "yes"
MP4, VTT = ".mp4", ".vtt"
WHY_MOST = 200
_KEPT = re.compile(r"(?P<start>[\d:.]+)-(?P<end>[\d:.]+)(?:@(?P<at>[\d:.]+))?")
_TIME = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d{1,6})(?:\.(\d{1,3}))?")


def replace(
    name: str,
    files: Sequence[Path],
    *,
    kept: Sequence[str],
    is_same: bool,
    why: str,
    is_sure: bool,
) -> str:
    """Say whom it touches, ask, and show the files from now on; return what was done."""
    if not why.strip() or len(why) > WHY_MOST:
        msg = f"--why is what everybody concerned reads: 1 to {WHY_MOST} characters"
        raise Misconfigured(msg)
    recording = _recording(name)
    present = recording.media.get(version=recording.version)
    by_key = _keyed(files)
    film = _film(by_key, [] if is_same else _parts(kept), present)
    if is_same:
        # Another encoder's file of the same film may end some pictures earlier, or later.
        shared_ms = min(film.duration_ms, present.duration_ms)
        captions = film.captions or present.captions
        film = replace_fields(film, kept=[(0, shared_ms, 0)], captions=captions)
    try:
        print(said(replacing.preview(recording, film)), flush=True)
        if not (is_sure or _is_confirmed()):
            return "nothing was changed"
        for src, file in by_key.items():
            media.put(src, file.read_bytes())
        made = replacing.replace(recording, film, why=why.strip(), at=clock.now())
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return f"{recording.title}: version {made.version} is shown from now on"


def said(seen: Preview) -> str:
    """Return in words whom a replacement touches."""
    lines = [
        f"version {seen.version} touches {seen.people} people (each lesson of theirs once)",
        f"  {seen.completed} have finished it and stay so",
        f"  {seen.finishing} finish it by this: they have watched all that is still shown",
        f"  {seen.keeping} are on the way and have no more to watch than before",
        f"  {seen.longer} are on the way and have more to watch",
        f"  {_seconds(seen.longer_ms)} s more in all, {_seconds(seen.most_ms)} s at most",
    ]
    return "\n".join(lines)


def time_ms(text: str) -> int:
    """Return the milliseconds of a moment as players show it: 12, 0:12, 1:02:03.500."""
    found = _TIME.fullmatch(text)
    if not found:
        msg = f"a moment of a video is written 0:12 or 1:02:03.500, not {text!r}"
        raise Misconfigured(msg)
    hours, minutes, seconds, rest = (each or "0" for each in found.groups())
    whole_s = int(hours) * 3_600 + int(minutes) * 60 + int(seconds)
    return whole_s * 1_000 + int(rest.ljust(3, "0"))


def _parts(kept: Sequence[str]) -> list[Part]:
    """Return the parts that are kept; where none says where it lies now, one follows the other."""
    parts: list[Part] = []
    for text in kept:
        found = _KEPT.fullmatch(text)
        if not found:
            msg = (
                f"a part that is kept is written OLD_FROM-OLD_TO@NEW, 0:12-9:30@0:00, not {text!r}"
            )
            raise Misconfigured(msg)
        start, end = time_ms(found["start"]), time_ms(found["end"])
        after = parts[-1][2] + parts[-1][1] - parts[-1][0] if parts else 0
        parts.append((start, end, time_ms(found["at"]) if found["at"] else after))
    return parts


def _keyed(files: Sequence[Path]) -> dict[str, Path]:
    """Return the files by new keys."""
    folder = f"recordings/{secrets.token_hex(8)}"
    return {f"{folder}/{n}{VTT if _is_vtt(file) else MP4}": file for n, file in enumerate(files)}


def _film(by_key: Mapping[str, Path], parts: Sequence[Part], present: MediaVersion) -> Film:
    """Return the film that the files are; its length is read from them."""
    renditions, captions, lengths_ms = [], [], []
    for src, file in by_key.items():
        if _is_vtt(file):
            captions.append(_captions(src, file))
            continue
        width, height, length_ms = _measured(file)
        renditions.append({"src": src, "type": "video/mp4", "width": width, "height": height})
        lengths_ms.append(length_ms)
    if not lengths_ms:
        msg = "name the new video's file"
        raise Misconfigured(msg)
    # Every rendition shows the last instant that counts.
    return Film(min(lengths_ms), renditions, captions, present.poster, parts)


def _is_vtt(file: Path) -> bool:
    return file.suffix.lower() == VTT


def _captions(src: str, file: Path) -> dict[str, str]:
    try:
        is_readable = file.read_text(encoding="utf-8-sig").startswith("WEBVTT")
    except (OSError, UnicodeDecodeError):
        is_readable = False
    if not is_readable:
        msg = f"{file} holds no captions: they begin with WEBVTT, in UTF-8"
        raise Misconfigured(msg)
    return {"src": src, "lang": "zh-CN", "label": "中文"}


def _measured(file: Path) -> tuple[int, int, int]:
    try:
        with av.open(file) as container:
            stream = container.streams.video[0]
            length_ms = (container.duration or 0) * 1_000 // av.time_base
            return stream.width, stream.height, length_ms
    except (av.FFmpegError, IndexError, OSError) as error:
        msg = f"{file} is no video that can be read"
        raise Misconfigured(msg) from error


def _recording(name: str) -> Recording:
    try:
        found = list(Recording.objects.filter(pk=UUID(name)))
    except ValueError:
        found = list(Recording.objects.filter(title=name)[:2])
    if len(found) == 1:
        return found[0]
    msg = f"{len(found) or 'no'} recordings are called {name!r}; name one by its id"
    raise Misconfigured(msg)


def _is_confirmed() -> bool:
    print(f"Replace it? Type {YES}: ", end="", flush=True)
    return sys.stdin.readline().strip() == YES


def _seconds(ms: int) -> str:
    return f"{ms / 1_000:.3f}".rstrip("0").rstrip(".")
