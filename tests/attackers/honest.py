"""Be an honest viewer in real time: she plays, and her player reports what was played."""

import time
from collections.abc import Callable
from http import HTTPStatus

import httpx

from tests.attackers.client import Spans
from tests.attackers.stage import Seat
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.deciding import Answer
from yanxiu.training.learning.tests.viewers import Viewer

# Seconds of her own time between two reports; real players take fifteen at least.
BEAT_S = 0.5
SPANS_A_BEAT = 200
TRIES = 10

type Send = Callable[[str, Spans], httpx.Response]
type Watched = dict[str, Coverage]


class Twin:
    """Be one who watches the lessons of a seat, by default as a player does."""

    def __init__(self, seat: Seat, *, send: Send | None = None, player: str = "tab") -> None:
        """Open no lesson yet."""
        self.seat, self.player = seat, player
        self.send = send or self._send
        self.tokens: dict[int, str] = {}
        lengths = [lesson.duration_ms for lesson in seat.lessons]
        self.viewer = Viewer(lengths, self._report, time.sleep)

    def open(self, lesson: int, position_ms: int = 0) -> None:
        """Open a lesson and go to a place in it."""
        self.tokens[lesson] = self.seat.client.lease(self.seat.lessons[lesson], self.player)
        self.viewer.jump(lesson, position_ms)

    def watch(self, seconds: float, rate: float = 2.0) -> None:
        """Play for so long, with a report now and then."""
        until_s = time.monotonic() + seconds
        while (left_s := until_s - time.monotonic()) > 0:
            self.viewer.play(min(BEAT_S, left_s), rate)

    def watched(self) -> Watched:
        """Report what is left and return what she has watched, by lesson."""
        self.viewer.sync(TRIES)
        watched = self.viewer.watched.items()
        return {self.seat.lessons[place].id: spans for place, spans in watched if spans}

    def _report(self, lesson: int, spans: list[tuple[int, int]]) -> Answer | None:
        answer = None
        for first in range(0, len(spans), SPANS_A_BEAT):
            reply = self.send(self.tokens[lesson], spans[first : first + SPANS_A_BEAT])
            answer = told(reply)
        return answer

    def _send(self, token: str, spans: Spans) -> httpx.Response:
        return self.seat.client.beat(token, spans, position_ms=self.viewer.position_ms)


def told(reply: httpx.Response) -> Answer | None:
    """Return what was answered; nothing where she is asked to come again."""
    if reply.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return None
    assert reply.status_code == HTTPStatus.OK, reply.text
    said = reply.json()
    return Answer(
        said["lease"],
        [(start, end) for start, end in said["covered"]],
        said["missing_ms"],
        said["done"],
        [],
        said["beat_every_s"],
    )
