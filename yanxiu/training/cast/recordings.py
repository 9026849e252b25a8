"""Make the demo's recordings: one a lesson's title, shared by the seasons that show it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from yanxiu.training.cast import outlines
from yanxiu.training.cast.studio import Clip
from yanxiu.training.cast.videos import Made
from yanxiu.training.catalogue.models import MediaVersion, Recording

type Studio = Callable[[Sequence[Clip]], Sequence[Made]]
type Shelf = dict[str, Recording]


def clips(courses: Iterable[outlines.Course]) -> list[Clip]:
    """Return the videos that the outlines need."""
    return [
        Clip(title, course.title, length_s)
        for course in courses
        for _section, lessons in course.sections
        for title, length_s in lessons
    ]


def publish(wanted: Sequence[Clip], made: Sequence[Made], *, at: datetime) -> Shelf:
    """Put the videos on the shelf, each as the first version of its recording, by title."""
    shelf = {clip.title: Recording(title=clip.title, version=1) for clip in wanted}
    Recording.objects.bulk_create(shelf.values())
    MediaVersion.objects.bulk_create(
        _version(shelf[clip.title], video, at) for clip, video in zip(wanted, made, strict=True)
    )
    return shelf


def _version(recording: Recording, video: Made, at: datetime) -> MediaVersion:
    return MediaVersion(
        recording=recording,
        version=1,
        duration_ms=video.duration_ms,
        renditions=video.renditions,
        captions=video.captions,
        poster=video.poster,
        published_at=at,
    )
