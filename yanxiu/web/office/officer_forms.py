"""Read what officers type about rights: whom they look for, who serves where, until when."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation import periods
from yanxiu.training.organisations import officers
from yanxiu.training.organisations.models import Officer
from yanxiu.web.office.days import DayField
from yanxiu.web.shared.phone_field import PhoneField

STATES = (("", gettext_lazy("现任")), ("ended", gettext_lazy("已结束")))


class BeginField(forms.CharField):
    """Take the place in the list behind which a page begins."""

    def clean(self, value: str | None) -> officers.Place | None:
        """Return the place, or None without one."""
        text = super().clean(value)
        try:
            return officers.Place.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("页码有误。")) from error


class FindForm(forms.Form):
    """Take whom an officer looks for."""

    q = forms.CharField(
        label=gettext_lazy("姓名、手机号、地区或学校"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("级别"),
        required=False,
        choices=[("", gettext_lazy("全部级别")), *Officer.Level.choices],
    )
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=STATES)
    after = BeginField(required=False)


class DeputyForm(forms.Form):
    """Take who stands in, and the last day on which she does."""

    phone = PhoneField()
    until = DayField(
        label=gettext_lazy("代理到哪一天"),
        help_text=gettext_lazy("含当天，最长 90 天；到期自动结束"),
        error_messages={"required": gettext_lazy("请选择代理到哪一天。")},
    )

    def clean_until(self) -> datetime:
        """Return the end of the day in China."""
        return periods.ends(self.cleaned_data["until"])


class GrantForm(forms.Form):
    """Take who is to serve, at which level, and where."""

    phone = PhoneField()
    level = forms.ChoiceField(
        label=gettext_lazy("级别"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择要授予的级别。")},
    )
    place = forms.CharField(
        label=gettext_lazy("地区或学校"),
        help_text=gettext_lazy("名称的一部分，或 6 位地区代码、10 位学校标识码"),
        max_length=60,
        error_messages={"required": gettext_lazy("请填写要管理的地区或学校。")},
    )
    # The node that was chosen, and who was shown as the one to serve.
    node = forms.CharField(required=False, max_length=10)
    seen = forms.UUIDField(required=False)

    def __init__(self, *args: object, levels: list[str], **kwargs: object) -> None:
        """Offer the levels that may be given."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        names = dict(Officer.Level.choices)
        if len(levels) == 1:
            self.fields["level"].initial = levels[0]
        self.fields["level"].choices = [(each, names[each]) for each in levels]  # type: ignore[attr-defined]  # a choice field
