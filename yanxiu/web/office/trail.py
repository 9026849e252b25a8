"""Show officers what was done in their branch, by whom and when."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock, periods
from yanxiu.training.reports import acts
from yanxiu.training.trail import words
from yanxiu.web.office.days import DayField
from yanxiu.web.shared import access

# Entries are numbered with 63 bits.
LAST = 2**63 - 1


class TrailForm(forms.Form):
    """Take which acts are looked for."""

    who = forms.CharField(
        label=gettext_lazy("谁做的"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("做了什么"),
        required=False,
        choices=[
            ("", gettext_lazy("全部操作")),
            *((key, label) for key, (label, _verbs) in words.GROUPS.items()),
        ],
    )
    since = DayField(label=gettext_lazy("从哪天"), required=False)
    until = DayField(label=gettext_lazy("到哪天"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=LAST)

    def clean(self) -> dict[str, object]:
        """Ask for days in their order."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("开始日期晚于结束日期，请重新选择。"))
        return self.cleaned_data

    def wanted(self) -> acts.Wanted:
        """Return what is looked for; where a field makes no sense it narrows nothing."""
        read = self.cleaned_data
        since, until = read.get("since"), read.get("until")
        return acts.Wanted(
            who=read.get("who", ""),
            group=read.get("what", ""),
            since=periods.starts(since) if since else None,
            until=periods.ends(until) if until else None,
        )


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show the acts of the branch, the latest first."""
    form = TrailForm(request.GET)
    is_sound = form.is_valid()
    found = acts.page(request.held, form.wanted(), before=form.cleaned_data.get("before"))
    facts = {"form": form, "page": found, "now": clock.now()}
    status = HTTPStatus.OK if is_sound else HTTPStatus.BAD_REQUEST
    return render(request, "office/trail.html", facts, status=status)
