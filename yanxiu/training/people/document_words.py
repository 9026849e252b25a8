"""Say for each kind of document how its number looks, and what is wrong with one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.people import documents
from yanxiu.training.people.document_reading import Finding, Reading
from yanxiu.training.people.documents import Kind
from yanxiu.training.people.models import Identity

# What to type, beside the field.
HINTS = {
    Kind.RESIDENT_ID: gettext_lazy("18 位，末位可为 X"),
    Kind.RESIDENCE_PERMIT: gettext_lazy("18 位，以 810000、820000 或 830000 开头，末位可为 X"),
    Kind.MAINLAND_PERMIT: gettext_lazy("H 或 M 开头，后面 8 位数字；旧证末尾的两位换证次数可不填"),
    Kind.TAIWAN_PERMIT: gettext_lazy("8 位数字"),
    Kind.PERMANENT_RESIDENCE: gettext_lazy("新证 18 位，以 9 开头；旧证 3 个字母加 12 位数字"),
    Kind.PASSPORT: gettext_lazy("护照资料页上的号码，字母和数字，不含空格"),
}

_SHAPES = {
    Kind.RESIDENT_ID: gettext_lazy("身份证号应为 18 位（末位可为 X）。"),
    Kind.RESIDENCE_PERMIT: gettext_lazy(
        "居住证号码应为 18 位，以 810000、820000 或 830000 开头（末位可为 X）。"
    ),
    Kind.MAINLAND_PERMIT: gettext_lazy("通行证号码应为 H 或 M 开头，后面 8 位数字。"),
    Kind.TAIWAN_PERMIT: gettext_lazy("台湾居民来往大陆通行证号码应为 8 位数字。"),
    Kind.PERMANENT_RESIDENCE: gettext_lazy(
        "永久居留身份证号码应为 18 位（新证，以 9 开头），或 3 个字母加 12 位数字（旧证）。"
    ),
    Kind.PASSPORT: gettext_lazy("护照号码应为 5–17 位字母和数字，至少 3 位数字。"),
}


def against_kind(kind: str) -> str:
    """Return what is wrong with a kind that is none of ours."""
    return "" if kind in documents.DOCUMENTS else _("证件类型与号码格式不一致。")


def against_number(kind: str, reading: Reading) -> str:
    """Return what is wrong with a number of this kind, the most telling first; "" when it is well.

    Where the number plainly belongs to another kind of document, that one is named.
    """
    if not reading.findings or kind not in documents.DOCUMENTS:
        return ""
    found, is_resident = reading.findings[0], kind == Kind.RESIDENT_ID
    no_teacher = _("出生日期不符合教师身份，请核对；如确实无误请联系学校管理员。")
    said = {
        Finding.MISSING: _("请填写身份证号。") if is_resident else _("请填写证件号码。"),
        Finding.OLD: _("请填写 18 位身份证号。"),
        Finding.DATE: _("身份证号中的出生日期不存在，请核对。")
        if is_resident
        else _("证件号码中的出生日期不存在，请核对。"),
        Finding.CHECK_DIGIT: _("身份证号校验不通过，请核对第 18 位。")
        if is_resident
        else _("证件号码校验不通过，请核对第 18 位。"),
        Finding.OTHER_KIND: _("证件类型与号码格式不一致，请核对所选的证件类型。"),
        **dict.fromkeys((Finding.FUTURE, Finding.TOO_YOUNG, Finding.TOO_OLD), no_teacher),
    }
    return said.get(found) or str(_SHAPES[Kind(kind)])


def hints() -> list[tuple[str, str]]:
    """Return how the number of each kind looks, by the kind's name on the screen."""
    return [(str(Identity.Document(kind).label), str(hint)) for kind, hint in HINTS.items()]
