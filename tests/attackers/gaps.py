"""Offer exactly what is missing, as soon as it is refused: the gaps and nothing else."""

from http import HTTPStatus

from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds
from yanxiu.training.learning import coverage

# What was looked at here and there, and the rest of it.
STEP_MS, GAPS = 1_000, 100


def attack(seat: Seat, seconds: float) -> None:
    """Leave gaps in a lesson, then ask for them alone, as fast as answers come."""
    lesson = seat.lessons[0]
    token = seat.client.lease(lesson)
    wanted = [(place * STEP_MS, place * STEP_MS + STEP_MS // 2) for place in range(GAPS)]
    for _ in rounds(seconds):
        reply = seat.client.beat(token, wanted)
        if reply.status_code != HTTPStatus.OK:
            continue
        covered = coverage.of((start, end) for start, end in reply.json()["covered"])
        missing = coverage.spans(coverage.uncovered(covered, 0, lesson.duration_ms))
        wanted = missing[:GAPS]


def honest(seat: Seat, seconds: float) -> Watched:
    """Watch a stretch with holes, then go back and watch the holes alone."""
    twin = Twin(seat)
    twin.open(0)
    step_ms = round(1_000 * seconds / 3)
    for place in (0, 2, 1):
        twin.viewer.jump(0, place * step_ms)
        twin.watch(seconds / 3, rate=1.0)
    return twin.watched()
