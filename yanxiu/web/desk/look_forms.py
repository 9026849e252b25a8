"""Read what agents type to search for somebody, and why they need one of her facts whole."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.people.models import Identity
from yanxiu.training.support.looking import Facts
from yanxiu.training.support.unmasking import SENTENCE_MOST, Fact, Reason
from yanxiu.web.shared.phone_field import PhoneField
from yanxiu.web.shared.saying import BROKEN

_PLAIN = {"autocomplete": "off"}


class SearchForm(forms.Form):
    """Take exact facts that somebody says of herself; two at least."""

    phone = PhoneField(required=False)
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        help_text=gettext_lazy("与证件一致的全名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages=BROKEN,
    )
    document_kind = forms.ChoiceField(
        label=gettext_lazy("证件类型"),
        choices=Identity.Document.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("请从列表中选择证件类型。")},
    )
    number = forms.CharField(
        label=gettext_lazy("证件号码"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages=BROKEN,
    )

    def clean(self) -> dict[str, object]:
        """Ask for the kind of document where its number is given."""
        if self.cleaned_data.get("number") and not self.cleaned_data.get("document_kind"):
            self.add_error("document_kind", _("请选择证件类型。"))
        return self.cleaned_data

    def facts(self) -> Facts:
        """Return what was given."""
        typed = self.cleaned_data
        number = typed["number"].strip()
        kind = typed["document_kind"] if number else ""
        return Facts(typed["phone"], typed["name"].strip(), kind, number)


class UnmaskForm(forms.Form):
    """Take what is to be shown whole, and what it is needed for."""

    fact = forms.ChoiceField(
        label=gettext_lazy("查看哪一项"),
        choices=Fact.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选择查看哪一项。"),
            "invalid_choice": gettext_lazy("请选择查看哪一项。"),
        },
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("查看的原因"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选择一个原因。"),
            "invalid_choice": gettext_lazy("请选择一个原因。"),
        },
    )
    sentence = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("老师本人会看到"),
        required=False,
        max_length=SENTENCE_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=BROKEN,
    )
