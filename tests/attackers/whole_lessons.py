"""Offer whole lessons at once, under a fresh lease of each, for as long as it pays."""

from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

LESSONS = 8


def attack(seat: Seat, seconds: float) -> None:
    """Offer every lesson from its beginning to its end, round after round."""
    tokens = [(lesson, seat.client.lease(lesson)) for lesson in seat.lessons[:LESSONS]]
    for _ in rounds(seconds):
        for lesson, token in tokens:
            seat.client.beat(token, lesson.whole, position_ms=lesson.duration_ms)


def honest(seat: Seat, seconds: float) -> Watched:
    """Watch at double speed, and go from one lesson to the next in the middle."""
    twin = Twin(seat)
    for lesson in range(2):
        twin.open(lesson)
        twin.watch(seconds / 2)
    return twin.watched()
