"""Print what 200 deaths of server, database and clients under load cost: nothing that was answered.

`python -m bench.kills [KILLS] [SEED]`: `yanxiu serve` on its own PostgreSQL with fsync on, four
clients that hand in what forty teachers watched, and a nemesis that kills KILLS (200) times with
SIGKILL in an order that SEED decides: the server, the database, one of its processes, a client, the
jobs, the process that keeps them all. A service manager is stood in for by what it does: begin
`yanxiu serve` again. Exits with an error where an answer was lost, a lesson counted twice, the law
broken, what is shown is not what was awarded, or service was away for more than 30 s.
"""

import random
import secrets
import sys
import time

from tests.kills import invariants, nemesis, place

KILLS, TEACHERS, CLIENTS = 200, 40, 4
# After so many deaths everything is looked over.
LOOK_EVERY = 50


def main(kills: int, seed: int) -> None:
    """Kill, look everything over now and then, and print what became of it."""
    began_s = time.monotonic()
    print(f"SEED {seed}", flush=True)
    with place.running(teachers=TEACHERS, clients=CLIENTS) as here:
        striking = nemesis.Nemesis(here, random.Random(seed))
        for until in range(LOOK_EVERY, kills + LOOK_EVERY, LOOK_EVERY):
            striking.strike(min(until, kills))
            wrong = invariants.broken(here)
            deaths, answers = striking.deaths.total(), invariants.answers(here)
            print(f"{deaths:>5} deaths, {answers:>8,} answers, {len(wrong)} wrong", flush=True)
            if wrong:
                sys.exit("\n".join(wrong))
        for name, often in striking.deaths.most_common():
            away_s = striking.away_s.get(name, 0)
            print(f"{name:<12}{often:>5} times, away for {away_s:>5.1f} s at most")
        longest_s = max(striking.away_s.values())
    print(
        f"kills: {striking.deaths.total()} deaths under load, 0 answered seconds lost, 0 counted"
        f" twice, service back after {longest_s:.1f} s at most (wanted: 30);"
        f" {time.monotonic() - began_s:.0f} s"
    )


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(given[0] if given else KILLS, given[1] if len(given) > 1 else secrets.randbelow(10**6))
