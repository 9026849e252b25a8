"""Replace a recording's video, and say beforehand whom that touches.

What was watched is carried over to where the new film shows the same; what is finished stays
finished. Rows follow when their teacher comes back, or after a week, once no lease of the old film
is left. Rules: docs/rules/media.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Lesson, MediaVersion, Recording, Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import walking
from yanxiu.training.learning import carrying, coverage, mapping, refusals, sealing
from yanxiu.training.learning.mapping import Impossible, Map
from yanxiu.training.organisations import regions
from yanxiu.training.trail import entries

# A little more than a lease lives: then nothing can be watched of the old film any more.
SETTLED = timedelta(milliseconds=sealing.LIFE_MS) + timedelta(hours=1)
# For so long after that the job looks for rows that are still of an old film.
LOOKED_FOR = timedelta(days=3)

_TOUCHED = """
SELECT kept.person_id, kept.lesson_id, kept.media_version, kept.covered::text,
  done.person_id IS NOT NULL
FROM (
  SELECT * FROM learning_coverage
  WHERE person_id > %(after)s AND person_id <= %(last)s AND lesson_id = ANY(%(lessons)s)
) AS kept
LEFT JOIN (
  SELECT person_id, lesson_id FROM learning_completion
  WHERE person_id > %(after)s AND person_id <= %(last)s AND lesson_id = ANY(%(lessons)s)
) AS done USING (person_id, lesson_id)
"""


@dataclass(frozen=True, slots=True)
class Film:
    """Hold the files of a new version by their keys, as `MediaVersion` does."""

    duration_ms: int
    renditions: Sequence[dict[str, Any]]
    captions: Sequence[dict[str, Any]] = ()
    poster: str = ""
    # What it still shows of the present version, as `mapping` reads it.
    kept: Sequence[Sequence[int]] = ()


@dataclass(slots=True)
class Preview:
    """Count whom a replacement touches: people and lessons, each pair once.

    `completed` stay so; `finishing` have watched all that is still shown; `keeping` have no more to
    watch than before; `longer` have, `longer_ms` in all and at most `most_ms` of them.
    """

    version: int
    completed: int = 0
    finishing: int = 0
    keeping: int = 0
    longer: int = 0
    longer_ms: int = 0
    most_ms: int = 0

    @property
    def people(self) -> int:
        """Return how many are touched in all."""
        return self.completed + self.finishing + self.keeping + self.longer


@dataclass(frozen=True, slots=True)
class _Change:
    """Hold the versions before and after, and the lessons that show them."""

    recording: Recording
    before: Sequence[MediaVersion]
    parts: Map
    film: Film
    lessons: Sequence[UUID]
    tolerance_ms: int = field(default=0)


def preview(recording: Recording, film: Film) -> Preview:
    """Return whom the replacement touches; raises `NoSuchMap`."""
    change = _change(recording, film)
    seen = Preview(recording.version + 1)
    for stretch in walking.stretches():
        asked: dict[str, Any] = {**stretch.bounds, "lessons": list(change.lessons)}
        with connection.cursor() as cursor:
            cursor.execute(_TOUCHED, asked)
            for _person, _lesson, version, covered, is_done in cursor.fetchall():
                _count(seen, change, version, coverage.parse(covered), is_done=is_done)
    return seen


@transaction.atomic
def replace(recording: Recording, film: Film, *, why: str, at: datetime) -> MediaVersion:
    """Show another film from now on; what was watched is carried over to it.

    Raises `NoSuchMap`, or `MediaChanged` where somebody else was faster.
    """
    fresh = Recording.objects.select_for_update().get(pk=recording.pk)
    if fresh.version != recording.version:
        raise refusals.MediaChanged
    change = _change(fresh, film)
    media = MediaVersion.objects.create(
        recording=fresh,
        version=fresh.version + 1,
        duration_ms=film.duration_ms,
        renditions=list(film.renditions),
        captions=list(film.captions),
        poster=film.poster,
        kept=[list(part) for part in change.parts],
        sentence=why,
        published_at=at,
    )
    Recording.objects.filter(pk=fresh.pk).update(version=media.version)
    # A new version, so that no process shows the old film from its memory.
    shown = Training.objects.filter(courses__sections__lessons__recording=fresh)
    Training.objects.filter(pk__in=shown.values("pk")).update(version=F("version") + 1)
    entries.record(
        "media_replaced",
        subject=("recording", fresh.id),
        by=None,
        at=at,
        detail={"title": fresh.title, "version": media.version, "why": why},
        path=regions.NATION,
    )
    return media


def settle(*, at: datetime) -> int:
    """Carry over what nobody has come back to for a week; return how many rows.

    Whoever finishes by that is told by her page; repeating changes nothing.
    """
    old = MediaVersion.objects.filter(
        version__gt=1,
        published_at__lte=at - SETTLED,
        published_at__gt=at - SETTLED - LOOKED_FOR,
    )
    recordings = list(old.values_list("recording_id", flat=True).distinct())
    lessons = Lesson.objects.filter(recording__in=recordings)
    found = lessons.values_list("section__course__training_id", "id")
    by_training: dict[UUID, list[UUID]] = {}
    for training_id, lesson_id in found.order_by("id"):
        by_training.setdefault(training_id, []).append(lesson_id)
    outlines = trainings.several(by_training) if by_training else []
    return sum(_settle(outline, by_training[outline.training.id]) for outline in outlines)


def _settle(outline: Outline, lessons: Iterable[UUID]) -> int:
    items = [item for each in lessons if (item := outline.lesson(each))]
    return sum(
        carrying.carry(person_id, outline, items)
        for stretch in walking.stretches()
        for person_id in carrying.behind(stretch.bounds, items)
    )


def _change(recording: Recording, film: Film) -> _Change:
    before = list(recording.media.filter(version__lte=recording.version).order_by("version"))
    try:
        parts = mapping.checked(film.kept, old_ms=before[-1].duration_ms, new_ms=film.duration_ms)
    except Impossible as error:
        raise refusals.NoSuchMap(part=error.place, why=refusals.WHY_NO_MAP[error.what]) from error
    lessons = list(recording.lessons.values_list("id", flat=True))
    return _Change(recording, before, parts, film, lessons, _tolerance_ms(recording))


def _tolerance_ms(recording: Recording) -> int:
    """Return the least that the trainings which show it leave open of a finished lesson."""
    shown = Training.objects.filter(courses__sections__lessons__recording=recording)
    found = trainings.several(list(shown.values_list("pk", flat=True).distinct()))
    return min((each.rulebook.tolerance_ms for each in found), default=0)


def _count(
    seen: Preview, change: _Change, version: int, covered: coverage.Coverage, *, is_done: bool
) -> None:
    if is_done:
        seen.completed += 1
        return
    if not covered:
        return
    # Who has not come back since an earlier replacement is carried over that one first.
    earlier = [mapping.read(each.kept) for each in change.before[version:]]
    was = mapping.through(covered, earlier)
    before_ms = coverage.missing_ms(was, change.before[-1].duration_ms)
    after_ms = coverage.missing_ms(mapping.carried(was, change.parts), change.film.duration_ms)
    if after_ms <= change.tolerance_ms:
        seen.finishing += 1
    elif after_ms <= before_ms:
        seen.keeping += 1
    else:
        seen.longer += 1
        seen.longer_ms += after_ms - before_ms
        seen.most_ms = max(seen.most_ms, after_ms - before_ms)
