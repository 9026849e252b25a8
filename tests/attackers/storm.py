"""Open leases in a storm: a new one takes nothing and gives nothing."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

ABREAST = 20
TABS = 10


def attack(seat: Seat, seconds: float) -> None:
    """Ask for as many leases as the server gives, and offer the same lesson under each."""
    numbers = itertools.count()
    lesson = seat.lessons[0]

    def storm() -> None:
        for _ in rounds(seconds):
            reply = seat.client.ask(lesson, player=f"p{next(numbers)}")
            if reply.status_code == HTTPStatus.CREATED:
                seat.client.beat(reply.json()["lease"], lesson.whole)

    with ThreadPoolExecutor(ABREAST) as clients:
        for each in [clients.submit(storm) for _ in range(ABREAST)]:
            each.result()


def honest(seat: Seat, seconds: float) -> Watched:
    """Be a browser that opens its tabs again, all at once, and watch in the last of them."""
    with ThreadPoolExecutor(TABS) as tabs:
        lessons = [(lesson, f"tab-{place}") for place, lesson in enumerate(seat.lessons[:TABS])]
        replies = list(tabs.map(lambda tab: seat.client.ask(*tab), lessons))
    assert {reply.status_code for reply in replies} == {HTTPStatus.CREATED}
    twin = Twin(seat)
    twin.open(0)
    twin.watch(seconds)
    return twin.watched()
