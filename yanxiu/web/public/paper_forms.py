"""Read what whoever checks a certificate types or hands in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import claims, numbering


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


class ClaimForm(forms.Form):
    """Take whose certificate it is said to be."""

    claim = forms.CharField(
        label=_("持证人姓名，或证件号码末 4 至 6 位"),
        max_length=60,
        help_text=_("只回答“一致”或“不一致”，不显示持证人的信息。每份证书每天最多错 5 次。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写持证人的完整姓名，或证件号码的末 4 至 6 位。")},
    )

    def clean_claim(self) -> str:
        """Return the claim in normal form."""
        try:
            return claims.read(self.cleaned_data["claim"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class FileForm(forms.Form):
    """Take a certificate's PDF."""

    file = forms.FileField(
        label=_("证书 PDF 文件"),
        help_text=_("从本平台下载的原文件，不超过 1 MB。只作比对，不保存。"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("请选择从平台下载的证书 PDF 文件。"),
            "empty": _("这个文件是空的，请重新选择。"),
        },
    )

    def whole(self) -> bytes:
        """Return what was handed in."""
        whole: bytes = self.cleaned_data["file"].read()
        return whole
