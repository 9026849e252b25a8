"""Read what officers give to imports: a file, which column is which, a place in a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation.sheets import lines
from yanxiu.foundation.sheets.lines import Sheet
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports.files import BYTES_MOST
from yanxiu.training.organisations.imports.previewing import Match
from yanxiu.training.organisations.models import Import, Officer

INT_MOST = 2**31 - 1


class AfterForm(forms.Form):
    """Take behind which import, or which row, a page begins."""

    after = forms.UUIDField(required=False)
    row = forms.IntegerField(required=False, min_value=0, max_value=INT_MOST)


class SheetForm(forms.Form):
    """Take a sheet, for which node it is, and whether a roster grows or is replaced."""

    node = forms.ChoiceField(label=gettext_lazy("导入到"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(
        label=gettext_lazy("与现有名册的关系"),
        choices=[
            (
                Import.Mode.ADD,
                gettext_lazy("追加：只添加表里的老师，现有名册不变"),
            ),
            (
                Import.Mode.REPLACE,
                gettext_lazy(
                    "替换：以这份表为准，表里没有的老师从名册中结束（注明日期，不删除；"
                    "已通过的认证和证书不受影响）"
                ),
            ),
        ],
        initial=Import.Mode.ADD,
        widget=forms.RadioSelect,
    )
    sheet = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("XLSX 或 CSV，不超过 20 MB、200,000 行。"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("请选择要导入的表格文件。")},
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.csv,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )

    def __init__(self, given: list[Officer], kind: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a form's own
        super().__init__(*args, **kwargs)
        nodes = [(str(grant.id), grants.node_name(grant)) for grant in given]
        self.fields["node"] = forms.ChoiceField(
            label=_("导入到"), choices=nodes, initial=nodes[0][0], widget=forms.RadioSelect
        )
        if len(nodes) == 1:
            self.fields["node"].widget = forms.HiddenInput()
        if kind != columns.ROSTER:
            self.fields["mode"].widget = forms.HiddenInput()
            # Only a roster can be replaced, whatever is sent.
            self.fields["mode"].disabled = True

    def content(self) -> bytes:
        """Return what was sent; of a file that is too large nothing but its size."""
        file: UploadedFile[bytes] = self.cleaned_data["sheet"]
        return b"\0" * (BYTES_MOST + 1) if (file.size or 0) > BYTES_MOST else file.read()


class ColumnsForm(forms.Form):
    """Take for each column of a kind the sheet's column that stands for it, or none."""

    def __init__(
        self,
        sheet: Import,
        look: Sheet,
        typed: Mapping[str, Any] | None = None,
        *,
        guesses: Sequence[Match] = (),
    ) -> None:
        super().__init__(typed)
        titles = enumerate(look.header.cells)
        named = [(str(at), _named(at, title)) for at, title in titles if title]
        supposed = {
            match.column.field: str((match.place or match.guess).at)  # type: ignore[union-attr]  # one of them is there
            for match in guesses
            if match.place or match.guess
        }
        for column in columns.shown(sheet.kind):
            self.fields[column.field] = forms.ChoiceField(
                label=column.title,
                choices=[("", _("不导入这一项")), *named],
                required=column.is_needed,
                initial=supposed.get(column.field, ""),
                error_messages={"required": _("这一项必须导入，请选择它在哪一列。")},
            )

    def chosen(self) -> dict[str, int | None]:
        """Return for each field the number of the sheet's column, counted from 0."""
        return {name: int(at) if at else None for name, at in self.cleaned_data.items()}


def _named(at: int, title: str) -> str:
    return _("%(letters)s 列：%(title)s") % {"letters": lines.column(at), "title": title}
