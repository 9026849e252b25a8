"""Keep a school's register of students: who is listed, printed codes, the end of entries.

Students are minors: only their own school's officers come here.
"""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import kinships, scopes, student_codes, students
from yanxiu.training.organisations.models import School, StudentEntry
from yanxiu.training.people.refusals import Unacceptable
from yanxiu.web.shared import access


class SearchForm(forms.Form):
    """Take a class, a part of a name, and behind which entry the page begins."""

    group = forms.CharField(required=False, max_length=40, empty_value=None)
    q = forms.CharField(
        label=gettext_lazy("学生姓名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("学生姓名"),
            }
        ),
    )
    after = forms.UUIDField(required=False)


class StudentEntryForm(forms.Form):
    """Take one student for the register."""

    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=60,
        error_messages={"required": gettext_lazy("请填写姓名。")},
    )
    number = forms.CharField(
        label=gettext_lazy("学籍号"),
        help_text=gettext_lazy("19 位，以 G、L 或 J 开头。保存后只显示首尾。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写学籍号。")},
    )
    group = forms.CharField(label=gettext_lazy("班级"), max_length=40, required=False)


class ChosenForm(forms.Form):
    """Take which students are meant: one by her entry, or all of a class."""

    entry = forms.UUIDField(required=False)
    group = forms.CharField(required=False, max_length=40, empty_value=None)

    def chosen(self) -> Q | None:
        """Return the condition of the students that are meant, or None where nobody is."""
        if not self.is_valid():
            return None
        one, group = self.cleaned_data["entry"], self.cleaned_data["group"]
        if one:
            return Q(pk=one)
        return Q(group=group or "") if "group" in self.data else None


class CodesForm(ChosenForm):
    """Take whom codes are printed for, and the officer's word that their guardians agree."""

    guardians = forms.BooleanField(
        error_messages={
            "required": gettext_lazy("请先确认已取得监护人同意，再打印登录码。没有生成登录码。")
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show the register of the officer's school, and take one student more."""
    school = _school(request)
    if request.method != "POST":
        return _page(request, school, StudentEntryForm())
    form = StudentEntryForm(request.POST)
    if not form.is_valid():
        return _page(request, school, form, status=HTTPStatus.BAD_REQUEST)
    line = students.Line(**form.cleaned_data)
    try:
        students.add(school, line, by=request.user.person, at=clock.now())
    except Unacceptable as refused:
        for field, sentence in refused.findings.items():
            form.add_error(field if field in form.fields else None, sentence)
        return _page(request, school, form, status=refused.status)
    except Refused as refused:
        form.add_error("number", refused.message)
        return _page(request, school, form, status=refused.status)
    return access.see_other(f"{reverse('office_students')}?done=added")


@never_cache
@require_POST
@access.office
def codes(request: access.Office) -> HttpResponse:
    """Give the chosen students new codes and show the slips, once."""
    school = _school(request)
    form = CodesForm(request.POST)
    chosen = form.chosen()
    if chosen is None:
        said = form.errors.get("guardians", [_("请选择一个班级或一名学生，没有生成登录码。")])
        return _page(
            request, school, StudentEntryForm(), error=str(said[0]), status=HTTPStatus.BAD_REQUEST
        )
    found = students.current(school.id).filter(chosen).order_by("group", "name", "id")
    meant = list(found[: student_codes.MOST])
    slips = student_codes.issue(school, meant, by=request.user.person, at=clock.now())
    facts = {
        "slips": slips,
        "school": school,
        "until": clock.now() + student_codes.LIFE,
        "address": request.build_absolute_uri(reverse("student_sign_in")),
        "left": found.count() - len(meant),
    }
    return render(request, "office/student_codes.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def ending(request: access.Office) -> HttpResponse:
    """Say what it means to end a student's entry, or a class's; a POST ends it."""
    school = _school(request)
    form = ChosenForm(request.GET if request.method != "POST" else request.POST)
    chosen = form.chosen()
    found = students.current(school.id).filter(chosen) if chosen is not None else None
    if chosen is None or found is None or not (count := found.count()):
        return access.see_other("office_students")
    if request.method == "POST":
        students.end(school, chosen, by=request.user.person, at=clock.now())
        return access.see_other(f"{reverse('office_students')}?{urlencode({'done': 'ended'})}")
    facts = {"form": form, "count": count, "one": found[0] if count == 1 else None}
    return render(request, "office/students_ending.html", facts | {"school": school})


@require_POST
@access.office
def kinship(request: access.Office, link_id: UUID) -> HttpResponse:
    """Answer for a child of the school whether a parent is one."""
    school = _school(request)
    found = [kin.link for kin in kinships.waiting(school.id) if kin.link.pk == link_id]
    if not found:
        raise Http404
    answer = kinships.agree if request.POST.get("outcome") == "agree" else kinships.end
    answer(found[0], by=request.user.person, path=school.path, at=clock.now())
    return access.see_other(f"{reverse('office_students')}?done=answered")


def _school(request: access.Office) -> School:
    """Return the school whose students this officer keeps; nobody else comes here."""
    schools = (grant.school for grant in request.held if grant.school)
    for school in schools:
        if scopes.student_entries.may("keep", request.held, StudentEntry(school=school)):
            return school
    raise PermissionDenied


def _page(
    request: access.Office,
    school: School,
    form: StudentEntryForm,
    *,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    search = SearchForm(request.GET)
    wanted = search.cleaned_data if search.is_valid() else {}
    group = wanted.get("group")
    groups = students.groups(school.id)
    facts = {
        "school": school,
        "search": search,
        "group": group,
        "text": wanted.get("q", ""),
        "form": form,
        "kin": kinships.waiting(school.id),
        "groups": groups,
        "total": sum(count for _name, count in groups),
        "page": students.page(
            school.id, group=group, text=wanted.get("q", ""), after=wanted.get("after")
        ),
        "notices": _done(request, error),
        "most": student_codes.MOST,
        "now": clock.now(),
    }
    if not search.is_valid():
        status = HTTPStatus.BAD_REQUEST
    return render(request, "office/students.html", facts, status=status)


def _done(request: access.Office, error: str) -> list[dict[str, str]]:
    if error:
        return [{"kind": "no", "text": error}]
    words = {
        "added": _("已添加到学生名册。"),
        "answered": _("已答复，家长和学生都会收到消息。"),
        "ended": _("已从学生名册中结束，记录保留。"),
    }
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
