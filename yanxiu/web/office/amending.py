"""Let an officer propose to set a teacher's hours right, seeing first what comes of it."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.credits import amendments, ledger, progress, proposals
from yanxiu.training.credits.progress import Progress
from yanxiu.training.enrolment import enrolments
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Post
from yanxiu.training.organisations.two_officers import Outcome
from yanxiu.training.people import identities
from yanxiu.web.office import amendment_page, two_officers
from yanxiu.web.office.amendment_forms import ProposalForm
from yanxiu.web.office.amendments import paper_of
from yanxiu.web.shared import access, change_words


@dataclass(frozen=True, slots=True)
class Asked:
    """Be a course of a teacher in the officer's branch, with how far she is in its training."""

    post: Post
    course_id: UUID
    walked: Progress

    @property
    def person_id(self) -> UUID:
        """Return whose hours they are."""
        return self.post.person_id

    @property
    def per_hour(self) -> int:
        """Return how many seconds a credit hour has."""
        return self.walked.outline.rulebook.seconds_per_credit_hour

    def seen(self, seconds: int) -> str:
        """Return what stands for a change of what she has learned by now."""
        return f"{self.walked.course(self.course_id).tally.learned_s}{seconds:+d}"


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def propose(request: access.Office, person_id: UUID, course_id: UUID) -> HttpResponse:
    """Show how the hours of a course come about; take a proposal whose outcome was seen."""
    asked = _asked(request, person_id, course_id)
    by = request.user.person
    against = amendments.against_proposing(person_id, held=request.held, by=by)
    if against:
        raise against
    if request.method != "POST":
        if not access.is_fresh(request):
            return access.ask_factor(request)
        return _page(request, asked, ProposalForm(per_hour=asked.per_hour))
    form = ProposalForm(request.POST, per_hour=asked.per_hour)
    if not form.is_valid():
        return _page(request, asked, form, status=HTTPStatus.BAD_REQUEST)
    if form.cleaned_data["seen"] != asked.seen(form.cleaned_data["seconds"]):
        return _preview(request, asked, form)
    try:
        made = _propose(request, asked, form)
    except Refused as refused:
        return _page(request, asked, form, refused=refused, status=refused.status)
    return access.see_other("office_amendment", made)


def _asked(request: access.Office, person_id: UUID, course_id: UUID) -> Asked:
    """Load a course of a training that a teacher of the branch is enrolled in."""
    here = Post.objects.filter(scopes.posts.visible(request.held), person_id=person_id)
    post = here.filter(ended_at=None).select_related("school").order_by("started_at", "id").first()
    outline = trainings.of_course(course_id) if post else None
    if not (post and outline and enrolments.find(person_id, outline.training.id)):
        raise Http404
    return Asked(post, course_id, progress.read(person_id, outline))


def _propose(request: access.Office, asked: Asked, form: ProposalForm) -> UUID:
    two_officers.check_fresh(request)
    change = form.cleaned_data["seconds"], form.cleaned_data["sentence"]
    held, by, at = request.held, request.user.person, clock.now()
    made = amendments.propose(asked.person_id, asked.course_id, change, held=held, by=by, at=at)
    return made.id


def _preview(request: access.Office, asked: Asked, form: ProposalForm) -> HttpResponse:
    """Show what comes of a change that she has not seen yet, or that it cannot be."""
    seconds = form.cleaned_data["seconds"]
    refused = amendments.against_seconds(asked.walked.course(asked.course_id), seconds)
    if refused:
        return _page(request, asked, form, refused=refused, status=refused.status)
    paper = paper_of(asked.walked, asked.person_id)
    effect = amendment_page.compared(asked.walked, asked.course_id, seconds, paper, at=clock.now())
    effect |= {
        "amount": change_words.amount(seconds, asked.per_hour),
        "seen": asked.seen(seconds),
    }
    return _page(request, asked, form, effect=effect)


def _page(
    request: access.Office,
    asked: Asked,
    form: ProposalForm,
    *,
    effect: dict[str, object] | None = None,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    entries = ledger.of_course(asked.person_id, asked.course_id)
    cases = proposals.of(request.held, asked.person_id, asked.course_id)
    identity = identities.current(asked.person_id)
    facts = amendment_page.course(asked.walked, asked.course_id, entries) | {
        "person_id": asked.person_id,
        "name": identity.name if identity else "",
        "number": identities.masked_number(identity) if identity else "",
        "school": asked.post.school.name,
        "cases": cases,
        "open": next((each for each in cases if each.outcome is Outcome.WAITING), None),
        "effect": effect,
        "form": form,
        "refused": refused,
        "now": clock.now(),
    }
    return render(request, "office/amendment_proposing.html", facts, status=status)
