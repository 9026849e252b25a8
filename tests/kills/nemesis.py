"""Kill parts of an installation in an order that a seed decides, and see it come back by itself."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from tests.kills import place as places
from tests.kills.place import Place

# Source: the issue of this engine: service is back within half a minute, by itself.
BACK_S = 30.0
PROBE_S, PAUSE_S = 0.05, 1.0
# So often two die together, and so often one while another is coming back.
TOGETHER, EARLY = 0.15, 0.2

type Find = Callable[[Place], list[int]]

VICTIMS: dict[str, Find] = {
    "server": Place.servers,
    "postmaster": Place.postmaster,
    "database": lambda place: place.postmaster() + place.backends(),
    "backend": Place.backends,
    "client": Place.players,
    "keeper": Place.keeper,
    "jobs": Place.jobs,
}
# Of these one process is chosen; of the others all die.
ONE_OF = {"backend", "client"}


@dataclass
class Nemesis:
    """Hold the place, the dice, how often each part died, and how long service was away."""

    place: Place
    chance: random.Random
    deaths: Counter[str] = field(default_factory=Counter)
    away_s: dict[str, float] = field(default_factory=dict)

    def strike(self, kills: int, names: Sequence[str] = tuple(VICTIMS)) -> None:
        """Kill so many times; raise where service is not back in time."""
        while self.deaths.total() < kills:
            together = self.chance.random() < TOGETHER
            struck = self.chance.sample(names, k=2 if together else 1)
            for name in struck:
                self.kill(name)
            if self.chance.random() >= EARLY:
                self.recover("+".join(struck))
            time.sleep(self.chance.uniform(0, PAUSE_S))
        self.recover("the last")

    def kill(self, name: str) -> None:
        """Kill one part."""
        found = VICTIMS[name](self.place)
        if name in ONE_OF and found:
            found = [self.chance.choice(found)]
        places.kill(found)
        self.deaths[name] += bool(found)

    def recover(self, name: str) -> None:
        """Wait until beats are taken again; nobody lends a hand."""
        try:
            away_s = back(self.place, within_s=BACK_S)
        except TimeoutError as late:
            late.add_note(f"after {name}; {self.place.state()}")
            raise
        self.away_s[name] = max(away_s, self.away_s.get(name, 0))


def back(place: Place, *, within_s: float) -> float:
    """Return how many seconds it took until a beat was taken."""
    began_s = time.monotonic()
    lease = _any_lease(place)
    while (waited_s := time.monotonic() - began_s) < within_s:
        if not place.servers():
            # One whose keeper was killed may answer until it has heard of that.
            time.sleep(PROBE_S)
            continue
        try:
            beat = {"lease": lease, "spans": [[0, 1]]}
            reply = httpx.post(f"{place.address}/learning/beats/", json=beat, timeout=within_s)
        except httpx.TransportError:
            time.sleep(PROBE_S)
            continue
        if reply.status_code == HTTPStatus.OK:
            return waited_s
        time.sleep(PROBE_S)
    msg = f"service is not back within {within_s} s"
    raise TimeoutError(msg)


def wait(comes_true: Callable[[], bool]) -> None:
    """Wait until something comes true; raise where it does not in time."""
    until_s = time.monotonic() + BACK_S
    while not comes_true():
        if time.monotonic() > until_s:
            msg = f"not within {BACK_S} s"
            raise TimeoutError(msg)
        time.sleep(PROBE_S)


def _any_lease(place: Place) -> str:
    return str(json.loads(place.cast.read_text())[-1]["lessons"][0]["lease"])
