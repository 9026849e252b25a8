"""Repeat, reorder and crumble reports: the same second never counts twice."""

import random

import httpx

from tests.attackers.client import Spans
from tests.attackers.honest import SPANS_A_BEAT, Twin, Watched
from tests.attackers.stage import Seat, rounds

CRUMB_MS = 1


def attack(seat: Seat, seconds: float) -> None:
    """Flood the server with tiny spans, and with every old report again, in any order."""
    chance = random.Random(5)
    lesson = seat.lessons[0]
    token = seat.client.lease(lesson)
    sent: list[Spans] = []
    begin_ms = 0
    for _ in rounds(seconds):
        crumbs = [
            (begin_ms + 2 * number * CRUMB_MS, begin_ms + (2 * number + 1) * CRUMB_MS)
            for number in range(SPANS_A_BEAT)
        ]
        sent += [crumbs, [(0, begin_ms)], lesson.whole]
        begin_ms += 2 * CRUMB_MS * SPANS_A_BEAT
        for spans in chance.sample(sent, k=min(3, len(sent))):
            chance.shuffle(crumbs)
            seat.client.beat(token, spans)


def honest(seat: Seat, seconds: float) -> Watched:
    """Be unlucky with the network: every report is sent three times, in pieces and disorder."""
    chance = random.Random(7)

    def send(token: str, spans: Spans) -> httpx.Response:
        pieces = [piece for start, end in spans for piece in _halves(start, end)]
        for _ in range(2):
            chance.shuffle(pieces)
            seat.client.beat(token, pieces)
        return seat.client.beat(token, spans)

    twin = Twin(seat, send=send)
    twin.open(0)
    twin.watch(seconds)
    return twin.watched()


def _halves(start: int, end: int) -> list[tuple[int, int]]:
    middle = (start + end) // 2
    return [(start, middle), (middle, end)]
