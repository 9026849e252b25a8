"""Read answers as the tests of the teacher's pages do."""

from collections.abc import Callable
from typing import Protocol

from django.test import Client

from yanxiu.training.people.models import Person

type SignIn = Callable[[Person], Client]


class Answer(Protocol):
    """Be what a browser of a test is answered."""

    @property
    def status_code(self) -> int:
        """Return the status."""

    @property
    def content(self) -> bytes:
        """Return the body."""

    def __getitem__(self, header: str, /) -> str:
        """Return a header."""


def text(answer: Answer, status: int = 200) -> str:
    """Return the page with its white space made single; the status must be the expected one."""
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())
