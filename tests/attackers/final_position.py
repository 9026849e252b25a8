"""Say that one stands at the end: positions and last seconds are no watching."""

from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

LAST_MS = 1_000

LESSONS = 8


def attack(seat: Seat, seconds: float) -> None:
    """Report the final position of every lesson, then its last second, again and again."""
    client = seat.client
    tokens = [(lesson, client.lease(lesson)) for lesson in seat.lessons[:LESSONS]]
    for _ in rounds(seconds):
        for lesson, token in tokens:
            end = lesson.duration_ms
            client.beat(token, [], position_ms=end)
            client.beat(token, [(end, end)], position_ms=end)
            client.beat(token, [(end - LAST_MS, end)], position_ms=end)


def honest(seat: Seat, seconds: float) -> Watched:
    """Go to where a lesson ends, and watch that."""
    twin = Twin(seat)
    lesson = seat.lessons[0]
    twin.open(0, lesson.duration_ms - round(1_000 * seconds))
    twin.watch(seconds, rate=1.0)
    return twin.watched()
