"""Read what officers type about schools."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations import school_types
from yanxiu.training.organisations.listing import State
from yanxiu.training.organisations.models import Region

TYPES = list(school_types.by_stage().items())
_CHOOSE = ("", gettext_lazy("请选择"))
_BROKEN = {"null_characters_not_allowed": gettext_lazy("内容编码有误，请重新输入。")}
_DAY = {"invalid": gettext_lazy("请填写日期，例如 2026-09-01。")}


class ListForm(forms.Form):
    """Take what is looked for in the register; all of it stands in the address."""

    q = forms.CharField(
        label=gettext_lazy("学校名称、曾用名、拼音首字母或标识码"),
        required=False,
        max_length=60,
        error_messages=_BROKEN,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("名称、曾用名、首字母或标识码"),
            }
        ),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("办学类型"),
        required=False,
        choices=[("", gettext_lazy("所有类型")), *TYPES],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=State.choices, initial=State.OPEN
    )
    region = forms.RegexField(r"\A\d{6}\Z", label=gettext_lazy("地区"), required=False)
    after = forms.RegexField(r"\A[0-9/]{6,60}\Z", required=False)

    use_required_attribute = False


class NameField(forms.CharField):
    """Take a school's name; whether it can stand is found by the domain."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - Django's options
        """Ask for it in the words of the office."""
        super().__init__(
            label=gettext_lazy("学校名称"),
            help_text=gettext_lazy("与学校公章一致的规范全称"),
            max_length=120,
            error_messages=_BROKEN | {"required": gettext_lazy("请填写学校名称。")},
            **more,
        )


class DayField(forms.DateField):
    """Take the day since which a change holds."""

    def __init__(self, label: Any) -> None:  # noqa: ANN401 - a lazy text
        """Show it as the browser's own picker."""
        super().__init__(
            label=label,
            error_messages=_DAY | {"required": _DAY["invalid"]},
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class TypeField(forms.ChoiceField):
    """Take a type of school by its code."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - Django's options
        """Offer the types of GB/T 33782 by stage."""
        super().__init__(
            label=gettext_lazy("办学类型（学制）"),
            choices=[_CHOOSE, *TYPES],
            error_messages={
                "required": gettext_lazy("请选择办学类型。"),
                "invalid_choice": gettext_lazy("没有这种办学类型，请从列出的类型中选择。"),
            },
            **more,
        )


class CountyField(forms.CharField):
    """Take a county: from a list where the branch is not too wide, else by its code."""

    def __init__(self, counties: list[Region] | None) -> None:
        """Offer the counties, each below its city; None asks for the code."""
        super().__init__(
            label=gettext_lazy("所在县（区）"),
            max_length=20,
            error_messages=_BROKEN | {"required": gettext_lazy("请选择县（区）。")},
        )
        if counties is None:
            self.help_text = _("GB/T 2260 的 6 位代码，例如 330106")
            self.widget.attrs["inputmode"] = "numeric"
            return
        groups: dict[str, list[tuple[str, str]]] = {}
        for county in counties:
            above = county.parent.name if county.parent else ""
            groups.setdefault(above, []).append((county.code, county.name))
        several = len(counties) > 1
        self.widget = forms.Select(choices=[*([_CHOOSE] if several else []), *groups.items()])


class NewForm(forms.Form):
    """Take a school that is to be added."""

    use_required_attribute = False

    def __init__(self, *args: Any, counties: list[Region] | None, **more: Any) -> None:  # noqa: ANN401 - Django's options
        """Ask for the county among those of the officer's branch."""
        super().__init__(*args, **more)
        self.fields["county"] = CountyField(counties)
        self.order_fields(["county", "name", "code", "type", "opened_on"])

    name = NameField()
    code = forms.CharField(
        label=gettext_lazy("学校标识码"),
        help_text=gettext_lazy("教育部门赋予的 10 位数字"),
        max_length=40,
        error_messages=_BROKEN | {"required": gettext_lazy("请填写学校标识码。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    type = TypeField()
    opened_on = DayField(gettext_lazy("设立日期"))


class RenamingForm(forms.Form):
    """Take another name."""

    name = NameField()
    on = DayField(gettext_lazy("更名日期"))
    use_required_attribute = False


class RetypingForm(forms.Form):
    """Take another type."""

    type = TypeField()
    on = DayField(gettext_lazy("更正日期"))
    use_required_attribute = False


class MovingForm(forms.Form):
    """Take another county."""

    use_required_attribute = False

    def __init__(self, *args: Any, counties: list[Region] | None, **more: Any) -> None:  # noqa: ANN401 - Django's options
        """Ask for the county among those of the officer's branch."""
        super().__init__(*args, **more)
        self.fields["county"] = CountyField(counties)
        self.order_fields(["county", "on"])

    on = DayField(gettext_lazy("变更日期"))


class ClosingForm(forms.Form):
    """Take the day on which a school ends."""

    on = DayField(gettext_lazy("停办日期"))
    use_required_attribute = False


class MergingForm(forms.Form):
    """Take the school into which another one goes."""

    into = forms.UUIDField(
        error_messages={
            "required": gettext_lazy("请先查找并选择并入的学校。"),
            "invalid": gettext_lazy("请从列出的学校中选择一所。"),
        }
    )
    on = DayField(gettext_lazy("并入日期"))
    use_required_attribute = False


class AnswerForm(forms.Form):
    """Take the answer to a missing school or a proposed type; the sentence is for the asker."""

    outcome = forms.CharField(max_length=10)
    school = forms.UUIDField(
        required=False,
        error_messages={"invalid": gettext_lazy("请从列出的学校中选择一所。")},
    )
    sentence = forms.CharField(
        label=gettext_lazy("不同意的原因"),
        help_text=gettext_lazy("对方会看到这句话，请写清应该怎样做。"),
        required=False,
        max_length=200,
        error_messages=_BROKEN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_required_attribute = False


class ProposalForm(forms.Form):
    """Take the type that a school's officer holds to be right."""

    type = TypeField()
    note = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("例如批文文号、变更时间；县区管理员据此确认。"),
        required=False,
        max_length=200,
        error_messages=_BROKEN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_required_attribute = False
