"""Read the pages that a test's browser gets."""

import re
from collections.abc import Mapping
from typing import Protocol


class Answer(Protocol):
    """Be what the test client returns."""

    status_code: int
    content: bytes

    @property
    def headers(self) -> Mapping[str, str]:
        """Return all headers."""

    def __getitem__(self, header: str) -> str:
        """Return a header."""


def text(answer: Answer) -> str:
    """Return what a page says, without its marks and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))
