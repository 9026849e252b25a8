"""Carry text messages: an interface, and the carrier that only writes them down."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.utils.module_loading import import_string

from yanxiu.foundation import environment


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Hold one message; `code` is there for carriers whose templates want it apart."""

    to: str
    purpose: str
    code: str
    text: str
    at: datetime


class Carrier(Protocol):
    """Take a message over; raise `Undelivered` when that fails.

    `shows_codes` tells that nobody receives the messages, so that a demo has to show the codes.
    """

    shows_codes: bool

    def carry(self, message: TextMessage) -> None:
        """Hand the message on, or raise `Undelivered`."""


class Undelivered(Exception):
    """Tell that the gateway did not take a message."""


class Outbox:
    """Write messages to var/outbox/sms.jsonl, one JSON object a line, and send nothing."""

    shows_codes = True

    def __init__(self, path: Path | None = None) -> None:
        """Write to `path`, or to the outbox of this copy."""
        self.path = path or environment.var() / "outbox" / "sms.jsonl"

    def carry(self, message: TextMessage) -> None:
        """Append the message in one write, so that lines of two processes never mix."""
        line = {
            "to": message.to,
            "purpose": message.purpose,
            "code": message.code,
            "text": message.text,
            "at": message.at.isoformat(),
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as outbox:
                outbox.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise Undelivered from error


def carrier() -> Carrier:
    """Return the carrier that YANXIU_CARRIER names: a class path, by default the outbox."""
    found = import_string(environment.text("YANXIU_CARRIER", "yanxiu.foundation.carriers.Outbox"))
    made: Carrier = found()
    return made
