"""Take numbers, the six digits of a code, and passwords, as people type them."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.training.people import password_rules, phones, refusals

_SIX_DIGITS = re.compile(r"\d{6}", re.ASCII)


class PhoneForm(forms.Form):
    """Take a mobile number however it is written."""

    phone = forms.CharField(
        label=_("手机号"),
        help_text=_("目前支持中国大陆手机号"),
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "maxlength": 30, "autofocus": True}
        ),
        error_messages={"required": refusals.NotEleven.sentence},
    )

    def clean_phone(self) -> str:
        """Return the 11 digits."""
        try:
            return phones.normalise(self.cleaned_data["phone"])
        except phones.NotMainland as error:
            raise forms.ValidationError(refusals.NotMainland().message) from error
        except phones.NotElevenDigits as error:
            raise forms.ValidationError(refusals.NotEleven().message) from error


class CodeForm(forms.Form):
    """Take the six digits of a code."""

    code = forms.CharField(
        label=_("验证码"),
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": 12,
                "autofocus": True,
            }
        ),
        max_length=60,
        error_messages={
            "required": _("验证码为 6 位数字。"),
            "max_length": _("验证码为 6 位数字。"),
        },
    )

    def clean_code(self) -> str:
        """Return the six digits, whatever their width and the spaces between them."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = re.sub(r"\s", "", plain)
        if not _SIX_DIGITS.fullmatch(digits):
            raise forms.ValidationError(_("验证码为 6 位数字。"))
        return digits


class PasswordField(forms.CharField):
    """Take a password: any characters, kept as they are, and none shown again."""

    default_error_messages = {
        "required": _("请输入密码。"),
        "null_characters_not_allowed": _("内容编码有误，请重新输入。"),
    }

    def __init__(self, *, autocomplete: str, **facts: Any) -> None:  # noqa: ANN401 - Django's own
        """Say which of her passwords a browser may fill in."""
        shown = {"autocomplete": autocomplete, "maxlength": password_rules.MOST}
        super().__init__(
            strip=False,
            max_length=password_rules.MOST,
            widget=forms.PasswordInput(attrs=shown),
            error_messages={"max_length": _("密码最长 %(limit_value)d 个字符。")},
            **facts,
        )


class PasswordForm(forms.Form):
    """Take the present password."""

    password = PasswordField(label=_("密码"), autocomplete="current-password")


class NewPasswordForm(forms.Form):
    """Take a new password twice, so that nobody locks a slip of the finger in."""

    new = PasswordField(
        label=_("新密码"),
        autocomplete="new-password",
        help_text=_("8–128 个字符，可用任意字符，包括汉字和空格"),
    )
    again = PasswordField(label=_("再输一次"), autocomplete="new-password")

    def clean(self) -> dict[str, str]:
        """Return both; they have to be the same."""
        typed = super().clean() or {}
        if {"new", "again"} <= typed.keys() and typed["new"] != typed["again"]:
            self.add_error("again", _("两次输入的密码不一样，请重新输入。"))
        return typed
