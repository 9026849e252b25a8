"""Offer three times what a server can take, and see that it stays upright.

`python -m bench.overload [SECONDS]`: the peak of 256 connections; then beats arrive at three times
that, at instants of their own over 8,000 connections, for SECONDS (15); then at half the peak,
until players are asked for the usual rhythm again. All on this machine's cores, the load generator
included, so that it and each refusal take from what is left for beats.
"""

import math
import sys
import time

from bench import beats, people, platform, scratch

TIMES, CONNECTIONS = 3, 8_000
WANTED_GOODPUT, WANTED_S, WANTED_REFUSED_MS, WANTED_BACK_S = 0.85, 1.0, 50, 60
PEAK_S, QUIET_S = 5.0, 2.0
USUAL_S = 30
EACH = people.SPANS // 40


def main() -> None:
    """Measure, print, and exit with an error when something was lost or wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 15.0
    peak, over, after = beats.Side("peak"), beats.Side("3 x"), beats.Side("after")
    with scratch.database(), platform.serving("beats") as server:
        platform.seed(range(people.COUNT))
        beats.measure(peak, server, PEAK_S, range(10 * EACH))
        rate = TIMES * peak.per_s
        turns = range(10 * EACH, 30 * EACH)
        beats.measure(over, server, seconds, turns, rate=rate, connections=CONNECTIONS)
        back_s = _come_back(after, server, peak.per_s / 2)
        sides = (peak, over, after)
        saved = math.fsum(side.total("saved") for side in sides)
        lost_ms = saved * people.SPAN_MS - platform.stored_ms()
    [told] = over.slices
    print(*(side.line() for side in sides), sep="\n")
    print(f"offered   {rate:,.0f}/s, refused {told['busy'] / told['took_s']:,.0f}/s")
    print(f"goodput   {over.per_s / peak.per_s:.2f} of the peak (wanted: {WANTED_GOODPUT})")
    print(f"answered  p99 {told['p99_ms'] / 1_000:.2f} s (wanted: {WANTED_S})")
    print(f"refused   p99 {told['busy_p99_ms']:.0f} ms (wanted: {WANTED_REFUSED_MS})")
    print(f"rhythm    {told['every_s']} s for {USUAL_S}")
    print(f"recovery  {back_s:.0f} s (wanted: {WANTED_BACK_S})")
    wrong = math.fsum(side.total("wrong") for side in sides)
    print(f"lost      {lost_ms:,.0f} ms, {wrong:.0f} answers not as they should be")
    if lost_ms > 0 or wrong:
        sys.exit(str([each["example"] for side in sides for each in side.slices]))


def _come_back(side: beats.Side, server: platform.Server, rate: float) -> float:
    """Send at a rate that is no trouble; return after how long nobody is asked for less."""
    began_s = time.monotonic()
    for number in range(10):
        turns = range((30 + number) * EACH, (31 + number) * EACH)
        beats.measure(side, server, QUIET_S, turns, rate=rate)
        told = side.slices[-1]
        if told["every_s"] <= USUAL_S and not told["busy"]:
            break
    return time.monotonic() - began_s


if __name__ == "__main__":
    main()
