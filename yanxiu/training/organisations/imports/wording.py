"""Put into sentences what stands against a row, and why a whole sheet cannot be read."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.facts import spoken
from yanxiu.foundation.sheets.lines import Why
from yanxiu.training.organisations.imports import columns

ROWS: dict[str, Promise] = {
    "lost_digits": _("%(title)s被 Excel 转成数字，后几位已丢失，请将该列设为“文本”后重新填写。"),
    "formula": _("%(title)s是公式，没有可用的结果。请复制后“选择性粘贴为数值”。"),
    "failed": _("%(title)s是错误值（如 #N/A），请填写实际内容。"),
    "too_long": _("%(title)s过长，最多 %(most)s 个字。"),
    "missing": _("%(title)s没有填写。"),
    "twice": _("第 %(row)s 行与第 %(other)s 行%(title)s重复，两行均未导入。请只保留一行。"),
    "only_adds": _("导入只能新增，不能删除或修改，这一行没有改变任何数据。请清空“操作”一列。"),
    "no_rights": _("这类表格不能授予权限，这一行没有导入。请清空“角色”一列，到“管理员”里授权。"),
    "school_missing": _("没有填写学校。请填写学校标识码或学校名称。"),
    "school_foreign": _("学校不在您的管理范围，或标识码、校名有误，请核对。"),
    "school_closed": _("“%(school)s”已停办，不能再导入名册。"),
    "school_several": _("您的范围内有多所学校叫这个名字，请填写学校标识码。"),
    "school_differs": _("这个标识码属于“%(school)s”，与填写的学校名称不一致，请核对。"),
    "document_kind": _(
        "不认识这种证件类型。请写居民身份证（可留空）、港澳台居民居住证、港澳居民来往内地通行证、"
        "台湾居民来往大陆通行证、外国人永久居留身份证或护照。"
    ),
    "listed": _("证件号码已在这所学校的名册中，没有改变。要更新已有的老师，请选择“替换整份名册”。"),
    "student_listed": _("学籍号已在本校学生名册中，没有改变。"),
    "student_elsewhere": _(
        "学籍号还在另一所学校的学生名册中，没有导入。请那所学校先结束，再重新导入。"
    ),
    "county_missing": _("没有填写所属县区。请填写县区的名称或 6 位代码。"),
    "county_foreign": _("所属县区不在您的管理范围，或名称、代码有误，请核对。"),
    "county_several": _("您的范围内有多个地区叫这个名字，请填写 6 位代码。"),
    "type_unknown": _("没有这种办学类型，请填写 GB/T 33782 的名称或代码，例如“小学”或 211。"),
    "day": _("设立日期请写成 2025-09-01 的样子。"),
    "level": _("管理级别只能填：省级管理员、市级管理员、县区管理员、学校管理员。"),
    "node_foreign": _("没有找到这个地区或学校，或不在您的管理范围，请核对代码。"),
    "person_differs": _("使用这个手机号的用户不叫这个名字，没有授权。请核对手机号。"),
    "unreadable": _("表格没有读完，这一行没有处理。请把表格另存为 .xlsx 后重新导入。"),
    "cancelled": _("导入被取消，这一行没有处理。可以下载后重新导入。"),
    "right_ended": _("您的管理权限已收回，导入停止，这一行没有处理。"),
}

SHEETS: dict[Why, Promise] = {
    Why.EMPTY: _("文件是空的"),
    Why.NOT_A_SHEET: _("这不是 Excel 或 CSV 表格"),
    Why.OLD_FORMAT: _("这是旧版 .xls 格式，只改扩展名没有用"),
    Why.PASSWORD: _("文件设有密码"),
    Why.MACROS: _("文件带有宏"),
    Why.BROKEN: _("文件已损坏或不完整"),
    Why.TOO_LARGE: _("文件解压后过大"),
    Why.TOO_MANY_ROWS: _("最多 200,000 行"),
    Why.TOO_MANY_COLUMNS: _("最多 999 列"),
    Why.MERGED: _("有合并单元格（%(where)s）"),
    Why.MARKUP: _("文件里有不允许的内容（DTD）"),
    Why.ENCODING: _("文字编码无法识别"),
    Why.QUOTES: _("第 %(where)s 行的引号不成对"),
}


def sentence(kind: str, row: int, field: str, code: str, facts: Mapping[str, object]) -> str:
    """Return what stands against a row, as a person reads it."""
    if "said" in facts:
        return str(spoken(facts["said"]))
    known = {"title": columns.titled(kind, field), "row": row}
    return str(ROWS[code]) % (known | {name: spoken(fact) for name, fact in facts.items()})


def why(reason: str, where: str) -> str:
    """Return why a sheet cannot be read, as a part of a sentence."""
    return str(SHEETS[Why(reason)]) % {"where": where}
