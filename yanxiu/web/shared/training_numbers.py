"""Say how far somebody is in a training, to whoever helps her: each number with its reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from yanxiu.training.catalogue import trainings
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import Progress
from yanxiu.web.shared import course_numbers, hold_words, reason_words
from yanxiu.web.shared.templatetags import yx

# What a certificate's state is called, with the kind of its tag.
CERTIFICATE = {
    "valid": ("done", gettext_lazy("有效")),
    "superseded": ("off", gettext_lazy("已作废，另有新版")),
    "revoked": ("no", gettext_lazy("已撤销")),
}


def of(walked: Progress, *, now: datetime) -> dict[str, object]:
    """Return a training's numbers: in all, and course by course."""
    book = walked.outline.rulebook
    per_hour = book.seconds_per_credit_hour
    is_over = not trainings.is_open(walked.outline.training, now)
    max_rate_milli = None if is_over else book.max_rate_milli
    found = reason_words.of_training(walked)
    return {
        "training": walked.outline.training,
        "completed_at": walked.completed_at,
        "enough": walked.is_complete,
        "held": hours.text(walked.held_s, seconds_per_hour=per_hour) if walked.hold else "",
        "hold": hold_words.of(walked.hold, walked.outline.training.title, now=now)
        if walked.hold
        else None,
        "recognised": hours.text(walked.recognised_s, seconds_per_hour=per_hour),
        "required": hours.text(walked.required_s, seconds_per_hour=per_hour),
        "share": yx.share(walked.recognised_s, walked.required_s),
        "sentence": reason_words.total(found, per_hour, max_rate_milli=max_rate_milli),
        "courses": [
            (course.offer.title, course_numbers.of(course, per_hour, is_over=is_over))
            for course in walked.courses
        ],
    }
