"""Take name and document as a teacher types them, and put each no at the field it is about."""

from django import forms
from django.utils.translation import gettext_lazy

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import document_words, refusals
from yanxiu.training.people.models import Identity

BROKEN = {"null_characters_not_allowed": gettext_lazy("内容编码有误，请重新输入。")}


class Fact(forms.CharField):
    """Be asked for by the form; whether the answer can stand is found by the domain."""

    def validate(self, value: str | None) -> None:
        """Leave an empty answer to the domain, which tells of all fields at once."""


class IdentityForm(forms.Form):
    """Take name, kind and number as they stand on the document."""

    name = Fact(
        label=gettext_lazy("姓名"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 80}),
        error_messages=BROKEN,
    )
    document_kind = forms.ChoiceField(
        label=gettext_lazy("证件类型"),
        choices=Identity.Document.choices,
        error_messages={"invalid_choice": gettext_lazy("证件类型与号码格式不一致。")},
    )
    number = Fact(
        label=gettext_lazy("证件号码"),
        help_text=gettext_lazy("居民身份证 18 位，末位可为 X；其他证件见下面的说明"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "maxlength": 40}
        ),
        error_messages=BROKEN,
    )

    use_required_attribute = False
    # How the number of each kind looks.
    hints = staticmethod(document_words.hints)


def findings(refused: Refused) -> list[tuple[str | None, str]]:
    """Return the sentences of a no with the field each belongs to; None is the whole form."""
    if isinstance(refused, refusals.Unacceptable):
        return [(None, refused.message), *refused.findings.items()]
    return [("number" if isinstance(refused, refusals.NumberInUse) else None, refused.message)]
