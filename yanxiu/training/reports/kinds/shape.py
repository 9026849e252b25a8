"""Say what a kind of export has to give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

from django.utils.functional import Promise

from yanxiu.training.reports.models import Export


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold some rows, each with its node's path; `after` says where to go on, "" is the end."""

    rows: Sequence[tuple[str, Any]]
    after: str


class Counting(Protocol):
    """Count the rows that there will be, as far as it is known."""

    def __call__(self, export: Export, *, at: datetime) -> int:
        """Return how many."""


class Batching(Protocol):
    """Give the rows behind a place."""

    def __call__(self, export: Export, after: str, *, at: datetime) -> Batch:
        """Return the next batch; "" begins at the beginning."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Say how rows of a kind are counted, gathered, bound into an open file, and what it is called.

    `bind` takes the export and all its rows in their order; the engine closes the file.
    """

    label: str | Promise
    many: Counting
    batch: Batching
    bind: Callable[[Export, Iterator[Any]], IO[bytes]]
    filename: Callable[[Export], str]
