"""Show a school's roster: who stands in it, who of them has come; add one by hand, end one."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import rosters, scopes
from yanxiu.training.organisations.models import RosterEntry, School
from yanxiu.training.organisations.rosters import Line
from yanxiu.training.people.models import Identity
from yanxiu.training.people.refusals import Unacceptable
from yanxiu.web.shared import access


class RosterSearchForm(forms.Form):
    """Take which school's roster, a part of a name, and behind which entry the page begins."""

    school = forms.UUIDField(required=False)
    q = forms.CharField(
        label=gettext_lazy("老师姓名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("老师姓名"),
            }
        ),
    )
    after = forms.UUIDField(required=False)


class EntryForm(forms.Form):
    """Take one teacher for the roster."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    document_kind = forms.ChoiceField(
        label=gettext_lazy("证件类型"),
        choices=Identity.Document.choices,
        error_messages={"invalid_choice": gettext_lazy("证件类型与号码格式不一致。")},
    )
    number = forms.CharField(
        label=gettext_lazy("证件号码"),
        help_text=gettext_lazy("居民身份证 18 位。保存后只显示首尾。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    role = forms.CharField(label=gettext_lazy("职务"), max_length=40, required=False)
    subject = forms.CharField(label=gettext_lazy("任教学科"), max_length=40, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show a school's roster, and take one teacher more."""
    search = RosterSearchForm(request.GET)
    wanted = search.cleaned_data if search.is_valid() else {}
    school = _school(request, wanted.get("school"))
    if request.method != "POST":
        return _page(request, school, search, EntryForm())
    if school is None or not scopes.roster_entries.may("keep", request.held, _of(school)):
        raise PermissionDenied
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _page(request, school, search, form, status=HTTPStatus.BAD_REQUEST)
    try:
        rosters.add(school, _line(form.cleaned_data), by=request.user.person, at=clock.now())
    except Unacceptable as refused:
        for field, sentence in refused.findings.items():
            form.add_error(field if field in form.fields else None, sentence)
        return _page(request, school, search, form, status=refused.status)
    except Refused as refused:
        form.add_error("number", refused.message)
        return _page(request, school, search, form, status=refused.status)
    return access.see_other(f"{reverse('office_roster')}?school={school.id}&done=added")


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def ending(request: access.Office, entry_id: UUID) -> HttpResponse:
    """Say what the end of an entry means; a POST ends it."""
    line = rosters.find(request.held, entry_id)
    if line is None:
        raise Http404
    if not scopes.roster_entries.may("keep", request.held, line.entry):
        raise PermissionDenied
    if request.method != "POST":
        facts = {"line": line, "now": clock.now()}
        return render(request, "office/roster_ending.html", facts)
    rosters.end(line.entry, by=request.user.person, at=clock.now())
    return access.see_other(f"{reverse('office_roster')}?school={line.entry.school_id}&done=ended")


def _school(request: access.Office, school_id: UUID | None) -> School | None:
    """Return the school that is asked for, else the officer's own; None where she has none."""
    if school_id is None:
        own = (grant.school for grant in request.held if grant.school)
        return next(own, None)
    found = School.objects.filter(scopes.schools.visible(request.held), pk=school_id).first()
    if found is None:
        raise Http404
    return found


def _of(school: School) -> RosterEntry:
    """Return what an entry of this school's roster would be, to ask who may keep it."""
    return RosterEntry(school=school)


def _line(typed: dict[str, str]) -> Line:
    return Line(**{field: typed[field] for field in EntryForm.base_fields})


def _page(
    request: access.Office,
    school: School | None,
    search: RosterSearchForm,
    form: EntryForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    if school is None:
        return render(request, "office/roster_none.html", status=status)
    wanted = search.cleaned_data if search.is_valid() else {}
    text = wanted.get("q", "")
    facts = {
        "school": school,
        "search": search,
        "text": text,
        "form": form,
        "page": rosters.page(school, text=text, after=wanted.get("after")),
        "tally": rosters.tally(school),
        "keeps": scopes.roster_entries.may("keep", request.held, _of(school)),
        "notices": _done(request),
        "now": clock.now(),
    }
    if not search.is_valid():
        status = HTTPStatus.BAD_REQUEST
    return render(request, "office/roster.html", facts, status=status)


def _done(request: access.Office) -> list[dict[str, str]]:
    words = {"added": _("已添加到名册。"), "ended": _("已从名册中结束，记录保留。")}
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
