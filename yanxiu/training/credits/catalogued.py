"""Read from the catalogue what the ledger asks for: some thousand lessons, in three queries."""

from collections import defaultdict
from uuid import UUID

from yanxiu.training.catalogue.models import Lesson, MediaVersion, Rulebook
from yanxiu.training.credits import offered


def read() -> offered.Offered:
    """Return everything that was ever offered."""
    durations: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
    media = MediaVersion.objects.values_list("recording_id", "version", "duration_ms")
    for recording_id, version, duration_ms in media:
        durations[recording_id][version] = duration_ms
    rows = Lesson.objects.values_list(
        "id", "recording_id", "section__course_id", "section__course__training_id"
    )
    lessons = {
        lesson_id: offered.Lesson(training_id, course_id, durations[recording_id])
        for lesson_id, recording_id, course_id, training_id in rows
    }
    return offered.Offered(lessons, _books())


def _books() -> dict[UUID, tuple[offered.Book, ...]]:
    books: defaultdict[UUID, tuple[offered.Book, ...]] = defaultdict(tuple)
    for book in Rulebook.objects.order_by("training", "version"):
        lowered = {UUID(course): (was, now) for course, (was, now) in book.lowered.items()}
        books[book.training_id] += (
            offered.Book(book.version, book.valid_from, book.tolerance_ms, lowered),
        )
    return books
