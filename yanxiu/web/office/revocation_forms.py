"""Read what officers write when certificates are taken back, and their holders readmitted."""

from django import forms
from django.utils.translation import gettext_lazy

from yanxiu.training.certificates.models import RevocationProposal


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
