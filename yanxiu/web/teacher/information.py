"""Let a teacher keep her information: who she is before the law, and the schools she teaches at."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment.refusals import NotATeacher
from yanxiu.training.journeys import verifying
from yanxiu.training.organisations import correction_queue, posts, schools
from yanxiu.training.organisations.models import School
from yanxiu.training.people import identities, names
from yanxiu.training.people.models import Identity, Persona
from yanxiu.web.shared import access, platform_frame, platform_ways, school_picker, standing_words
from yanxiu.web.shared.platform_ways import Way
from yanxiu.web.teacher import correction_words, identity_forms
from yanxiu.web.teacher.identity_forms import IdentityForm

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


class SchoolForm(forms.Form):
    """Take the school that was picked; `also` adds it beside those that are there."""

    school = forms.UUIDField(
        error_messages={
            "required": gettext_lazy("请先选择一所学校。"),
            "invalid": gettext_lazy("请从列出的学校中选择一所。"),
        }
    )
    also = forms.CharField(required=False)


@_PAGE
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show name, number and posts with what can be changed, and take new name and number."""
    identity = identities.current(request.user.person_id)
    if request.method != "POST":
        return _page(request, identity, _form(identity))
    _only_teachers(request)
    form = IdentityForm(request.POST)
    status = _correct(request, identity, form)
    if form.errors:
        return _page(request, identity, form, status=status)
    dots = names.read(form.cleaned_data["name"]).separators_unified
    said = {"saved": "dots" if dots else "identity"}
    if to := access.onward(request, ""):
        said["next"] = to
    return access.see_other(f"{reverse('information')}?{urlencode(said)}")


@_PAGE
@access.signed_in
def school(request: access.SignedIn) -> HttpResponse:
    """Let the teacher find her school and choose it, or another one beside it."""
    if request.method != "POST" or "find" in request.POST:
        return _school_page(request)
    _only_teachers(request)
    form = SchoolForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(map(str, form.errors.get("school", [])))
        return _school_page(request, error=sentence, status=HTTPStatus.BAD_REQUEST)
    try:
        chosen = schools.get(form.cleaned_data["school"])
        choose = verifying.teach_also_at if form.cleaned_data["also"] else verifying.teach_at
        choose(request.user.person, chosen, at=clock.now())
    except Refused as refused:
        return _school_page(request, error=refused.message, status=refused.status)
    return access.see_other(access.onward(request, reverse("information")))


def _only_teachers(request: access.SignedIn) -> None:
    if not _is_teacher(request):
        raise NotATeacher


def _is_teacher(request: access.SignedIn) -> bool:
    return getattr(request.user, "persona_kind", None) == Persona.Kind.TEACHER


def _form(identity: Identity | None) -> IdentityForm:
    known = {"name": identity.name, "document_kind": identity.document_kind} if identity else None
    return IdentityForm(initial=known)


def _correct(request: access.SignedIn, identity: Identity | None, form: IdentityForm) -> int:
    """Hand the typed facts over; the form gets every no, and the status of it comes back.

    A number left empty keeps the one that is there.
    """
    if not form.is_valid():
        return HTTPStatus.BAD_REQUEST
    typed = form.cleaned_data
    number = typed["number"] or (identities.number(identity) if identity else "")
    facts = {"name": typed["name"], "document_kind": typed["document_kind"], "number": number}
    try:
        verifying.correct(request.user.person, **facts, at=clock.now())
    except Refused as refused:
        for field, sentence in identity_forms.findings(refused):
            form.add_error(field, sentence)
        return refused.status
    return HTTPStatus.OK


def _page(
    request: access.SignedIn,
    identity: Identity | None,
    form: IdentityForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found, now = posts.standings(request.user.person_id), clock.now()
    main, has_identity = standing_words.main(found), identity is not None
    confirmed = posts.confirmed(found)
    asked = correction_queue.latest(request.user.person_id) if confirmed else None
    facts = {
        "form": form,
        "identity": identity,
        "number": identities.masked_number(identity) if identity else "",
        "standing": main,
        "said": standing_words.of(main, has_identity=has_identity, now=now),
        "way": _way(request, main, now) if main else None,
        "posts": [(each, standing_words.of(each, has_identity=True, now=now)) for each in found],
        "confirmed": confirmed,
        "correction": correction_words.of(asked, now=now) if asked else None,
        "is_teacher": _is_teacher(request),
        "notices": _notices(request),
        "onward": access.onward(request, ""),
    }
    return render(request, "teacher/information.html", facts, status=status)


def _way(request: access.SignedIn, main: posts.Standing, at: datetime) -> Way | None:
    """Return the way to the platform that serves her school, where this is another."""
    return platform_ways.home(main.post, asked=platform_frame.here(request), at=at)


def _notices(request: access.SignedIn) -> list[dict[str, str]]:
    words = {
        "identity": _("姓名和证件号码已保存。"),
        "dots": _("姓名和证件号码已保存；已将间隔符统一为“·”。"),
    }
    said = words.get(request.GET.get("saved", "")) or _left(request)
    return [{"kind": "done", "text": said}] if said else []


def _left(request: access.SignedIn) -> str:
    """Say which school she has just left, and what to do soon."""
    try:
        post = posts.own(request.user.person_id, UUID(request.GET.get("left", "")))
    except ValueError:
        return ""
    if post is None or post.ended_at is None:
        return ""
    said = _("已从“%(school)s”移除。请尽快添加正确的任教信息，由学校管理员重新审核，以免影响证书。")
    return said % {"school": post.school.name}


def _school_page(
    request: access.SignedIn, *, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    found = list(posts.current(request.user.person_id))
    also = bool(asked.get("also")) and bool(found)
    chosen = found[-1].school_id if found and not also else None
    led = _led_to(request) if request.method != "POST" else None
    facts = school_picker.only(led) if led else school_picker.read(asked, chosen=chosen)
    facts |= {"current": found, "also": also, "onward": access.onward(request, "")}
    facts["choosing"] = True
    if error:
        facts["error"] = error
    elif facts.get("error"):
        status = HTTPStatus.BAD_REQUEST
    return render(request, "teacher/school.html", facts, status=status)


def _led_to(request: access.SignedIn) -> School | None:
    """Return the school that a notice leads to, where one does and it is open."""
    form = SchoolForm(request.GET)
    return schools.listed_one(form.cleaned_data["school"]) if form.is_valid() else None
