"""Say how far a course is, with the sentence that explains it: for its teacher and for officers."""

from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import CourseProgress
from yanxiu.web.shared import change_words, reason_words
from yanxiu.web.shared.templatetags import yx


def of(walked: CourseProgress, per_hour: int, *, is_over: bool) -> dict[str, object]:
    """Return a course's three numbers, their sign and the sentence that explains them."""

    def said(seconds: int) -> str:
        return hours.text(seconds, seconds_per_hour=per_hour)

    tally = walked.tally
    return {
        "learned": said(tally.learned_s),
        "recognised": said(tally.recognised_s),
        "required": said(tally.required_s),
        "share": yx.share(tally.recognised_s, tally.required_s),
        "enough": tally.is_enough,
        "held": said(tally.held_s) if tally.is_held else "",
        "short_by": ""
        if not tally.missing_s
        else hours.missing_text(tally.missing_s, seconds_per_hour=per_hour),
        "why": reason_words.of_course(walked, per_hour, is_over=is_over),
        "changes": tuple(change_words.of(change, per_hour) for change in walked.changes),
    }
