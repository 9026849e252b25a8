"""Read what agents do with a ticket: answer, end it, hand it over, merge it."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from yanxiu.training.support import refusals
from yanxiu.training.support.models import Agent, Closure, Ticket
from yanxiu.training.support.tickets import SENTENCE_MOST
from yanxiu.web.desk.words import OF_HER
from yanxiu.web.shared.saying import BROKEN, Saying

# What an agent ends a ticket with; merging says 与另一工单重复, withdrawing is the owner's.
CODES = [
    (code, OF_HER.get(Closure.Code(code), label))
    for code, label in Closure.Code.choices
    if code not in {Closure.Code.WITHDRAWN, Closure.Code.DUPLICATE}
]


class AnswerForm(Saying):
    """Take an answer with pictures."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Speak to an agent."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.fields["text"].label = _("答复")
        self.fields["text"].help_text = _("最多 2,000 字，老师本人会看到。不要写证件号码和手机号。")
        self.fields["pictures"].help_text = _("最多 3 张 JPG 或 PNG，每张不超过 10 MB。")


class EndForm(forms.Form):
    """Take how a ticket ends, and perhaps a sentence."""

    code = forms.ChoiceField(
        label=_("结果"),
        choices=CODES,
        widget=forms.RadioSelect,
        error_messages={
            "required": refusals.ReasonMissing.sentence,
            "invalid_choice": refusals.ReasonMissing.sentence,
        },
    )
    sentence = forms.CharField(
        label=_("补充一句"),
        help_text=_("老师会看到"),
        required=False,
        max_length=SENTENCE_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=BROKEN,
    )


class ToForm(forms.Form):
    """Take to whom a ticket is handed over."""

    to = forms.TypedChoiceField(
        label=_("移交给"),
        coerce=UUID,
        error_messages={"required": _("请选择移交给谁。"), "invalid_choice": _("请从列表中选择。")},
    )

    def __init__(self, *args: object, colleagues: list[Agent], **kwargs: object) -> None:
        """Offer who else answers now."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        named = [(str(each.person_id), getattr(each, "name", "")) for each in colleagues]
        self.fields["to"].choices = [("", _("请选择")), *named]  # type: ignore[attr-defined]  # a choice field


class IntoForm(forms.Form):
    """Take into which other ticket of the same person this one goes."""

    into = forms.TypedChoiceField(
        label=_("并入哪个工单"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择并入哪个工单。"),
            "invalid_choice": _("请从列表中选择。"),
        },
    )

    def __init__(self, *args: object, others: list[Ticket], **kwargs: object) -> None:
        """Offer her other tickets that have not ended."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        named = [(str(each.pk), f"{each.number} {each.title}") for each in others]
        self.fields["into"].choices = named  # type: ignore[attr-defined]  # a choice field
