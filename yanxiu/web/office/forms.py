"""Read what officers type: a search, and an answer to a request."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations import cases
from yanxiu.training.organisations.models import Decision


class PlaceField(forms.CharField):
    """Take the place in the list where a page begins or ends."""

    def clean(self, value: str | None) -> cases.Place | None:
        """Return the place, or None without one."""
        text = super().clean(value)
        try:
            return cases.Place.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("页码有误。")) from error


class SearchForm(forms.Form):
    """Take a part of a name, and which page of the list is wanted."""

    q = forms.CharField(
        label=gettext_lazy("教师姓名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("教师姓名"),
            }
        ),
    )
    after = PlaceField(required=False)
    before = PlaceField(required=False)


class AnswerForm(forms.Form):
    """Take yes, or no with its reason."""

    outcome = forms.ChoiceField(choices=Decision.Outcome.choices)
    reason = forms.ChoiceField(
        label=gettext_lazy("退回的原因"),
        choices=Decision.Reason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=gettext_lazy("补充说明"),
        help_text=gettext_lazy("老师会看到这句话，请写清需要怎样修改。"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, str]:
        """Ask for the reason of a no, and for words where the reason has none."""
        typed: dict[str, str] = self.cleaned_data
        if typed.get("outcome") == Decision.Outcome.REJECTED:
            reason = typed.get("reason")
            if not reason and "reason" not in self.errors:
                self.add_error("reason", _("请选择退回的原因，老师据此修改。"))
            if reason == Decision.Reason.OTHER and not typed.get("sentence"):
                self.add_error("sentence", _("选择“其他原因”时，请写明说明。"))
        return typed
