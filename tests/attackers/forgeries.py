"""Forge a lease, or present somebody else's: what it credits is its owner's, or nobody's."""

import base64
from contextlib import closing
from http import HTTPStatus

import httpx

from tests.attackers.client import TAKEN, Client, Spans
from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds


def attack(seat: Seat, seconds: float) -> None:
    """Change every byte of one's own lease, join halves of two, and use that of a neighbour."""
    client, lesson = seat.client, seat.lessons[0]
    own, stolen = client.lease(lesson), seat.neighbours[0].client.lease(lesson)
    for place in rounds(seconds):
        for forged in (*_changed(own, place), own[:40] + stolen[40:], stolen[:40] + own[40:]):
            reply = client.beat(forged, lesson.whole)
            assert reply.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST}, reply.text
        reply = client.beat(stolen, lesson.whole, person=str(seat.person_id))
        assert reply.status_code in TAKEN, reply.text


def _changed(token: str, place: int) -> list[str]:
    sealed = bytearray(base64.b64decode(token))
    sealed[place % len(sealed)] ^= 1 << place % 8
    flipped = base64.b64encode(bytes(sealed)).decode()
    return [flipped, token[: place % len(token)], token + "AA", token.swapcase()]


def honest(seat: Seat, seconds: float) -> Watched:
    """Let a device report that has a lease and no session: what it says is hers."""
    with closing(Client(seat.client.address, {})) as nobody:

        def send(token: str, spans: Spans) -> httpx.Response:
            return nobody.beat(token, spans)

        twin = Twin(seat, send=send)
        twin.open(0)
        twin.watch(seconds)
        return twin.watched()
