"""Name every no about a sheet as a whole."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.facts import spoken
from yanxiu.foundation.refusals import Refused


class SheetUnreadable(Refused):
    """Refuse a file that is no sheet, or one that may do harm."""

    code = "sheet_unreadable"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("无法读取：%(why)s。没有导入任何数据。请下载模板，另存为 .xlsx。")


class SheetTooLarge(Refused):
    """Refuse a file that is larger than any list of people needs to be."""

    code = "sheet_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = _("文件超过 %(most_mb)s MB，没有导入任何数据。请分成几个文件后再上传。")


class ColumnMissing(Refused):
    """Refuse a sheet without a column that is needed, and with none that might be it."""

    code = "column_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "第 %(line)s 行缺少%(missing)s列，没有导入任何数据。请下载模板，把数据粘贴到模板里。"
    )


class ColumnDoubled(Refused):
    """Refuse a sheet in which a title stands more than once."""

    code = "column_doubled"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "第 %(line)s 行有两列都叫“%(title)s”（%(where)s 列），没有导入任何数据。"
        "请删除或改名其中一列。"
    )


class NoRows(Refused):
    """Refuse a sheet that has nothing but its header."""

    code = "no_rows"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("表头下面没有数据，没有导入任何数据。请填写后再上传。")


class RefusedSheetReplaces(Refused):
    """Refuse to take the rows that were refused before for a whole new roster."""

    code = "refused_sheet_replaces"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "这是上次未导入的行，只能追加：替换会结束名册里其他所有老师。没有导入任何数据，"
        "请选择“追加到现有名册”再上传。"
    )


# What may stand against a sheet as a whole once it is read.
OF_SHEETS = (SheetUnreadable, ColumnMissing, ColumnDoubled, NoRows, RefusedSheetReplaces)


def said(code: str, facts: Mapping[str, str]) -> str:
    """Return the sentence of what stood against a sheet; nothing where the code is none of them."""
    kinds: dict[str, type[Refused]] = {each.code: each for each in OF_SHEETS}
    return (
        kinds[code](**{n: spoken(fact) for n, fact in facts.items()}).message
        if code in kinds
        else ""
    )


class ColumnsWrong(Refused):
    """Refuse a choice of columns that names one twice, or one that is not there."""

    code = "columns_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("同一列不能对应两项内容，没有改变任何数据。请重新选择。")


class ColumnsOpen(Refused):
    """Refuse to begin while a needed column is not found."""

    code = "columns_open"
    sentence = _("还有必填的列没有对应，导入没有开始。请先选择它在表格里是哪一列。")


class ImportOver(Refused):
    """Refuse to begin or to stop what has ended, or has begun already."""

    code = "import_over"
    sentence = _("这次导入已经开始、结束或取消，您的操作没有改变任何数据。请查看最新状态。")


class NotLookedAt(Refused):
    """Refuse to go on with a sheet of which nobody knows yet what it holds."""

    code = "import_not_looked_at"
    sentence = _("这份表格还在检查，您的操作没有改变任何数据。请稍等，检查完会显示预览。")


class NotYours(Refused):
    """Refuse another officer's import: its cells are hers."""

    code = "import_not_yours"
    status = HTTPStatus.FORBIDDEN
    sentence = _("只有上传这份表格的管理员能继续、取消或下载，没有改变任何数据。")


class MayNotImport(Refused):
    """Refuse a kind of sheet that this level does not hand in."""

    code = "may_not_import"
    status = HTTPStatus.FORBIDDEN
    sentence = _("您的管理级别不能导入这类表格，没有改变任何数据。")


class RowsGone(Refused):
    """Tell that the refused rows have been thrown away."""

    code = "rows_gone"
    status = HTTPStatus.GONE
    sentence = _("未导入的行只保留 %(days)s 天，已经删除。请用原来的表格重新导入。")
