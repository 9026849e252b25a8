"""What counted at an instant is the newest version of the rules that was valid then."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from yanxiu.training.credits.offered import Book, Offered

TRAINING, BEGAN = UUID(int=1), datetime(2025, 7, 20, tzinfo=UTC)
DAY = timedelta(days=1)
BOOKS = (Book(1, BEGAN, 2_000, {}), Book(2, BEGAN + DAY, 3_000, {}))
OFFERED = Offered({}, {TRAINING: BOOKS})


def test_the_version_of_an_instant() -> None:
    versions = [
        OFFERED.book(TRAINING, BEGAN + offset).version
        for offset in (-DAY, 0 * DAY, DAY - timedelta(microseconds=1), DAY, 9 * DAY)
    ]
    assert versions == [1, 1, 1, 2, 2]


def test_the_tolerances_of_all_versions() -> None:
    assert OFFERED.tolerances_ms(TRAINING) == (2_000, 3_000)
