"""Watch many lessons at once, in as many tabs, on as many devices: one person has one clock."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from tests.attackers.client import ABREAST
from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

ROUNDS = (10, ABREAST)


def attack(seat: Seat, seconds: float) -> None:
    """Open ten tabs, then a hundred, each a player of its own, and let all report at once."""
    for many in ROUNDS:
        with ThreadPoolExecutor(many) as tabs:
            done = [
                tabs.submit(_tab, seat, number, seconds / len(ROUNDS)) for number in range(many)
            ]
            for each in done:
                each.result()


def _tab(seat: Seat, number: int, seconds: float) -> None:
    """Be one device: it reports its own part of a lesson, from the beginning on."""
    lesson = seat.lessons[number % len(seat.lessons)]
    reply = seat.client.ask(lesson, player=f"tab-{number}")
    if reply.status_code != HTTPStatus.CREATED:
        return
    position_ms, told = 0, reply.json()
    for _ in rounds(seconds):
        end_ms = min(position_ms + 2_000, lesson.duration_ms)
        seat.client.beat(told["lease"], [(position_ms, end_ms)], position_ms=end_ms)
        position_ms = end_ms


def honest(seat: Seat, seconds: float) -> Watched:
    """Begin on one device and go on with another lesson on a second; both have something to say."""
    desk, phone = Twin(seat, player="desk"), Twin(seat, player="phone")
    desk.open(0)
    desk.watch(seconds / 2, rate=1.5)
    phone.open(1)
    phone.watch(seconds / 2, rate=1.5)
    return desk.watched() | phone.watched()
