"""Be the personal centre: how things stand, trainings, certificates, the account."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings as catalogue
from yanxiu.training.certificates import standing
from yanxiu.training.credits import hours, progress
from yanxiu.training.enrolment import enrolments
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.integrity import holds
from yanxiu.training.organisations import posts
from yanxiu.training.people import masking, seals
from yanxiu.training.people.models import Account, Persona
from yanxiu.web.shared import access, hold_words, path, refusals, standing_words
from yanxiu.web.teacher import documents, overview, portfolio


@require_safe
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show how things stand, whose turn it is, and what has happened."""
    now = clock.now()
    standings = posts.standings(request.user.person_id)
    enrolled = list(enrolments.of(request.user.person_id))
    main = standing_words.main(standings)
    has_identity = bool(getattr(request.user, "name", None))
    facts = _who(request) | {
        "standing": main,
        "said": standing_words.of(main, has_identity=has_identity, now=now),
        "enrolments": [_enrolled(enrolment) for enrolment in enrolled],
        "messages": _messages(standings, enrolled),
        "seal": seals.waiting(request.user.person_id),
        "holds": [
            hold_words.of(held, title, now=now)
            for title, held in holds.of_person(request.user.person_id)
        ],
        "now": now,
    }
    return render(request, "teacher/me.html", facts)


@require_safe
@access.signed_in
def trainings(request: access.SignedIn) -> HttpResponse:
    """Show her trainings with how far each is, and what is left before its certificate."""
    now = clock.now()
    has_identity = bool(getattr(request.user, "name", None))
    rows = [
        _enrolled(way.enrolment)
        | _far(way.progress)
        | {
            "headline": path.headline(way, at=now),
            "steps": path.steps(way, has_identity=has_identity, at=now),
            "certificate": overview.certificate(way, now),
            "hold": overview.hold(way, now),
        }
        for way in standing.every(request.user.person_id, at=now)
        if way.enrolment
    ]
    return render(request, "teacher/me_trainings.html", {"rows": rows})


@require_safe
@access.signed_in
def certificates(request: access.SignedIn) -> HttpResponse:
    """List her certificates of all years, with their editions."""
    years = portfolio.years(request.user.person_id)
    return render(request, "teacher/me_certificates.html", {"years": years})


@require_safe
def training_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with her own document of a training; without a sign-in programs get a 401."""
    if not isinstance(request.user, Account):
        raise refusals.Unsigned
    outline = catalogue.get(slug)
    if outline is None:
        raise Http404
    way = standing.read(request.user.person_id, outline, at=clock.now())
    return JsonResponse(documents.training(way))


def _who(request: access.SignedIn) -> dict[str, object]:
    kind = getattr(request.user, "persona_kind", None)
    return {
        "phone": masking.phone(request.user.phone) if request.user.has_phone else "",
        "persona": Persona.Kind(kind).label if kind else _("未选择"),
        "is_teacher": kind == Persona.Kind.TEACHER,
        "since": request.user.created_at,
    }


def _enrolled(enrolment: Enrolment) -> dict[str, object]:
    training = enrolment.training
    return {
        "title": training.title,
        "slug": training.slug,
        "period": enrolments.period_words(training, with_year=True),
        "is_open": catalogue.is_open(training, clock.now()),
        "enrolled_at": enrolment.enrolled_at,
    }


def _far(walked: progress.Progress) -> dict[str, object]:
    per_hour = walked.outline.rulebook.seconds_per_credit_hour

    def said(seconds: int) -> str:
        return hours.text(seconds, seconds_per_hour=per_hour)

    return {
        "learned": said(walked.learned_s),
        "recognised": said(walked.recognised_s),
        "required": said(walked.required_s),
        "missing": hours.missing_text(walked.missing_s, seconds_per_hour=per_hour),
        "recognised_s": walked.recognised_s,
        "required_s": walked.required_s,
        "enough": walked.is_complete,
        "held": said(walked.held_s) if walked.hold else "",
        "is_earned": walked.is_earned,
        "courses_done": sum(1 for course in walked.courses if course.tally.is_enough),
        "courses": len(walked.courses),
    }


def _messages(
    standings: list[posts.Standing], enrolled: list[Enrolment]
) -> list[tuple[datetime, str]]:
    """Return what has happened, the latest first; read from the facts, so nothing can be missed."""
    news = [
        (each.enrolled_at, _("您报名了“%(title)s”。") % {"title": each.training.title})
        for each in enrolled
    ]
    for each in standings:
        words = {"school": each.post.school.name}
        if each.verification:
            asked_at = each.verification.requested_at
            news.append((asked_at, _("您的信息已提交给“%(school)s”审核。") % words))
        if each.decision:
            said = (
                _("“%(school)s”通过了您的审核。")
                if each.verified
                else _("“%(school)s”退回了您的信息。")
            )
            news.append((each.decision.at, said % words))
    return sorted(news, reverse=True)
