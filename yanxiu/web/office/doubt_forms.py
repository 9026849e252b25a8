"""Read what officers type about doubts, holds and appeals."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from yanxiu.training.integrity import refusals
from yanxiu.training.integrity.models import SENTENCE_MOST, AppealAnswer, Doubt, Hold
from yanxiu.web.office.forms import IdsField

CLEAR, HOLD, LIFT, ANSWER = "clear", "hold", "lift", "answer"
_CHOOSE = {
    "required": gettext_lazy("请选择怎样处理。"),
    "invalid_choice": gettext_lazy("请选择怎样处理。"),
}
_LONG = {"max_length": gettext_lazy("最多 %(limit_value)d 字，现在有 %(show_value)d 字。")}


def _sentence(*, rows: int = 3, **said: Any) -> forms.CharField:  # noqa: ANN401 - a field's own words
    return forms.CharField(
        max_length=SENTENCE_MOST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": refusals.WhyMissing.sentence} | _LONG,
        **said,
    )


class Second(forms.Form):
    """Be the other form of a page: named fields like the first one's, with ids of its own."""

    def __init__(self, data: QueryDict | None = None) -> None:
        """Begin empty, or with what was typed."""
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")


class DoubtListForm(forms.Form):
    """Take which doubts are wanted, and which page of them."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=(
            ("open", gettext_lazy("待核查")),
            ("cleared", gettext_lazy("没有问题")),
            ("all", gettext_lazy("全部")),
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("疑点"),
        required=False,
        choices=[("", gettext_lazy("全部疑点")), *Doubt.Kind.choices],
    )
    after = forms.UUIDField(required=False)

    def clean_state(self) -> str:
        """Return the state; what waits, unless asked otherwise."""
        return self.cleaned_data["state"] or "open"


class HoldListForm(forms.Form):
    """Take which holds are wanted, and which page of them."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=(
            ("current", gettext_lazy("暂缓认定中")),
            ("appealed", gettext_lazy("有申诉待答复")),
            ("lifted", gettext_lazy("已解除")),
        ),
    )
    after = forms.UUIDField(required=False)

    def clean_state(self) -> str:
        """Return the state; what stands now, unless asked otherwise."""
        return self.cleaned_data["state"] or "current"


class ClearForm(Second):
    """Take why there is nothing behind the doubts that were seen."""

    seen = IdsField(error_messages={"required": refusals.DoubtSettled.sentence})
    sentence = _sentence(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("写清怎样核实的。只有县区及以上管理员能看到。"),
    )


class HoldForm(forms.Form):
    """Take the class of reason, and the sentence that the teacher reads."""

    reason = forms.ChoiceField(
        label=gettext_lazy("原因"),
        choices=Hold.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择原因，老师会看到。")},
    )
    sentence = _sentence(
        label=gettext_lazy("写给老师的说明"),
        help_text=gettext_lazy("老师会看到这句话：写清疑点是什么、需要说明什么。"),
        rows=4,
    )


class LiftForm(Second):
    """Take why a hold ends."""

    sentence = _sentence(
        label=gettext_lazy("解除的理由"), help_text=gettext_lazy("老师会看到这句话。")
    )


class AnswerForm(forms.Form):
    """Take the answer of an appeal with its reasons."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("答复"),
        choices=AppealAnswer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    sentence = _sentence(
        label=gettext_lazy("答复的理由"),
        help_text=gettext_lazy("老师和作出决定的管理员会看到。"),
        rows=4,
    )
