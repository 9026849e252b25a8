"""Read what officers type when hours are set right."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.credits.models import SENTENCE_MOST
from yanxiu.web.office import two_officer_forms

ADD, TAKE = "add", "take"
HOURS, MINUTES, SECONDS = "hours", "minutes", "seconds"
_MINUTE_S = 60


class ListForm(forms.Form):
    """Take after which answered amendment a page begins."""

    after = forms.UUIDField(required=False)


class ProposalForm(forms.Form):
    """Take how much is added or taken, and the reason that the teacher reads.

    `seen` says of which change the officer has seen what comes of it.
    """

    direction = forms.ChoiceField(
        label=gettext_lazy("怎样更正"),
        choices=((ADD, gettext_lazy("增加学时")), (TAKE, gettext_lazy("减去学时"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择增加还是减去。")},
    )
    amount = forms.DecimalField(
        label=gettext_lazy("多少"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_digits", "max_decimal_places"),
            gettext_lazy("请填写大于 0 的数，最多两位小数。"),
        ),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("单位"),
        choices=(
            (MINUTES, gettext_lazy("分钟")),
            (SECONDS, gettext_lazy("秒")),
            (HOURS, gettext_lazy("学时")),
        ),
    )
    sentence = forms.CharField(
        label=gettext_lazy("更正的原因"),
        max_length=SENTENCE_MOST,
        help_text=gettext_lazy("老师会看到这句话：写清查明了什么、依据是什么。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写明更正的原因，老师会看到。")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, per_hour: int) -> None:
        """Begin empty, or with what was typed; `per_hour` is how many seconds an hour has."""
        super().__init__(data)
        self._unit_s = {HOURS: per_hour, MINUTES: _MINUTE_S, SECONDS: 1}

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into whole seconds, below zero where they are taken."""
        typed: dict[str, Any] = self.cleaned_data
        if {"direction", "amount", "unit"} <= typed.keys():
            seconds = typed["amount"] * self._unit_s[typed["unit"]]
            if seconds % 1:
                words = {"hour": self._unit_s[HOURS]}
                said = _("不是整数秒，请改用秒填写：1 学时是 %(hour)d 秒，1 分钟是 60 秒。") % words
                self.add_error("amount", said)
            typed["seconds"] = int(seconds) if typed["direction"] == ADD else -int(seconds)
        return typed


class AnswerForm(two_officer_forms.AnswerForm):
    """Take the second officer's answer to an amendment."""

    sentence = two_officer_forms.why_not(most=SENTENCE_MOST)
