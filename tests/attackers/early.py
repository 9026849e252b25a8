"""Ask for leases of what opens in a year and of what is over: neither lets anything grow."""

from http import HTTPStatus

import psycopg

from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

PLAYERS = ("tab", "phone", "robot")
_HELD = "SELECT balance_ms FROM learning_allowance WHERE person_id = %s"


def attack(seat: Seat, seconds: float) -> None:
    """Ask by several players long before, then offer all at once as soon as something is open."""
    for player in PLAYERS:
        _is_refused(seat, player)
    with psycopg.connect(seat.dsn) as connection:
        assert not connection.execute(_HELD, [seat.person_id]).fetchall()
    opened = {lesson: seat.client.lease(lesson) for lesson in seat.lessons}
    for _ in rounds(seconds):
        _is_refused(seat, "robot")
        for lesson, token in opened.items():
            seat.client.beat(token, lesson.whole)


def _is_refused(seat: Seat, player: str) -> None:
    for lesson in seat.shut:
        reply = seat.client.ask(lesson, player)
        is_busy = reply.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert is_busy or reply.json()["code"] == "not_enrolled", reply.text


def honest(seat: Seat, seconds: float) -> Watched:
    """Look in too early, be told so, and lose nothing of what is open meanwhile."""
    twin = Twin(seat)
    twin.open(0)
    twin.watch(seconds / 2)
    _is_refused(seat, twin.player)
    twin.watch(seconds / 2)
    return twin.watched()
