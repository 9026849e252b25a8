"""Answer whoever checks a paper: valid or unknown, and nothing about its holder."""

import re
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.certificates import numbering, verifying

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class PaperForm(forms.Form):
    """Take a certificate's number and the check code printed beside it."""

    number = forms.CharField(
        label=_("证书编号"),
        max_length=60,
        help_text=_("印在证书下方，例如 2025SQ-0001-2345-679；空格、短横线和大小写都不要紧"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写证书编号。")},
    )
    code = forms.CharField(
        label=_("校验码"),
        max_length=30,
        help_text=_("印在证书编号下面，共 8 位"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写校验码。")},
    )

    def clean_number(self) -> str:
        """Return the number as printed; say near which place a slip must be."""
        number: str = self.cleaned_data["number"]
        fault = numbering.fault(number)
        if fault is None:
            return numbering.normalise(number)
        if fault.position is None:
            raise forms.ValidationError(_("证书编号有误，请对照证书逐位核对。"))
        raise forms.ValidationError(
            _("证书编号有误，请检查第 %(place)s 位附近（不算短横线）。"),
            params={"place": fault.position},
        )


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Take number and check code; whichever is wrong, the answer is the same."""
    asked = bool({"number", "code"} & request.GET.keys())
    form = PaperForm(request.GET if asked else None)
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if asked else HTTPStatus.OK
        return render(request, "public/verify.html", {"form": form}, status=status)
    found = verifying.by_number(form.cleaned_data["number"], form.cleaned_data["code"])
    return _answered(request, found, form)


@require_safe
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """Answer for the address in a certificate's code."""
    found = verifying.by_token(token) if _TOKEN.fullmatch(token) else None
    return _answered(request, found, PaperForm())


def _answered(
    request: HttpRequest, found: verifying.Answer | None, form: PaperForm
) -> HttpResponse:
    facts = {"form": form, "found": found, "answered": True, "now": clock.now()}
    return render(request, "public/verify.html", facts)
