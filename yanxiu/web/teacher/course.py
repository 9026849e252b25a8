"""Show a course: the player on the left, the outline with its circles on the right."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import progress as credit
from yanxiu.training.credits.progress import CourseProgress, Watched
from yanxiu.training.enrolment import enrolments
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access, platform_frame
from yanxiu.web.teacher import studying


@require_safe
def page(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Show the course with one lesson chosen.

    Whoever is enrolled, and is a teacher now, plays it for hours; a student looks at it for none.
    """
    outline = _outline(course_id)
    elsewhere = platform_frame.moved(request, outline.training)
    if elsewhere:
        return redirect(elsewhere)
    return render(request, "teacher/course.html", _facts(request, course_id, outline))


@require_safe
@access.signed_in
def progress(request: access.SignedIn, course_id: UUID) -> HttpResponse:
    """Answer with the parts of the page that show hours, for after a lesson is done."""
    facts = _facts(request, course_id, _outline(course_id))
    return render(request, "teacher/course_progress.html", facts)


def _outline(course_id: UUID) -> Outline:
    found = trainings.of_course(course_id)
    if found is None:
        raise Http404
    return found


def _facts(request: HttpRequest, course_id: UUID, outline: Outline) -> dict[str, object]:
    person_id = access.person_id(request)
    kind = getattr(request.user, "persona_kind", None)
    is_enrolled = person_id is not None and _is_enrolled(person_id, outline)
    learner = person_id if is_enrolled and kind == Persona.Kind.TEACHER else None
    walked = credit.read(learner, outline)
    chosen = _chosen(walked.course(course_id), request.GET.get("lesson"))
    study = studying.Study(walked, walked.course(course_id), chosen)
    facts = studying.facts(study, learner=learner, at=clock.now())
    if kind == Persona.Kind.STUDENT:
        facts["viewing"] = studying.viewing(study)
    # Her hours wait for her: she only has to be a teacher again.
    return facts | {"must_switch": is_enrolled and learner is None}


def _is_enrolled(person_id: UUID, outline: Outline) -> bool:
    return enrolments.find(person_id, outline.training.id) is not None


def _chosen(walked: CourseProgress, lesson_id: str | None) -> Watched:
    """Return the lesson of the address, or where to go on; another course's is not found."""
    if lesson_id is None:
        return walked.next_lesson
    for watched in walked.lessons:
        if str(watched.item.id) == lesson_id:
            return watched
    raise Http404
