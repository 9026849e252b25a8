"""Show a training: what it offers, how far she is, what is missing; and let her enrol."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import standing
from yanxiu.training.enrolment import enrolments, turning
from yanxiu.training.enrolment.refusals import OtherPlatform
from yanxiu.training.journeys import retyping
from yanxiu.web.shared import access, middleware, platform_frame, shelf
from yanxiu.web.teacher import enrolling, overview


@shelf.same_for_visitors
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the training to everybody, and to whoever is signed in her part of it."""
    outline = _outline(slug)
    elsewhere = platform_frame.moved(request, outline.training)
    if elsewhere:
        return redirect(elsewhere)
    return render(request, "teacher/training.html", _facts(request, outline))


@require_safe
@access.signed_in
def progress(request: access.SignedIn, slug: str) -> HttpResponse:
    """Answer with the person's part of the page alone."""
    return render(request, "teacher/training_progress.html", _facts(request, _outline(slug)))


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def enrolment(request: access.SignedIn, slug: str) -> HttpResponse:
    """Show the information to check; enrol whoever confirms it."""
    training = _outline(slug).training
    kind = getattr(request.user, "persona_kind", None)
    now = clock.now()
    status = 200
    if request.method == "POST":
        try:
            enrolments.enrol(request.user.person, training, kind=kind, at=now)
        except OtherPlatform as refused:
            # Remembered, and her school is asked to look: the type may be what is wrong.
            retyping.ask(request.user.person, training, at=now)
            status = refused.status
        except Refused as refused:
            status = refused.status
    if enrolments.find(request.user.person_id, training.id):
        return access.see_other(f"{reverse('training', args=[slug])}?enrolled=1")
    sheet = enrolments.sheet(request.user.person_id, training, kind=kind, at=now)
    is_elsewhere = any(isinstance(each, OtherPlatform) for each in sheet.refusals)
    is_noted = is_elsewhere and turning.is_remembered(request.user.person_id, training)
    facts = enrolling.facts(training, sheet, is_noted=is_noted, at=now)
    facts |= {"was_refused": request.method == "POST", "trace": middleware.number(request)}
    return render(request, "teacher/enrolment.html", facts, status=status)


def _facts(request: HttpRequest, outline: Outline) -> dict[str, object]:
    now = clock.now()
    person_id = access.person_id(request)
    way = standing.read(person_id, outline, at=now)
    has_identity = bool(getattr(request.user, "name", None))
    facts = overview.facts(way, has_identity=has_identity, at=now)
    return facts | {
        "just_enrolled": bool(way.enrolment and request.GET.get("enrolled")),
        "extensions": outline.extensions,
    }


def _outline(slug: str) -> Outline:
    found = trainings.get(slug)
    if found is None:
        raise Http404
    return found
