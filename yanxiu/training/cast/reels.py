"""Encode pictures and sound into loops, and write loops into MP4 files that a browser can seek in.

A loop is encoded once; a file of any length repeats its pieces without encoding again.
"""

import heapq
import io
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import av
from av.container import OutputContainer
from av.stream import Stream
from PIL import Image

type Packet = av.Packet[Stream]

_AAC_SAMPLES = 1024


@dataclass(frozen=True, slots=True)
class Quality:
    """Say how pictures are encoded: a higher `crf` is smaller and coarser."""

    frames_a_second: int
    keyframe_every_s: int
    crf: int
    preset: str


@dataclass(frozen=True, slots=True)
class Loop:
    """Hold a track's pieces, each `step_s` long, and a file that tells how to decode them."""

    pieces: list[tuple[bytes, bool]]
    step_s: Fraction
    sample: bytes


def pictures(frames: Iterable[Image.Image], quality: Quality) -> Loop:
    """Encode pictures as H.264 that starts with a key frame and needs none after its end."""
    rate = quality.frames_a_second
    options = {
        "preset": quality.preset,
        "crf": str(quality.crf),
        "g": str(rate * quality.keyframe_every_s),
        "keyint_min": str(rate * quality.keyframe_every_s),
        "sc_threshold": "0",
        "bf": "0",
    }
    sample = io.BytesIO()
    with av.open(sample, "w", format="mp4") as container:
        stream = None
        for place, frame in enumerate(frames):
            if stream is None:
                stream = container.add_stream("libx264", rate=rate, options=options)
                stream.width, stream.height = frame.size
                stream.pix_fmt = "yuv420p"
                stream.codec_context.thread_count = 1
            image = av.VideoFrame.from_image(frame)  # type: ignore[no-untyped-call]  # PyAV types it in part
            image.pts, image.time_base = place, Fraction(1, rate)
            container.mux(stream.encode(image))
        if stream is not None:
            container.mux(stream.encode(None))
    return Loop(_pieces(sample.getvalue()), Fraction(1, rate), sample.getvalue())


def sound(samples: array[int], *, rate_hz: int, bits_a_second: int) -> Loop:
    """Encode samples, a multiple of 1024 of them, as AAC that follows on itself without a click."""
    count = len(samples) // _AAC_SAMPLES
    sample = io.BytesIO()
    with av.open(sample, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=rate_hz, layout="mono", format="fltp")
        stream.bit_rate = bits_a_second
        # Twice, because the first pieces still carry the silence before the start.
        for frame in _sound_frames(samples + samples, rate_hz):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    pieces = _pieces(sample.getvalue())[count : 2 * count]
    return Loop(pieces, Fraction(_AAC_SAMPLES, rate_hz), sample.getvalue())


def write(goal: Path, loops: list[Loop], *, length_s: int) -> None:
    """Write a file in which every loop repeats until `length_s`; no piece goes beyond."""
    with av.open(goal, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        tracks = [_repeat(container, loop, length_s) for loop in loops]
        for _, packet in heapq.merge(*tracks, key=lambda timed: timed[0]):
            container.mux_one(packet)


def duration_ms(file: Path) -> int:
    """Return the length that the container states, in whole milliseconds, rounded down."""
    with av.open(file) as container:
        return (container.duration or 0) * 1000 // av.time_base


def _sound_frames(samples: array[int], rate_hz: int) -> Iterator[av.AudioFrame]:
    for place in range(0, len(samples), _AAC_SAMPLES):
        frame = av.AudioFrame(format="s16", layout="mono", samples=_AAC_SAMPLES)
        frame.planes[0].update(samples[place : place + _AAC_SAMPLES].tobytes())
        frame.pts, frame.rate = place, rate_hz
        yield frame


def _pieces(file: bytes) -> list[tuple[bytes, bool]]:
    with av.open(io.BytesIO(file), "r") as container:
        return [(bytes(packet), packet.is_keyframe) for packet in container.demux() if packet.size]


def _repeat(
    container: OutputContainer, loop: Loop, length_s: int
) -> Iterator[tuple[float, Packet]]:
    with av.open(io.BytesIO(loop.sample)) as sample:
        stream = container.add_stream_from_template(sample.streams[0])
    stream.time_base = loop.step_s
    return _timed(stream, loop, int(length_s / loop.step_s))


def _timed(stream: Stream, loop: Loop, count: int) -> Iterator[tuple[float, Packet]]:
    for place, (data, is_key) in zip(range(count), cycle(loop.pieces), strict=False):
        packet: Packet = av.Packet(data)
        packet.stream = stream
        packet.time_base = loop.step_s
        packet.pts = packet.dts = place
        packet.duration = 1
        packet.is_keyframe = is_key
        yield float(place * loop.step_s), packet
