"""Read what is offered, whole: a training with its rules, courses, sections, lessons, media.

The catalogue is the same for everybody and changes rarely, so a process keeps each training in
memory by its version; one query a page asks whether the version is still the newest.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import F, QuerySet

from yanxiu.foundation import prepared
from yanxiu.training.catalogue.models import (
    Course,
    Extension,
    Lesson,
    MediaVersion,
    Rulebook,
    Slide,
    Training,
)


@dataclass(frozen=True, slots=True)
class Item:
    """Be a lesson as it is offered: its present media with their length."""

    id: UUID
    title: str
    duration_ms: int
    media_version: int
    renditions: tuple[dict[str, object], ...]
    captions: tuple[dict[str, object], ...]
    poster: str
    is_withdrawn: bool = False
    # What each later version kept of the one before, the second version first, as `MediaVersion`.
    kept: tuple[tuple[tuple[int, int, int], ...], ...] = ()
    # When the present version took another one's place, and why.
    replaced_at: datetime | None = None
    why_replaced: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Be a section of an outline with its lessons."""

    title: str
    lessons: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Be a course as it is offered, in seconds of credit."""

    id: UUID
    title: str
    summary: str
    art: str
    required_s: int
    cap_s: int
    sections: tuple[Part, ...]

    @property
    def lessons(self) -> tuple[Item, ...]:
        """Return all lessons in the order of the outline."""
        return tuple(lesson for section in self.sections for lesson in section.lessons)


@dataclass(frozen=True, slots=True)
class Outline:
    """Be a training with all that belongs to it."""

    training: Training
    rulebook: Rulebook
    courses: tuple[Offer, ...]
    extensions: tuple[Extension, ...] = ()

    def course(self, course_id: UUID) -> Offer:
        """Return a course of this training."""
        return next(course for course in self.courses if course.id == course_id)

    def lesson(self, lesson_id: UUID) -> Item | None:
        """Return a lesson of this training, or None."""
        every = (lesson for course in self.courses for lesson in course.lessons)
        return next((lesson for lesson in every if lesson.id == lesson_id), None)


def get(slug: str) -> Outline | None:
    """Return the training of an address, or None; one query when it is in memory."""
    found = _newest(slug=slug)
    return of(found[0]) if found else None


@prepared.question(slug=str)
def _newest(slug: str) -> QuerySet[Training]:
    return Training.objects.filter(slug=slug).only("version")


def several(training_ids: Collection[UUID]) -> list[Outline]:
    """Return these trainings in the order in which they are shown; one query when in memory."""
    versions = Training.objects.filter(pk__in=training_ids).order_by("position", "id")
    return [_kept(*version) for version in versions.values_list("id", "version")]


def of(training: Training) -> Outline:
    """Return a training that has been read already with all that belongs to it."""
    return _kept(training.id, training.version)


def of_course(course_id: UUID) -> Outline | None:
    """Return the training that a course belongs to, or None."""
    found = Course.objects.filter(pk=course_id).values_list("training_id", "training__version")
    version = found.first()
    return _kept(*version) if version else None


def of_lesson(lesson_id: UUID) -> Outline | None:
    """Return the training that a lesson belongs to, or None."""
    training = F("section__course__training_id")
    found = Lesson.objects.filter(pk=lesson_id).values_list(
        training, "section__course__training__version"
    )
    version = found.first()
    return _kept(*version) if version else None


def forget() -> None:
    """Let go of what this process keeps in memory, where versions were set back."""
    _kept.cache_clear()


def every(branch: str = "") -> list[Training]:
    """Return a branch's trainings, or all, in the order in which they are shown."""
    found = Training.objects.order_by("position", "id")
    return list(found.filter(serves=branch) if branch else found)


def slides(branch: str) -> list[Slide]:
    """Return the slides of the carousel of a branch's platform with their trainings."""
    found = Slide.objects.filter(training__serves=branch)
    return list(found.select_related("training").order_by("position"))


def is_open(training: Training, at: datetime) -> bool:
    """Tell whether the window is open: from the first instant to just before the end."""
    return training.opens_at <= at < training.closes_at


def state(training: Training, at: datetime) -> str:
    """Return coming, open or over."""
    if is_open(training, at):
        return "open"
    return "coming" if at < training.opens_at else "over"


@lru_cache(maxsize=256)
def _kept(training_id: UUID, version: int) -> Outline:
    del version
    training = Training.objects.get(pk=training_id)
    rulebook = training.rulebooks.order_by("-version")[0]
    extensions = training.extensions.order_by("began_at")
    return Outline(training, rulebook, tuple(_offers(training)), tuple(extensions))


def _offers(training: Training) -> list[Offer]:
    items = _items(training)
    courses = training.courses.prefetch_related("sections").order_by("position")
    return [
        Offer(
            id=course.id,
            title=course.title,
            summary=course.summary,
            art=course.art,
            required_s=course.required_s,
            cap_s=course.cap_s,
            sections=tuple(
                Part(section.title, tuple(items.get(section.pk, [])))
                for section in sorted(course.sections.all(), key=lambda s: s.position)
            ),
        )
        for course in courses
    ]


def _items(training: Training) -> dict[int, list[Item]]:
    """Return the lessons of each section, with the media that their recordings show now."""
    lessons = Lesson.objects.filter(section__course__training=training)
    published = MediaVersion.objects.filter(
        recording__in=lessons.values("recording"), version__lte=F("recording__version")
    )
    media: dict[UUID, list[MediaVersion]] = {}
    for each in published.order_by("recording", "version"):
        media.setdefault(each.recording_id, []).append(each)
    items: dict[int, list[Item]] = {}
    for lesson in lessons.select_related("withdrawal").order_by("section", "position"):
        items.setdefault(lesson.section_id, []).append(_item(lesson, media[lesson.recording_id]))
    return items


def _item(lesson: Lesson, versions: list[MediaVersion]) -> Item:
    *_, media = versions
    is_first = media.version == 1
    return Item(
        id=lesson.id,
        title=lesson.title,
        duration_ms=media.duration_ms,
        media_version=media.version,
        renditions=tuple(media.renditions),
        captions=tuple(media.captions),
        poster=media.poster,
        is_withdrawn=hasattr(lesson, "withdrawal"),
        kept=tuple(tuple((a, b, c) for a, b, c in each.kept) for each in versions[1:]),
        replaced_at=None if is_first else media.published_at,
        why_replaced="" if is_first else media.sentence,
    )
