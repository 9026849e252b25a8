"""Offer three times what a server can take, and see that it stays upright.

`python -m bench.overload [SECONDS]`: the peak of 256 connections. Then, for SECONDS (15) each:
three times as many players as send that much, who keep the rhythm and the pauses they are asked for
(`bench.players`); and beats at three times the peak, at instants of their own over 8,000
connections, whatever has been answered. After each half the peak, until players are asked for the
usual rhythm again. All on this machine's cores, the load generator included, so that it and each
refusal take from what is left for beats.
"""

import math
import time

from bench import beats, people, platform, players, scratch

TIMES, CONNECTIONS = 3, 8_000
WANTED_GOODPUT, WANTED_S, WANTED_REFUSED_MS, WANTED_BACK_S = 0.85, 1.0, 50, 60
PEAK_S, QUIET_S = 5.0, 2.0
TRIES = 5
EACH = people.SPANS // 50
# Turns of everybody: for the peak, for coming back twice, for the insisting; players take the rest.
PEAK, BACK, INSISTING, PLAYERS = 0, 10 * EACH, 20 * EACH, 35 * EACH


def main() -> None:
    """Measure, print, and exit with an error when something was lost or wrong."""
    seconds = scratch.argument(15.0)
    peak, obeying, insisting = map(beats.Side, ("peak", "obeying", "insisting"))
    after = beats.Side("after")
    with scratch.database(), platform.serving("beats") as server:
        platform.seed(range(people.COUNT))
        beats.measure(peak, server, PEAK_S, range(PEAK, BACK))
        rate = TIMES * peak.per_s
        _watch(obeying, server, seconds, rate)
        back_s = [_come_back(after, server, peak.per_s / 2)]
        turns = range(INSISTING, PLAYERS)
        beats.measure(insisting, server, seconds, turns, rate=rate, connections=CONNECTIONS)
        back_s.append(_come_back(after, server, peak.per_s / 2))
        saved = math.fsum(side.total("saved") for side in (peak, insisting, after))
        kept_ms = saved * people.SPAN_MS + obeying.total("stored_ms")
        lost_ms = kept_ms - platform.stored_ms()
    sides = (peak, obeying, insisting, after)
    print(*(side.line() for side in sides), sep="\n")
    _tell(obeying, peak, rate)
    _tell_media(obeying, peak)
    _tell(insisting, peak, rate)
    print(f"recovery  {' and '.join(f'{each:.0f}' for each in back_s)} s (wanted: {WANTED_BACK_S})")
    wrong = math.fsum(side.total("wrong") for side in sides)
    # The insisting hang up at the end; some of what they still waited for has been settled.
    print(
        f"lost      {max(0, lost_ms):,.0f} ms, {wrong:.0f} answers not as they should be;"
        f" {max(0, -lost_ms):,.0f} ms stored whose answer nobody waited for"
    )
    if lost_ms > 0 or wrong:
        raise SystemExit(str([each["example"] for side in sides for each in side.slices]))


def _watch(side: beats.Side, server: platform.Server, seconds: float, rate: float) -> None:
    """Let so many watch that they send at this rate by the usual rhythm."""
    limits = [str(server.port), str(seconds), str(PLAYERS), "--people", str(people.COUNT)]
    how = ["--every", str(people.COUNT / rate), "--connections", str(CONNECTIONS)]
    beats.observe(side, server, ["bench.players", *limits, *how])


def _tell(side: beats.Side, peak: beats.Side, rate: float) -> None:
    [told] = side.slices
    print(f"{side.name:<9} offered {rate:,.0f}/s, refused {told['busy'] / told['took_s']:,.0f}/s")
    print(
        f"          goodput {side.per_s / peak.per_s:.2f} of the peak (wanted: {WANTED_GOODPUT}),"
        f" answered p99 {told['p99_ms'] / 1_000:.2f} s (wanted: {WANTED_S}),"
        f" refused p99 {told['busy_p99_ms']:.0f} ms (wanted: {WANTED_REFUSED_MS}),"
        f" rhythm {told['every_s']} s for {players.USUAL_S}"
    )


def _tell_media(side: beats.Side, peak: beats.Side) -> None:
    """Print how much of what people watch is saved; longer beats carry more of it."""
    media = side.total("media_s") / side.total("took_s")
    scale = side.slices[0]["scale"]
    print(
        f"          {media:,.0f} s of media a second, {media / (people.COUNT * scale):.2f} of what"
        f" they watch, {media / (peak.per_s * people.SPAN_MS / 1_000):.2f} of the peak's;"
        f" {people.COUNT:,} players, {scale:.0f} times as fast as real ones"
    )


def _come_back(side: beats.Side, server: platform.Server, rate: float) -> float:
    """Send at a rate that is no trouble; return after how long nobody is asked for less."""
    began_s = time.monotonic()
    for _ in range(TRIES):
        first = BACK + len(side.slices) * EACH
        beats.measure(side, server, QUIET_S, range(first, first + EACH), rate=rate)
        told = side.slices[-1]
        if told["every_s"] <= players.USUAL_S and not told["busy"]:
            break
    return time.monotonic() - began_s


if __name__ == "__main__":
    main()
