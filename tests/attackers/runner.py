"""Let all attackers and their honest twins come at once, and hold what is stored beside the law.

`main` prints one line an attacker for `bin/bench attackers`.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from types import ModuleType

from tests.attackers import (
    claims,
    crowd,
    early,
    final_position,
    forgeries,
    gaps,
    hoards,
    law,
    nearly,
    repeats,
    stage,
    storm,
    whole_lessons,
)
from tests.attackers.honest import Watched
from tests.attackers.law import Watch
from tests.attackers.stage import Seat, Stage
from yanxiu.foundation import postgres
from yanxiu.training.learning import coverage

ATTACKERS: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        final_position,
        whole_lessons,
        gaps,
        crowd,
        repeats,
        forgeries,
        claims,
        nearly,
        storm,
        hoards,
        early,
    )
}


@dataclass(frozen=True)
class Fight:
    """Be what one attacker and the honest twin beside it came to."""

    name: str
    beats: int
    offered_ms: int
    covered_ms: int
    bound_ms: float
    over_ms: float
    is_completed_rightly: bool
    twin_watched: Watched
    twin_stored: Watched

    def complaints(self) -> list[str]:
        """Return what is not as it should be, a sentence each."""
        said = {
            f"covered {self.covered_ms:,} ms of {self.bound_ms:,.0f}": self.covered_ms
            > self.bound_ms,
            f"an interval over the law by {self.over_ms:,.0f} ms": self.over_ms > 0,
            "completed what was not watched": not self.is_completed_rightly,
            f"the twin watched {_total_ms(self.twin_watched):,} ms and has "
            f"{_total_ms(self.twin_stored):,}": self.twin_watched != self.twin_stored,
            "the twin watched nothing": not self.twin_watched,
        }
        return [sentence for sentence, is_wrong in said.items() if is_wrong]

    def line(self) -> str:
        """Return a line of the table, in seconds."""
        return (
            f"{self.name:<15}{self.beats:>9,}{self.offered_ms / 1_000:>16,.0f}"
            f"{self.covered_ms / 1_000:>12,.1f}{self.bound_ms / 1_000:>12,.1f}"
            f"{-self.over_ms / 1_000:>10,.1f}{_total_ms(self.twin_watched) / 1_000:>12,.1f}"
            f"{_total_ms(self.twin_stored) / 1_000:>12,.1f}"
        )


def fight(scene: Stage, seconds: float, *, abreast: int) -> dict[str, Fight]:
    """Let everybody come, so many at once and for so long; return what came of each."""
    seats = {name: (scene.seat(), scene.seat()) for name in ATTACKERS}
    thief, _twin = seats["forgeries"]
    # Whose lease is stolen has a place too: her law is watched by whoever steals it.
    thief.neighbours.append(scene.seat())
    with ThreadPoolExecutor(abreast) as halls:
        begun = {
            name: halls.submit(_fight, name, attacker, twin, seconds)
            for name, (attacker, twin) in seats.items()
        }
        return {name: each.result() for name, each in begun.items()}


def _fight(name: str, attacker: Seat, twin: Seat, seconds: float) -> Fight:
    # A stolen lease can credit its owner alone: that is whose time is to be bounded.
    owner = attacker.neighbours[0] if attacker.neighbours else attacker
    module = ATTACKERS[name]
    with (
        closing(Watch(owner)) as watch,
        closing(Watch(attacker)) as own,
        closing(Watch(twin)) as hers,
        ThreadPoolExecutor(2) as both,
    ):
        watch.start()
        attack = both.submit(module.attack, attacker, seconds)
        honest = both.submit(module.honest, twin, seconds)
        attack.result()
        watch.end()
        watched = honest.result()
        assert owner is attacker or not own.stored(), "a stolen lease credited the thief"
        lengths = {lesson.id: lesson.duration_ms for lesson in attacker.lessons}
        return Fight(
            name,
            attacker.client.beats,
            attacker.client.offered_ms,
            watch.covered_ms,
            watch.bound_ms,
            watch.over_ms(),
            all(each.completed() == _whole(each.stored(), lengths) for each in (watch, hers)),
            watched,
            hers.stored(),
        )


def _whole(stored: Watched, lengths: dict[str, int]) -> set[str]:
    """Return the lessons of which two seconds are missing at most."""
    return {
        lesson
        for lesson, covered in stored.items()
        if coverage.missing_ms(covered, lengths[lesson]) <= law.TOLERANCE_MS
    }


def _total_ms(watched: Watched) -> int:
    return sum(map(coverage.total_ms, watched.values()))


def main(seconds: float) -> None:
    """Fight on a database made for it and print the table; exit with what was wrong."""
    with stage.opened({}, postgres.owner_url()) as scene:
        fights = fight(scene, seconds, abreast=len(ATTACKERS))
    lines = [_head(), *(each.line() for each in fights.values())]
    sys.stdout.write("\n".join(lines) + "\n")
    wrong = [f"{name}: {said}" for name, each in fights.items() for said in each.complaints()]
    if wrong:
        sys.exit("\n".join(wrong))


def _head() -> str:
    columns = ("beats", "offered s", "covered s", "bound s", "spare s", "twin saw", "twin has")
    widths = (9, 16, 12, 12, 10, 12, 12)
    named = "".join(f"{name:>{width}}" for name, width in zip(columns, widths, strict=True))
    return f"{'attacker':<15}{named}"
