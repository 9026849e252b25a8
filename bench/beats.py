"""Print how many durable beats a second one process takes, beside the same server's constant.

`python -m bench.beats [SECONDS]`: a scratch PostgreSQL with fsync on, the server of `yanxiu serve
beats`, 256 keep-alive connections, 20,000 distinct persons, the real rules; all on this machine's
cores, the load generator included. In turns with it, the same server reads the same bytes and
answers a constant. Then beats arrive at 80 % of the peak at instants of their own, whatever has
been answered. SECONDS are a side's (10). `--soak [SECONDS]` kills it again and again meanwhile.
"""

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import people, platform, scratch, soak

WANTED_PER_S, WANTED_RATIO, WANTED_P99_MS = 15_000, 0.30, 60
SHARE = 0.8
# The two sides take turns, so that whatever else the machine does hinders both alike.
SLICES = 5
# The last of everybody's turns are for the pass at a fixed rate.
FIRST_OF_LAST = people.SPANS * 3 // 4


@dataclass
class Side:
    """Gather what one server did, slice by slice, and what each part has used for it."""

    name: str
    slices: list[dict[str, Any]] = field(default_factory=list)
    server_s: float = 0.0
    database_s: float = 0.0
    load_s: float = 0.0
    rss_mb: float = 0.0

    @property
    def per_s(self) -> float:
        """Return the answers a second over all slices."""
        return self.total("count") / self.total("took_s")

    def total(self, figure: str) -> float:
        """Return the sum of a figure over all slices."""
        return math.fsum(each[figure] for each in self.slices)

    def middle(self, figure: str) -> float:
        """Return a figure of the middle slice."""
        return statistics.median(float(each[figure]) for each in self.slices)

    def line(self) -> str:
        """Return the figures as one line of the table; latencies are the middle slice's."""
        used = "   ".join(
            f"{name} {seconds / self.total('count') * 1_000_000:>4.1f}"
            for name, seconds in (
                ("server", self.server_s),
                ("database", self.database_s),
                ("load", self.load_s),
            )
        )
        return (
            f"{self.name:<9} {self.per_s:>9,.0f}/s   p50 {self.middle('p50_ms'):>5.1f} ms"
            f"   p99 {self.middle('p99_ms'):>5.1f} ms   {used} µs CPU each   {self.rss_mb:>4.0f} MB"
        )


def main() -> None:
    """Measure both sides and print them; exit with an error when something was lost or wrong."""
    if "--soak" in sys.argv:
        soak.run(*map(float, sys.argv[sys.argv.index("--soak") + 1 :]))
        return
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    beats, constant, steady = Side("beats"), Side("constant"), Side("at 80 %")
    with scratch.database():
        platform.seed(range(people.COUNT))
        with platform.serving("beats") as real, platform.serving("constant") as reference:
            for number in range(SLICES):
                turns = _turns(number)
                measure(beats, real, seconds / SLICES, turns)
                measure(constant, reference, seconds / SLICES, turns)
            last = range(FIRST_OF_LAST, people.SPANS)
            measure(steady, real, seconds / 2, last, rate=SHARE * beats.per_s)
        saved = beats.total("saved") + steady.total("saved")
        lost_ms = saved * people.SPAN_MS - platform.stored_ms()
    wrong = math.fsum(side.total("wrong") for side in (beats, constant, steady))
    print(beats.line(), constant.line(), steady.line(), sep="\n")
    print(
        f"wanted: {WANTED_PER_S:,}/s, ratio {WANTED_RATIO:.2f} (the middle slice's is"
        f" {_ratio(beats, constant):.2f}), p99 at 80 % {WANTED_P99_MS} ms"
    )
    print(f"lost      {lost_ms:>9,.0f} ms, {wrong:.0f} answers not as they should be")
    if lost_ms > 0 or wrong:
        sys.exit(str([each["example"] for side in (beats, constant) for each in side.slices]))


def _turns(number: int) -> range:
    each = FIRST_OF_LAST // SLICES
    return range(number * each, (number + 1) * each)


def _ratio(beats: Side, constant: Side) -> float:
    one, other = (
        [float(each["count"]) / float(each["took_s"]) for each in side.slices]
        for side in (beats, constant)
    )
    return statistics.median(mine / theirs for mine, theirs in zip(one, other, strict=True))


def measure(  # noqa: PLR0913 - a bench says all that it does
    side: Side,
    server: platform.Server,
    seconds: float,
    turns: range,
    *,
    rate: float = 0.0,
    crowd: int = people.COUNT,
    connections: int = 256,
) -> None:
    """Let the load generator run against one server for one slice of the bench."""
    limits = [str(server.port), str(seconds), str(turns.start), str(turns.stop)]
    how = ["--rate", str(rate), "--people", str(crowd), "--connections", str(connections)]
    observe(side, server, ["bench.load", *limits, *how])


def observe(side: Side, server: platform.Server, generator: Sequence[str]) -> None:
    """Let a load generator run against one server; take in what it and others used meanwhile."""
    command = [sys.executable, "-m", *generator]
    database = platform.postmaster()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
        assert load.stdout
        load.stdout.readline()
        before = [platform.cpu_s(pid) for pid in (server.process.pid, database, load.pid)]
        load.stdout.readline()
        after = [platform.cpu_s(pid) for pid in (server.process.pid, database, load.pid)]
        used = [more - less for more, less in zip(after, before, strict=True)]
        side.server_s += used[0]
        side.database_s += used[1]
        side.load_s += used[2]
        side.rss_mb = platform.rss_mb(server.process.pid)
        side.slices.append(json.loads(load.stdout.readline()))


if __name__ == "__main__":
    main()
