"""Show every component with its states, made of the components themselves: docs/design.md."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.web.public import samples


class Sample(forms.Form):
    """Be a form whose fields show how a field looks: filled, wrong, optional, not to be changed."""

    name = forms.CharField(label=_("姓名"), help_text=_("与证件上的姓名一致"))
    number = forms.CharField(label=_("证件号码"))
    note = forms.CharField(label=_("说明"), widget=forms.Textarea({"rows": 3}), required=False)
    kind = forms.ChoiceField(
        label=_("身份"),
        choices=[("teacher", _("教师")), ("student", _("学生"))],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label=_("手机号"), disabled=True)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the style guide; search engines are told to leave it alone."""
    now = clock.now()
    filled = {"name": "王明慧", "number": "33010619850230", "kind": "teacher"}
    form = Sample(filled, initial={"phone": "138****0003"})
    form.add_error("number", _("证件号码应是 18 位，现在是 14 位。请对照证件重新填写。"))
    facts = {
        "crumbs": [(_("首页"), reverse("home"))],
        "here": _("样式指南"),
        "colours": samples.COLOURS,
        "form": form,
        "courses": samples.COURSES,
        "steps": samples.STEPS,
        "sections": samples.OUTLINE,
        "teachers": samples.TEACHERS,
        "chart": samples.chart(now),
        "tiles": samples.tiles(now),
        "paper": samples.PAPER,
        "difference": samples.DIFFERENCE,
    }
    response = render(request, "public/styleguide.html", facts)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
