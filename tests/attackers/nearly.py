"""Stop at 99 % of every lesson, and hope for the rest: complete means but for two seconds."""

from tests.attackers.client import TAKEN
from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds
from yanxiu.training.learning import coverage

# Watched without a network, say: as much as an hour and a half gives.
AWAY_S = 5_400.0
LAST_FRAMES_MS = 1_900

LESSONS = 8


def attack(seat: Seat, seconds: float) -> None:
    """Offer 99 % of lessons, out of time that did pass, and never the last part."""
    tokens = [(lesson, seat.client.lease(lesson)) for lesson in seat.lessons[:LESSONS]]
    seat.let_pass(AWAY_S)
    for _ in rounds(seconds):
        for lesson, token in tokens:
            enough = lesson.duration_ms * 99 // 100
            reply = seat.client.beat(token, [(0, enough)], position_ms=lesson.duration_ms)
            assert reply.status_code in TAKEN, reply.text
            assert not reply.json().get("done")


def honest(seat: Seat, seconds: float) -> Watched:
    """Have watched a lesson offline, but for its last frames, and report it in the end."""
    del seconds
    twin = Twin(seat)
    twin.open(0)
    seat.let_pass(AWAY_S)
    lesson = seat.lessons[0]
    spans = coverage.of([(0, lesson.duration_ms - LAST_FRAMES_MS)])
    twin.viewer.watched[0] = twin.viewer.pending[0] = spans
    return twin.watched()
