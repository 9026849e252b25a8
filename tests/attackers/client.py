"""Speak to the running server as any program can: leases with a session, beats with a lease."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

# A server under attack may need a while, and is never asked for longer.
PATIENCE_S, TRIES = 30.0, 5
# As many tabs or devices as one attacker has at once.
ABREAST = 100

# What a server says that takes beats: that it has, or that there are too many now.
TAKEN = {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}

type Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Lesson:
    """Be a lesson as everybody is told of it."""

    id: str
    duration_ms: int

    @property
    def whole(self) -> list[tuple[int, int]]:
        """Return all of it, as one span."""
        return [(0, self.duration_ms)]


@dataclass
class Client:
    """Be somebody's programs: they share her session, and count what they offer."""

    address: str
    cookies: Mapping[str, str]
    offered_ms: int = 0
    beats: int = 0
    web: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open connections as they are needed."""
        limits = httpx.Limits(max_connections=ABREAST)
        self.web = httpx.Client(base_url=self.address, limits=limits, timeout=PATIENCE_S)

    @property
    def signed_in(self) -> dict[str, str]:
        """Return the headers by which she is known."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"X-CSRFToken": self.cookies["csrftoken"], "Cookie": cookies}

    def close(self) -> None:
        """Hang up."""
        self.web.close()

    def ask(self, lesson: Lesson, player: str = "tab", **claims: object) -> httpx.Response:
        """Ask for a lease."""
        wanted = {"lesson": lesson.id, "player": player, **claims}
        return self.web.post("/learning/leases/", json=wanted, headers=self.signed_in)

    def lease(self, lesson: Lesson, player: str = "tab") -> str:
        """Return a lease's token; a server that is under attack may have to be asked again."""
        for _ in range(TRIES):
            reply = self.ask(lesson, player)
            if reply.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                break
        assert reply.status_code == HTTPStatus.CREATED, reply.text
        return str(reply.json()["lease"])

    def beat(
        self, token: str, spans: Spans, *, headers: Mapping[str, str] | None = None, **claims: Any
    ) -> httpx.Response:
        """Report spans under a lease, with whatever else one may claim."""
        self.beats += 1
        self.offered_ms += sum(end - start for start, end in spans)
        body = {"lease": token, "spans": spans, **claims}
        return self.web.post("/learning/beats/", json=body, headers=headers)
