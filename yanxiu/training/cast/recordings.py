"""Make the demo's recordings: one a lesson's title, shared by the seasons that show it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from yanxiu.foundation import media
from yanxiu.training.cast import outlines, videos
from yanxiu.training.cast.videos import Made, Wish
from yanxiu.training.catalogue.models import MediaVersion, Recording

# Up to this length every picture of a video differs; longer ones repeat a minute.
SHORT_S = 120

type Film = Callable[[Sequence[Wish]], Sequence[Made]]
type Shelf = dict[str, Recording]


def wishes(courses: Iterable[outlines.Course]) -> list[Wish]:
    """Return the videos that the outlines need."""
    return [
        Wish(title, course.title, length_s, is_long=length_s > SHORT_S)
        for course in courses
        for _section, lessons in course.sections
        for title, length_s in lessons
    ]


def film(wanted: Sequence[Wish]) -> list[Made]:
    """Make the videos that are not there yet, under the folder of media."""
    return videos.make(media.root(), wanted)


def publish(wanted: Sequence[Wish], made: Sequence[Made], *, at: datetime) -> Shelf:
    """Put the videos on the shelf, each as the first version of its recording, by title."""
    shelf = {wish.title: Recording(title=wish.title, version=1) for wish in wanted}
    Recording.objects.bulk_create(shelf.values())
    MediaVersion.objects.bulk_create(
        _version(shelf[wish.title], video, at) for wish, video in zip(wanted, made, strict=True)
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
