"""Make the sound of the demonstration videos as 16-bit samples of one channel, in loops."""

import math
from array import array

_LOUDEST = 32767
# Three notes each, in hertz; multiples of 1/4 Hz, so that a loop of four seconds has no seam.
_CHORDS = (
    (196.0, 246.75, 293.75),
    (174.5, 220.0, 261.75),
    (164.75, 207.75, 247.0),
    (220.0, 277.25, 329.75),
)
_CHIME = (523.25, 784.0)


def chord(which: int, *, rate_hz: int, length_s: int) -> array[int]:
    """Return a soft chord that swells once a loop; `length_s` is a multiple of four."""
    notes = _CHORDS[which % len(_CHORDS)]
    samples = array("h")
    for place in range(length_s * rate_hz):
        at = place / rate_hz
        swell = 0.6 - 0.4 * math.cos(2 * math.pi * at / length_s)
        samples.append(round(0.10 * _LOUDEST * swell * _tone(notes, at)))
    return samples


def chime(*, rate_hz: int, length_s: int) -> array[int]:
    """Return one chime that dies away within two seconds, then silence."""
    samples = array("h", bytes(2 * rate_hz * length_s))
    for place in range(2 * rate_hz):
        at = place / rate_hz
        fade = math.exp(-3 * at) * min(1.0, 50 * at)
        samples[place] = round(0.12 * _LOUDEST * fade * _tone(_CHIME, at))
    return samples


def _tone(notes: tuple[float, ...], at: float) -> float:
    return sum(math.sin(2 * math.pi * note * at) for note in notes) / len(notes)
