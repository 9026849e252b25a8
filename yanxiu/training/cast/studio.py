"""Film the demo's videos in all processors at once; what exists already is not made again."""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from yanxiu.foundation import media
from yanxiu.training.cast import videos

# Up to this length every picture of a video differs; longer ones repeat a minute.
SHORT_S = 120


@dataclass(frozen=True, slots=True)
class Clip:
    """Order a video: what its title card says, and how long it is."""

    title: str
    subtitle: str
    length_s: int


def film(clips: Sequence[Clip]) -> list[videos.Made]:
    """Make the videos under the folder of media and return them in the same order."""
    # Spawned, not forked: a copy of a process with threads and database connections may hang.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawning) as pool:
        return list(pool.map(_film, clips))


def _film(clip: Clip) -> videos.Made:
    make = videos.make_lesson if clip.length_s <= SHORT_S else videos.make_long
    return make(media.root(), title=clip.title, subtitle=clip.subtitle, length_s=clip.length_s)
