"""Open a lease years ahead and come back: time without a word earns two hours' worth, once."""

from http import HTTPStatus

from msgspec import structs

from tests.attackers.client import TAKEN
from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds
from yanxiu.training.learning import coverage, sealing

YEAR_S, DAY_MS = 365 * 86_400.0, 86_400_000
AWAY_S = 7_190.0


def attack(seat: Seat, seconds: float) -> None:
    """Let years pass between leases that are renewed, then offer everything under all of them."""
    stored = {lesson.id: seat.client.lease(lesson) for lesson in seat.lessons}
    for _ in range(3):
        seat.let_pass(YEAR_S)
        seat.client.lease(seat.lessons[0], player="robot")
    for _ in rounds(seconds):
        for lesson in seat.lessons:
            reply = seat.client.beat(_kept_for(8, stored[lesson.id]), lesson.whole)
            assert reply.status_code in {HTTPStatus.UNAUTHORIZED, *TAKEN} - {HTTPStatus.OK}
            seat.client.beat(_kept_for(6, stored[lesson.id]), lesson.whole)


def _kept_for(days: int, token: str) -> str:
    """Return the lease as it would be, had it lain in a drawer for so many days."""
    lease = sealing.unseal(token)
    return sealing.seal(structs.replace(lease, issued_at_ms=lease.issued_at_ms - days * DAY_MS))


def honest(seat: Seat, seconds: float) -> Watched:
    """Come back from two hours without a network, and hand in what was watched at double speed."""
    del seconds
    twin = Twin(seat)
    for place in range(len(seat.lessons)):
        twin.open(place)
    seat.let_pass(AWAY_S)
    left_ms = round(2_000 * AWAY_S)
    for place, lesson in enumerate(seat.lessons):
        spans = coverage.of([(0, min(left_ms, lesson.duration_ms))])
        if spans:
            twin.viewer.watched[place] = twin.viewer.pending[place] = spans
        left_ms -= coverage.total_ms(spans)
    return twin.watched()
