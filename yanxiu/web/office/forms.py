"""Read what officers type at the desk: a search, an answer to a request, an answer to many."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations import waiting
from yanxiu.training.organisations.models import Decision

ROSTERS = (
    (waiting.Roster.MATCH.value, gettext_lazy("与名册一致")),
    (waiting.Roster.OTHER.value, gettext_lazy("需要核对")),
)
STATES = (
    (waiting.State.MINE.value, gettext_lazy("等我审核")),
    (waiting.State.RISEN.value, gettext_lazy("已转县区")),
    (waiting.State.AGAIN.value, gettext_lazy("退回后再次提交")),
)


class PlaceField(forms.CharField):
    """Take the place in the list where a page begins or ends."""

    def clean(self, value: str | None) -> waiting.Place | None:
        """Return the place, or None without one."""
        text = super().clean(value)
        try:
            return waiting.Place.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("页码有误。")) from error


class SearchForm(forms.Form):
    """Take a part of a name, what narrows the list, and which page of it is wanted."""

    q = forms.CharField(
        label=gettext_lazy("教师或学校"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("教师或学校"),
            }
        ),
    )
    roster = forms.ChoiceField(choices=ROSTERS, required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    after = PlaceField(required=False)
    before = PlaceField(required=False)

    def wanted(self) -> waiting.Wanted:
        """Return what is looked for; where a field makes no sense it narrows nothing."""
        self.full_clean()
        read = self.cleaned_data
        return waiting.Wanted(read.get("q", ""), read.get("roster", ""), read.get("state", ""))


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


class IdsField(forms.CharField):
    """Take the ids of requests, any number of them with spaces between."""

    def clean(self, value: str | None) -> list[UUID]:
        """Return each id once, in its order."""
        text = super().clean(value)
        try:
            return list(dict.fromkeys(UUID(each) for each in text.split()))
        except ValueError as error:
            raise forms.ValidationError(_("选中的申请有误，请返回列表重新选择。")) from error


class BatchForm(AnswerForm):
    """Take one answer to many requests; `batch` makes that it is given once."""

    ids = IdsField(error_messages={"required": gettext_lazy("没有选中任何申请，请返回列表勾选。")})
    batch = forms.UUIDField(initial=uuid4)
    matching = forms.BooleanField(required=False)
