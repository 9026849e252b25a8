"""Read which rows of a report are wanted, from the address or from a form."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation import sheets
from yanxiu.training.reports import figures, kinds, teachers

# The longest stretch of days in one export.
LONGEST = timedelta(days=366)


class FilterForm(forms.Form):
    """Take which teachers are wanted; what is left out has its default."""

    training = forms.SlugField(required=False, max_length=40)
    node = forms.CharField(required=False, max_length=10)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[(name, state.label) for name, state in teachers.STATES.items()],
    )
    q = forms.CharField(
        label=gettext_lazy("姓名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("姓名中的字"),
            }
        ),
    )

    def clean_state(self) -> str:
        """Return the state, everybody's without one."""
        return self.cleaned_data["state"] or teachers.EVERYBODY


class ListForm(FilterForm):
    """Take which teachers are wanted, in which order, and which page of them."""

    sort = forms.ChoiceField(
        label=gettext_lazy("排序"),
        required=False,
        choices=[(name, sort.label) for name, sort in teachers.SORTS.items()],
    )
    after = forms.UUIDField(required=False)
    before = forms.UUIDField(required=False)

    def clean_sort(self) -> str:
        """Return the order; who waits is listed by how long, unless asked otherwise."""
        waiting = self.cleaned_data.get("state") == "waiting"
        return self.cleaned_data["sort"] or ("waiting" if waiting else "school")


class SchoolsForm(forms.Form):
    """Take which schools are wanted and where their page begins."""

    sort = forms.ChoiceField(
        label=gettext_lazy("排序"),
        required=False,
        choices=(
            ("share", gettext_lazy("达标率从低到高")),
            ("laggards", gettext_lazy("未达标人数最多的在前")),
            ("unenrolled", gettext_lazy("未报名人数最多的在前")),
            ("waiting", gettext_lazy("等待审核最久的在前")),
            ("code", gettext_lazy("按学校标识码")),
        ),
    )
    q = forms.CharField(
        label=gettext_lazy("学校名称"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": gettext_lazy("学校名称中的字"),
            }
        ),
    )
    after = forms.RegexField(r"^[0-9]{10}$", required=False)

    def clean_sort(self) -> str:
        """Return the order; without one those that lag come first."""
        return self.cleaned_data["sort"] or next(iter(figures.SORTS))


class ExportForm(FilterForm):
    """Take what is to be exported: the filters of the list that it is asked from, and the form."""

    kind = forms.ChoiceField(choices=[(name, kind.label) for name, kind in kinds.KINDS.items()])
    form = forms.ChoiceField(choices=[(form.value, form.value) for form in sheets.Form])
    sort = forms.CharField(required=False, max_length=20)
    since = forms.DateField(label=gettext_lazy("开始日期"), required=False)
    until = forms.DateField(label=gettext_lazy("结束日期"), required=False)

    def clean_sort(self) -> str:
        """Return an order that the kind has; any other is its own first one."""
        known = figures.SORTS if self.data.get("kind") == "schools" else teachers.SORTS
        wanted: str = self.cleaned_data["sort"]
        return wanted if wanted in known else next(iter(known))

    def clean(self) -> dict[str, object]:
        """Ask for both days where days are wanted, in their order and not too far apart."""
        typed: dict[str, object] = self.cleaned_data
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if self.cleaned_data.get("kind") != "days" or self.errors:
            return typed
        if not since or not until:
            raise forms.ValidationError(_("请选择开始日期和结束日期。"))
        if since > until:
            raise forms.ValidationError(_("开始日期晚于结束日期。"))
        if until - since > LONGEST:
            raise forms.ValidationError(_("每次最多导出 1 年。"))
        return typed

    def wanted(self) -> dict[str, str]:
        """Return the filters as an export keeps them."""
        typed = self.cleaned_data
        days = {name: typed[name].isoformat() for name in ("since", "until") if typed[name]}
        filters = {name: typed[name] for name in ("training", "state", "sort", "q", "form")}
        return filters | days
