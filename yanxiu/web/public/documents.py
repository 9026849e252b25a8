"""Write a training down for programs: what it asks for, its courses, their lessons."""

from yanxiu.training.catalogue.models import Rulebook
from yanxiu.training.catalogue.trainings import Offer, Outline


def training(outline: Outline) -> dict[str, object]:
    """Return the public document of a training; the same for everybody."""
    return {
        "slug": outline.training.slug,
        "title": outline.training.title,
        "version": outline.training.version,
        "opens_at": outline.training.opens_at.isoformat(),
        "closes_at": outline.training.closes_at.isoformat(),
        "certificates_from": outline.training.certificates_from.isoformat(),
        "rulebook": _rulebook(outline.rulebook),
        "courses": [_course(course) for course in outline.courses],
    }


def _rulebook(rules: Rulebook) -> dict[str, object]:
    return {
        "version": rules.version,
        "seconds_per_credit_hour": rules.seconds_per_credit_hour,
        "required_s": rules.required_s,
        "max_rate": rules.max_rate_milli / 1000,
        "beat_every_s": rules.beat_every_s,
        "offline_allowance_s": rules.offline_allowance_s,
        "late_s": rules.late_s,
        "tolerance_ms": rules.tolerance_ms,
        "question_every_s": rules.question_every_s,
        "question_answer_s": rules.question_answer_s,
    }


def _course(course: Offer) -> dict[str, object]:
    return {
        "id": str(course.id),
        "title": course.title,
        "required_s": course.required_s,
        "cap_s": course.cap_s,
        "sections": [
            {
                "title": section.title,
                "lessons": [
                    {"id": str(item.id), "title": item.title, "duration_ms": item.duration_ms}
                    for item in section.lessons
                ],
            }
            for section in course.sections
        ],
    }
