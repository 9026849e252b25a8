"""Keep which text somebody has agreed to, in which version, and when.

A text that changes gets another version: what was agreed to before stays what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.people.models import Consent, Person

REGISTRATION, STUDENT = "registration", "student_registration"
PARENT, CHILD = "kinship_parent", "kinship_child"


@dataclass(frozen=True, slots=True)
class Text:
    """Be what somebody agrees to, as the page shows it."""

    version: str
    title: Promise | str
    paragraphs: tuple[Promise | str, ...]


# What is asked for now, by name.
TEXTS: Mapping[str, Text] = {
    REGISTRATION: Text(
        "2025-07-20",
        _("注册说明：保存哪些信息，给谁看"),
        (
            _(
                "手机号用来登录。姓名、证件号码和任教学校用来记录学时、由学校审核身份、发放证书；"
                "证件号码加密保存。"
            ),
            _(
                "只有您本人、您学校的管理员和负责这所学校的上级管理员能看到这些信息。"
                "别人核验证书时，看不到您的个人信息。"
            ),
        ),
    ),
    STUDENT: Text(
        "2025-11-25",
        _("学生注册说明：保存哪些信息，给谁看"),
        (
            _(
                "只保存学校名册里你的姓名、班级和学籍号，还有你看过哪些课程。学籍号加密保存。"
                "不需要手机号，不收集别的信息。"
            ),
            _(
                "你本人和你学校的管理员能看到你的姓名和班级；看过的课程只有你自己和你同意的家长能看到。"
                "你可以随时注销账号。"
            ),
            _("不满 14 岁的同学，学校已经请你的监护人同意你使用；有不明白的地方，先问家长或老师。"),
        ),
    ),
    PARENT: Text(
        "2025-11-25",
        _("家长关联孩子的说明"),
        (
            _(
                "关联要由孩子本人或孩子学校的管理员同意。关联后您只能查看孩子看过哪些课程、看了多久，"
                "不能修改。您、孩子和学校都可以随时解除。"
            ),
        ),
    ),
    CHILD: Text(
        "2025-11-25",
        _("同意家长关联的说明"),
        (_("同意后，这位家长能看到你看过哪些课程、看了多久，不能修改。你可以随时解除。"),),
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """Be a consent as its giver sees it; `text` is None where the version is no longer shown."""

    title: str
    version: str
    at: datetime
    text: Text | None


def give(person: Person, name: str, *, at: datetime) -> None:
    """Note that somebody agrees to a text as it is now; once for each version."""
    facts = {"person": person, "text": name, "version": TEXTS[name].version}
    Consent.objects.get_or_create(**facts, defaults={"at": at})


def given(person_id: UUID) -> list[Given]:
    """Return what somebody has agreed to, the latest first."""
    found = Consent.objects.filter(person=person_id).order_by("-at", "id")
    return [_shown(row) for row in found]


def _shown(row: Consent) -> Given:
    known = TEXTS.get(row.text)
    is_current = known is not None and known.version == row.version
    title = str(known.title) if known else row.text
    return Given(title, row.version, row.at, known if is_current else None)
