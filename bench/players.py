"""Be players that watch: they keep the rhythm and the pauses that the server asks for, as ours do.

`python -m bench.players PORT SECONDS FIRST --people N --every S [--connections C]`: N players
report every S seconds what they have watched since the last answer, where a real one would do so
every 30: all that a player waits for is shorter in that proportion, so that N stand for the N x 30
/ S who would send as much. What the server does takes as long as ever. Rules: web/player/pacing.ts.
They come within five seconds, and are counted from then on. It prints as `bench.load` does; FIRST
is the turn from which on nobody has reported yet.
"""

import argparse
import asyncio
import heapq
import json
import random
import re
import time
from dataclasses import dataclass

import uvloop

from bench import load, people

USUAL_S = 30
ARRIVING_S = 5.0
JITTER_SHARE = 0.2
FIRST_RETRY_S, LONGEST_RETRY_S = 2, 120
AGAIN = re.compile(rb"retry-after: (\d+)")


@dataclass(slots=True)
class Player:
    """Be one who watches: up to where it is saved, and how often she was refused since."""

    saved_ms: int
    reported_ms: int
    failures: int = 0
    every_s: int = USUAL_S


class Players(load.Crowd):
    """Send for each player when hers is due."""

    def __init__(self, options: argparse.Namespace, tally: load.Tally) -> None:
        """Have everybody come to her lesson, one after another."""
        super().__init__(options.port, tally, iter(()), 1.0)
        self.scale = USUAL_S / options.every
        self.saved_ms = 0
        self._heads = [load.request(number) for number in range(options.people)]
        first_ms = options.first * people.SPAN_MS
        self._players = [Player(first_ms, first_ms) for _ in self._heads]
        self._first_ms = first_ms
        late_s = max(ARRIVING_S, options.every)
        self._due = [(random.random() * late_s, number) for number in range(options.people)]
        heapq.heapify(self._due)

    async def keep_time(self) -> None:
        """Send what is due as long as there are free lines, until it is over."""
        while not self.tally.is_over:
            now_s = time.perf_counter() - self.began_s
            while self._lines and self._due and self._due[0][0] <= now_s:
                due_s, number = heapq.heappop(self._due)
                self._lines.popleft().send(self._beat(number, due_s))
            await asyncio.sleep(load.TICK_S)

    def answered(self, beat: load.Beat, answer: bytes) -> None:
        """Count the answer, and wait as long as it says."""
        super().answered(beat, answer)
        player, number = self._players[beat[0]], beat[0]
        if answer.startswith(load.SAVED):
            if self.tally.is_measuring:
                self.saved_ms += player.reported_ms - player.saved_ms
            player.saved_ms, player.failures = player.reported_ms, 0
            told = load.RHYTHM.search(answer)
            player.every_s = int(told[1]) if told else USUAL_S
            wait_s = player.every_s * (1 - JITTER_SHARE + 2 * JITTER_SHARE * random.random())
        else:
            player.failures += 1
            told = AGAIN.search(answer)
            wait_s = _retry_s(player.failures, int(told[1]) if told else 0)
        now_s = time.perf_counter() - self.began_s
        heapq.heappush(self._due, (now_s + wait_s / self.scale, number))

    def stored_ms(self) -> int:
        """Return how much has been acknowledged to everybody together."""
        return sum(player.saved_ms - self._first_ms for player in self._players)

    def _beat(self, number: int, due_s: float) -> load.Beat:
        player = self._players[number]
        watched_ms = int((time.perf_counter() - self.began_s) * 1_000 * self.scale)
        player.reported_ms = min(self._first_ms + watched_ms, people.DURATION_MS)
        whole = self._heads[number] + people.spans(player.saved_ms, player.reported_ms)
        return number, whole, self.began_s + due_s


def _retry_s(failures: int, again_after_s: int) -> float:
    longest_s: int = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** (failures - 1))
    return max(longest_s * (0.5 + random.random() / 2), again_after_s * (1 + random.random() / 5))


async def run(options: argparse.Namespace) -> dict[str, object]:
    """Let everybody watch for so many seconds after a warm-up; return the figures."""
    tally = load.Tally([0] * options.people)
    crowd = Players(options, tally)
    await crowd.gather(options.connections)
    took_s = await load.measured(tally, crowd, options.seconds, after_s=ARRIVING_S)
    await asyncio.sleep(1)
    return tally.figures(took_s) | {
        "media_s": crowd.saved_ms / 1_000,
        "stored_ms": crowd.stored_ms(),
        "scale": crowd.scale,
    }


def main() -> None:
    """Run, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("first", type=int)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--every", type=float, required=True)
    parser.add_argument("--connections", type=int, default=8_000)
    print(json.dumps(uvloop.run(run(parser.parse_args()))), flush=True)


if __name__ == "__main__":
    main()
