"""Write a teacher's own way through a training down for programs."""

from yanxiu.training.certificates import eligibility, standing
from yanxiu.training.credits.progress import CourseProgress, Watched
from yanxiu.training.learning import coverage


def training(way: standing.Way) -> dict[str, object]:
    """Return the person's document of a training: seconds, lessons, certificate."""
    walked = way.progress
    return {
        "enrolled": way.enrolment is not None,
        "learned_s": walked.learned_s,
        "recognised_s": walked.recognised_s,
        "held_s": walked.held_s,
        "required_s": walked.required_s,
        "courses": [_course(course) for course in walked.courses],
        "lessons": [_lesson(lesson) for course in walked.courses for lesson in course.lessons],
        "certificate": {
            "state": way.state,
            "reasons": [_reason(reason) for reason in way.reasons],
        },
    }


def _course(course: CourseProgress) -> dict[str, object]:
    return {
        "id": str(course.offer.id),
        "learned_s": course.tally.learned_s,
        "recognised_s": course.tally.recognised_s,
        "held_s": course.tally.held_s,
        "required_s": course.tally.required_s,
    }


def _lesson(watched: Watched) -> dict[str, object]:
    return {
        "id": str(watched.item.id),
        "state": watched.state,
        "covered": coverage.spans(watched.covered),
        "missing_ms": watched.missing_ms,
        "completed_at": watched.completed_at.isoformat() if watched.completed_at else None,
    }


def _reason(reason: eligibility.Reason) -> dict[str, object]:
    since = reason.since.isoformat() if reason.since else None
    return {"code": reason.code, "owner": reason.owner, "since": since}
