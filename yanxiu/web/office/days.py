"""Take days as officers pick them."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Nothing here is older than the platform or further away than anybody plans.
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
SAID = _("请按 2026-09-30 的样子填写日期。")


class DayField(forms.DateField):
    """Take a day, picked or typed."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [MinValueValidator(FIRST, SAID), MaxValueValidator(LAST, SAID)]
    default_error_messages = {"invalid": SAID}
