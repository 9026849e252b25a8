"""Read the second officer's answer to a proposal, or the first one's step back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COUNTERSIGN, DECLINE, WITHDRAW = "countersign", "decline", "withdraw"
_CHOOSE = gettext_lazy("请选择同意、退回或收回。")


def why_not(*, most: int) -> forms.CharField:
    """Return the field for the reason of a no, of so many characters."""
    return forms.CharField(
        label=gettext_lazy("不同意的理由"),
        required=False,
        max_length=most,
        help_text=gettext_lazy("提议人会看到这句话。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """Take a countersignature, a no with its reason, or the proposer's own step back."""

    outcome = forms.ChoiceField(
        choices=[(each, each) for each in (COUNTERSIGN, DECLINE, WITHDRAW)],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    sentence = why_not(most=400)

    def clean(self) -> dict[str, str]:
        """Ask for the reason of a no."""
        typed: dict[str, str] = self.cleaned_data
        is_silent = not typed.get("sentence") and "sentence" not in self.errors
        if typed.get("outcome") == DECLINE and is_silent:
            self.add_error("sentence", _("请写明不同意的理由，提议人会看到。"))
        return typed
