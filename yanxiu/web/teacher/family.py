"""Link parents and children: ask, agree, end, and see what a child has watched."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.learning import viewings
from yanxiu.training.organisations import kinships
from yanxiu.training.organisations.kinships import Kin
from yanxiu.training.organisations.student_refusals import KinshipOver, NotAParent
from yanxiu.training.people import consents
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access

Kind = Persona.Kind


class ChildForm(forms.Form):
    """Take which child a parent means, and who the parent is to her."""

    number = forms.CharField(
        label=gettext_lazy("孩子的学籍号"),
        help_text=gettext_lazy("19 位，以 G、L 或 J 开头"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写孩子的学籍号。")},
    )
    name = forms.CharField(
        label=gettext_lazy("孩子的姓名"),
        max_length=60,
        error_messages={"required": gettext_lazy("请填写孩子的姓名。")},
    )
    said = forms.CharField(
        label=gettext_lazy("孩子怎么称呼您"),
        help_text=gettext_lazy("例如“妈妈”；孩子和学校凭它认出是您"),
        max_length=kinships.SAID_MOST,
        error_messages={"required": gettext_lazy("请填写孩子怎么称呼您。")},
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("请阅读说明并勾选同意，没有提交。")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show a parent her children and a child her parents; a parent asks for one child more."""
    if request.method != "POST":
        return _page(request, ChildForm())
    if getattr(request.user, "persona_kind", None) != Kind.PARENT:
        raise NotAParent
    form = ChildForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    typed = {field: form.cleaned_data[field] for field in ("number", "name", "said")}
    try:
        kinships.ask(request.user.person, **typed, at=clock.now())
    except Refused as refused:
        form.add_error("number", refused.message)
        return _page(request, form, status=refused.status)
    return _back("asked")


@require_safe
@access.signed_in
def child(request: access.SignedIn, link_id: UUID) -> HttpResponse:
    """Show a parent what her child has watched, to read alone."""
    kin = _kin(request, link_id)
    if kin.link.parent_id != request.user.person_id or not kin.is_agreed:
        raise Http404
    if getattr(request.user, "persona_kind", None) != Kind.PARENT:
        raise NotAParent
    facts = {"kin": kin, "rows": viewings.of(kin.link.child_id), "now": clock.now()}
    return render(request, "teacher/my_child.html", facts)


@require_POST
@access.signed_in
def confirmation(request: access.SignedIn, link_id: UUID) -> HttpResponse:
    """Let the child agree."""
    kin = _kin(request, link_id)
    if kin.link.child_id != request.user.person_id:
        raise Http404
    kinships.agree(kin.link, by=request.user.person, at=clock.now())
    return _back("agreed")


@require_POST
@access.signed_in
def ending(request: access.SignedIn, link_id: UUID) -> HttpResponse:
    """Let either side end the link, or turn the request down."""
    kinships.end(_kin(request, link_id).link, by=request.user.person, at=clock.now())
    return _back("ended")


def _kin(request: access.SignedIn, link_id: UUID) -> Kin:
    kin = kinships.find(request.user.person_id, link_id)
    if kin is None and request.method == "POST":
        raise KinshipOver
    if kin is None:
        raise Http404
    return kin


def _back(done: str) -> HttpResponse:
    answer = access.see_other("my_family")
    answer["Location"] += f"?done={done}"
    return answer


def _page(
    request: access.SignedIn, form: ChildForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    kind, person_id = getattr(request.user, "persona_kind", None), request.user.person_id
    facts = {
        "kind": kind,
        "form": form,
        "children": kinships.children(person_id) if kind == Kind.PARENT else [],
        "parents": kinships.parents(person_id) if kind == Kind.STUDENT else [],
        "agreement": consents.TEXTS[consents.PARENT],
        "childs": consents.TEXTS[consents.CHILD],
        "tries": kinships.TRIES_A_DAY,
        "switch_url": reverse("my_persona"),
        "notices": _done(request),
        "now": clock.now(),
    }
    return render(request, "teacher/my_family.html", facts, status=status)


def _done(request: access.SignedIn) -> list[dict[str, str]]:
    words = {
        "asked": _("已提交，请孩子登录后同意，或请孩子学校的管理员同意。"),
        "agreed": _("已同意，这位家长现在能看到你看过哪些课程。"),
        "ended": _("已解除，对方不能再查看。"),
    }
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
