"""Take a phone number in a form, however it is written."""

from django import forms
from django.utils.translation import gettext_lazy

from yanxiu.training.people import phones, refusals


class PhoneField(forms.CharField):
    """Take a phone number, however it is written."""

    def __init__(self, *, required: bool = True) -> None:
        """Show it as a phone does."""
        super().__init__(
            required=required,
            label=gettext_lazy("手机号"),
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            error_messages={"required": gettext_lazy("请填写对方注册时使用的手机号。")},
        )

    def clean(self, value: str | None) -> str:
        """Return the 11 digits, or say what is wrong."""
        typed = super().clean(value)
        try:
            return phones.normalise(typed) if typed or self.required else ""
        except phones.NotMainland as error:
            raise forms.ValidationError(refusals.NotMainland().message) from error
        except phones.NotElevenDigits as error:
            raise forms.ValidationError(refusals.NotEleven().message) from error
