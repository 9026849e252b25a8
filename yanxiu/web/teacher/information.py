"""Let a teacher keep her information: who she is before the law, and the school she teaches at."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment.refusals import NotATeacher
from yanxiu.training.organisations import information, posts, schools
from yanxiu.training.people import identities, names, refusals
from yanxiu.training.people.models import Identity, Persona
from yanxiu.web.shared import access, school_picker
from yanxiu.web.teacher import standing_words

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
_BROKEN = {"null_characters_not_allowed": gettext_lazy("内容编码有误，请重新输入。")}


class Fact(forms.CharField):
    """Be asked for by the form; whether the answer can stand is found by the domain."""

    def validate(self, value: str | None) -> None:
        """Leave an empty answer to the domain, which tells of all fields at once."""


class IdentityForm(forms.Form):
    """Take name and number as they stand on the document."""

    name = Fact(
        label=gettext_lazy("姓名"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 80}),
        error_messages=_BROKEN,
    )
    document_kind = forms.ChoiceField(
        label=gettext_lazy("证件类型"),
        choices=Identity.Document.choices,
        error_messages={"invalid_choice": gettext_lazy("证件类型与号码格式不一致。")},
    )
    number = Fact(
        label=gettext_lazy("证件号码"),
        help_text=gettext_lazy("18 位，末位可为 X"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "maxlength": 40}
        ),
        error_messages=_BROKEN,
    )

    use_required_attribute = False


class SchoolForm(forms.Form):
    """Take the school that was picked."""

    school = forms.UUIDField(
        error_messages={
            "required": gettext_lazy("请先选择一所学校。"),
            "invalid": gettext_lazy("请从列出的学校中选择一所。"),
        }
    )


@_PAGE
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show name, number and post with what they mean, and take corrections of name and number."""
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
    """Let the teacher find her school and choose it."""
    if request.method != "POST" or "find" in request.POST:
        return _school_page(request)
    _only_teachers(request)
    form = SchoolForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(map(str, form.errors["school"]))
        return _school_page(request, error=sentence, status=HTTPStatus.BAD_REQUEST)
    person = request.user.person
    try:
        chosen = schools.get(form.cleaned_data["school"])
        information.teach_at(person, chosen, by=person, at=clock.now())
    except Refused as refused:
        return _school_page(request, error=refused.message, status=refused.status)
    return access.see_other(access.onward(request, reverse("information")))


def _only_teachers(request: access.SignedIn) -> None:
    if getattr(request.user, "persona_kind", None) != Persona.Kind.TEACHER:
        raise NotATeacher


def _form(identity: Identity | None) -> IdentityForm:
    return IdentityForm(initial={"name": identity.name} if identity else None)


def _correct(request: access.SignedIn, identity: Identity | None, form: IdentityForm) -> int:
    """Hand the typed facts over; the form gets every no, and the status of it comes back.

    A number left empty keeps the one that is there.
    """
    if not form.is_valid():
        return HTTPStatus.BAD_REQUEST
    person, typed = request.user.person, form.cleaned_data
    number = typed["number"] or (identities.number(identity) if identity else "")
    try:
        information.correct(
            person,
            name=typed["name"],
            document_kind=typed["document_kind"],
            number=number,
            by=person,
            at=clock.now(),
        )
    except Refused as refused:
        for field, sentence in _findings(refused):
            form.add_error(field, sentence)
        return refused.status
    return HTTPStatus.OK


def _findings(refused: Refused) -> list[tuple[str | None, str]]:
    """Return the sentences of a no with the field each belongs to; None is the whole form."""
    if isinstance(refused, refusals.Unacceptable):
        return [(None, refused.message), *refused.findings.items()]
    return [("number" if isinstance(refused, refusals.NumberInUse) else None, refused.message)]


def _page(
    request: access.SignedIn,
    identity: Identity | None,
    form: IdentityForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    standing = standing_words.main(posts.standings(request.user.person_id))
    now = clock.now()
    facts = {
        "form": form,
        "identity": identity,
        "number": identities.masked_number(identity) if identity else "",
        "standing": standing,
        "said": standing_words.of(standing, has_identity=identity is not None, now=now),
        "locked": standing is not None and standing.verified,
        "is_teacher": getattr(request.user, "persona_kind", None) == Persona.Kind.TEACHER,
        "notices": _notices(request),
        "onward": access.onward(request, ""),
    }
    return render(request, "teacher/information.html", facts, status=status)


def _notices(request: HttpRequest) -> list[dict[str, str]]:
    words = {
        "identity": _("姓名和证件号码已保存。"),
        "dots": _("姓名和证件号码已保存；已将间隔符统一为“·”。"),
    }
    said = words.get(request.GET.get("saved", ""))
    return [{"kind": "done", "text": said}] if said else []


def _school_page(
    request: access.SignedIn, *, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    current = posts.current(request.user.person_id).last()
    facts = school_picker.read(asked, chosen=current.school_id if current else None)
    facts |= {"current": current, "onward": access.onward(request, "")}
    if error:
        facts["error"] = error
    elif facts.get("error"):
        status = HTTPStatus.BAD_REQUEST
    return render(request, "teacher/school.html", facts, status=status)
