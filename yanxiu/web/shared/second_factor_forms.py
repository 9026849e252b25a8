"""Read what is typed and scanned for a second factor."""

import binascii
import json
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ciphers
from yanxiu.training.people import refusals
from yanxiu.training.people.models import Account

# A page with a secret may stay open for so long before its code is typed.
OPEN = timedelta(minutes=30)
PURPOSE = "second factor set-up"
# Six digits of an app, eight of a recovery code.
_DIGITS = re.compile(r"\d{6}|\d{8}", re.ASCII)


class AnswerField(forms.CharField):
    """Take a device's answer: an object of JSON."""

    widget = forms.HiddenInput

    def clean(self, value: str | None) -> dict[str, object]:
        """Return the object; anything else is no answer."""
        text = super().clean(value)
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("通行密钥没有通过验证。")) from error
        if not isinstance(answer, dict):
            raise forms.ValidationError(_("通行密钥没有通过验证。"))
        return answer


class FactorForm(forms.Form):
    """Take a code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("动态码"),
        help_text=_("验证器里的 6 位数字；也可以输入 8 位恢复码"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": 12,
                "autofocus": True,
            }
        ),
        error_messages={
            "required": _("请输入 6 位动态码，或 8 位恢复码。"),
            "max_length": _("请输入 6 位动态码，或 8 位恢复码。"),
        },
    )

    def clean_code(self) -> str:
        """Return the digits, whatever their width and the spaces between them."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = re.sub(r"[\s-]", "", plain)
        if not _DIGITS.fullmatch(digits):
            raise forms.ValidationError(_("请输入 6 位动态码，或 8 位恢复码。"))
        return digits


class AppForm(FactorForm):
    """Take the first code of a new app, beside the secret that it was shown."""

    sealed = forms.CharField(widget=forms.HiddenInput, max_length=400, required=False)


class PasskeyForm(forms.Form):
    """Take a device's answer, and what its owner calls it."""

    name = forms.CharField(
        label=_("名称"),
        max_length=40,
        required=False,
        help_text=_("便于以后分辨，例如“办公室电脑”"),
    )
    credential = AnswerField(max_length=20_000)


def sealed(account: Account, secret: str, *, at: datetime) -> str:
    """Return a secret so that only this account's next request can tell it back to us."""
    text = msgspec.json.encode([str(account.pk), secret, at.timestamp()])
    return urlsafe_b64encode(ciphers.seal(text, purpose=PURPOSE)).decode()


def unsealed(account: Account, text: str, *, at: datetime) -> str:
    """Return the secret; raise `SetUpExpired` where it is old, another's or none of ours."""
    try:
        plain = ciphers.unseal(urlsafe_b64decode(text.encode()), purpose=PURPOSE)
    except (ciphers.Broken, binascii.Error, ValueError) as error:
        raise refusals.SetUpExpired from error
    owner, secret, since = msgspec.json.decode(plain, type=tuple[str, str, float])
    if owner != str(account.pk) or at.timestamp() - since > OPEN.total_seconds():
        raise refusals.SetUpExpired
    return secret
