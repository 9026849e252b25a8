"""Carry text messages: an interface, the carrier that writes them down, one that posts them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from django.utils.module_loading import import_string

from yanxiu.foundation import environment, posting


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Hold one message; `code` is there for carriers whose templates want it apart.

    Two with the same `key` are one message that was handed over twice; "" is never twice.
    """

    to: str
    purpose: str
    code: str
    text: str
    at: datetime
    key: str = ""


class Carrier(Protocol):
    """Take a message over; raise `Undelivered` when that fails.

    `shows_codes` tells that nobody receives the messages, so that a demo has to show the codes.
    """

    shows_codes: bool

    def carry(self, message: TextMessage) -> None:
        """Hand the message on, or raise `Undelivered`."""


class Undelivered(Exception):
    """Tell that the gateway did not take a message."""


class Undeliverable(Undelivered):
    """Tell that the gateway will never take it: trying again is no use."""


class Outbox:
    """Write messages to var/outbox/sms.jsonl, one JSON object a line, and send nothing."""

    shows_codes = True

    def __init__(self, path: Path | None = None) -> None:
        """Write to `path`, or to the outbox of this copy."""
        self.path = path or environment.var() / "outbox" / "sms.jsonl"

    def carry(self, message: TextMessage) -> None:
        """Append the message in one write, so that lines of two processes never mix."""
        line = asdict(message) | {"at": message.at.isoformat()}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as outbox:
                outbox.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise Undelivered from error


class Gateway:
    """Post messages as JSON to the address in YANXIU_CARRIER_URL, a bridge to whoever sends them.

    `Idempotency-Key` lets it send once what is posted twice. YANXIU_CARRIER_TOKEN proves who posts.
    """

    shows_codes = False

    def carry(self, message: TextMessage) -> None:
        """Post the message; 4xx is a no for good, but for 408 and 429."""
        line = asdict(message) | {"at": message.at.isoformat()}
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.key}
        if token := environment.text("YANXIU_CARRIER_TOKEN", ""):
            headers["Authorization"] = f"Bearer {token}"
        try:
            status = posting.post(
                environment.text("YANXIU_CARRIER_URL"),
                json.dumps(line, ensure_ascii=False).encode(),
                headers,
            )
        except posting.Unreached as error:
            raise Undelivered(str(error)) from error
        _judge(status)


def _judge(status: int) -> None:
    later = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in later:
        raise Undeliverable(str(status))
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise Undelivered(str(status))


def carrier() -> Carrier:
    """Return the carrier that YANXIU_CARRIER names: a class path, by default the outbox."""
    found = import_string(environment.text("YANXIU_CARRIER", "yanxiu.foundation.carriers.Outbox"))
    made: Carrier = found()
    return made
