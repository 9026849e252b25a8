"""Keep a server busy for minutes, kill it every one of them, and reckon what was answered.

What comes out: no acknowledged second is missing, none was charged twice, memory stays flat. The
leases earn nothing as time passes, so that everybody's balance and coverage add up to what she was
given, to the millisecond. A person's beats are reported one after another, so what is stored of her
is at least as many turns as were answered.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from bench import people, platform, scratch
from yanxiu.foundation import postgres

MINUTE_S = 60.0
LENGTH_S = 600.0
SHARE = 0.7
PEAK_S = 5.0
# So many of everybody's turns are for finding the peak.
EARLY = people.SPANS // 6
# After so much of the run a server has all that it ever keeps.
FLAT = 1.2

BALANCES = """
SELECT person_id, balance_ms, coalesce((
  SELECT sum(upper(span) - lower(span)) FROM learning_coverage AS kept, unnest(covered) AS span
  WHERE kept.person_id = held.person_id
), 0) FROM learning_allowance AS held
"""


def run(seconds: float = LENGTH_S) -> None:
    """Soak; exit with an error when something was lost, charged twice, or grows."""
    each_s = min(MINUTE_S, seconds / 4)
    with scratch.database() as var, platform.serving("beats") as server:
        platform.seed(range(people.COUNT))
        first, last = var / "peak.json", var / "soak.json"
        figures = json.loads(
            _load(server, PEAK_S, range(EARLY), first).communicate()[0].splitlines()[-1]
        )
        peak = figures["count"] / figures["took_s"]
        print(f"peak {peak:,.0f}/s; {SHARE:.0%} of it for {seconds:.0f} s", flush=True)
        load = _load(server, seconds, range(EARLY, people.SPANS), last, rate=SHARE * peak)
        memory = _kill_meanwhile(server, load, seconds, each_s)
        figures = json.loads(load.communicate()[0].splitlines()[-1])
        kept = [json.loads(each.read_text()) for each in (first, last)]
        faults = _reckon([sum(turns) for turns in zip(*kept, strict=True)])
    print(
        f"answered {figures['count']:,}, p99 {figures['p99_ms']:.0f} ms, asked to wait"
        f" {figures['busy']:,}, broken connections {figures['broken']:,}, wrong {figures['wrong']}"
    )
    if figures["wrong"]:
        faults.append(figures["example"])
    if len(memory) > 1 and memory[-1] > FLAT * memory[0]:
        faults.append(f"memory grew: {memory}")
    sys.exit("\n".join(faults) if faults else None)


def _load(
    server: platform.Server, seconds: float, turns: range, kept: Path, *, rate: float = 0.0
) -> subprocess.Popen[str]:
    """Begin to send, and return once measuring has begun."""
    limits = [str(server.port), str(seconds), str(turns.start), str(turns.stop)]
    how = ["--still", "--rate", str(rate), "--keep", str(kept)]
    command = [sys.executable, "-m", "bench.load", *limits, *how]
    load = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert load.stdout
    load.stdout.readline()
    return load


def _kill_meanwhile(
    server: platform.Server, load: subprocess.Popen[str], seconds: float, each_s: float
) -> list[float]:
    """Kill the server after every minute but the last; return its memory before each kill."""
    memory = []
    until_s = time.monotonic() + seconds
    while time.monotonic() + each_s / 2 < until_s and load.poll() is None:
        time.sleep(max(0.0, min(each_s, until_s - time.monotonic())))
        memory.append(platform.rss_mb(server.process.pid))
        if time.monotonic() + each_s / 2 >= until_s:
            print(f"{memory[-1]:.0f} MB at the end", flush=True)
            break
        server.kill()
        killed_s = time.monotonic()
        server.begin_again()
        back_s = time.monotonic() - killed_s
        print(f"{memory[-1]:.0f} MB, killed, back after {back_s:.1f} s", flush=True)
    return memory


def _reckon(answered: list[int]) -> list[str]:
    """Return what does not add up, of everybody."""
    with psycopg.connect(postgres.owner_url()) as connection:
        rows = {row[0].bytes: row[1:] for row in connection.execute(BALANCES.encode())}
    lost_ms = charged_twice_ms = kept_ms = 0
    for number, turns in enumerate(answered):
        balance_ms, covered_ms = rows[people.person(number)]
        kept_ms += covered_ms
        lost_ms += max(0, turns * people.SPAN_MS - covered_ms)
        charged_twice_ms += people.BALANCE_MS - balance_ms - covered_ms
    print(f"kept {kept_ms:,} ms, lost {lost_ms} ms, charged and not covered {charged_twice_ms} ms")
    faults = []
    if lost_ms:
        faults.append(f"{lost_ms} ms were acknowledged and are missing")
    if charged_twice_ms:
        faults.append(f"{charged_twice_ms} ms were charged and are not covered")
    return faults
