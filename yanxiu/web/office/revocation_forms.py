"""Read what officers write when certificates are taken back, and their holders readmitted."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.certificates.models import RevocationProposal

COUNTERSIGN, DECLINE, WITHDRAW = "countersign", "decline", "withdraw"


class ProposalForm(forms.Form):
    """Take the class of reason and what is behind it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("撤销的原因"),
        choices=RevocationProposal.Reason.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("任何人核验这份证书时都会看到所选的原因。"),
        error_messages={"required": gettext_lazy("请选择撤销的原因。")},
    )
    sentence = forms.CharField(
        label=gettext_lazy("事实与依据"),
        max_length=400,
        help_text=gettext_lazy("写清查明了什么、依据是什么。只有省级和国家级管理员能看到。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写明事实与依据，会签人据此判断。")},
    )


class ReadmissionForm(forms.Form):
    """Take why the holder of a revoked certificate may have one again."""

    sentence = forms.CharField(
        label=gettext_lazy("事实与依据"),
        max_length=400,
        help_text=gettext_lazy(
            "写清为什么可以重领：重新取得的学时，或撤销有误的依据。只有省级和国家级管理员能看到。"
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写明事实与依据，会签人据此判断。")},
    )


class AnswerForm(forms.Form):
    """Take a countersignature, a no with its reason, or the proposer's own step back."""

    outcome = forms.ChoiceField(
        choices=[(each, each) for each in (COUNTERSIGN, DECLINE, WITHDRAW)],
        error_messages={
            "required": gettext_lazy("请选择会签、退回或收回。"),
            "invalid_choice": gettext_lazy("请选择会签、退回或收回。"),
        },
    )
    sentence = forms.CharField(
        label=gettext_lazy("不同意的理由"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("提议人会看到这句话。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, str]:
        """Ask for the reason of a no."""
        typed: dict[str, str] = self.cleaned_data
        is_silent = not typed.get("sentence") and "sentence" not in self.errors
        if typed.get("outcome") == DECLINE and is_silent:
            self.add_error("sentence", _("请写明不同意的理由，提议人会看到。"))
        return typed
