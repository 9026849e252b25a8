"""Gather for somebody the account of her hours, line by line."""

from uuid import UUID

from django.utils.translation import gettext as _

from yanxiu.foundation.periods import CHINA
from yanxiu.training.catalogue.models import Course, Lesson
from yanxiu.training.credits.models import LedgerEntry

KINDS = LedgerEntry.Kind


def lines(person_id: UUID) -> list[dict[str, str]]:
    """Return every line of her ledger, the first one first."""
    entries = list(LedgerEntry.objects.filter(person_id=person_id).order_by("number"))
    courses = dict(
        Course.objects.filter(pk__in={each.course_id for each in entries}).values_list(
            "pk", "title"
        )
    )
    lessons = dict(
        Lesson.objects.filter(pk__in={each.lesson_id for each in entries}).values_list(
            "pk", "title"
        )
    )
    return [
        {
            _("序号"): str(each.number),
            _("事项"): _kind(each.kind),
            _("课程"): courses.get(each.course_id, ""),
            _("资源"): lessons.get(each.lesson_id, "") if each.lesson_id else "",
            _("秒数"): str(each.seconds),
            _("视频版本"): str(each.media_version or ""),
            _("规则版本"): str(each.rulebook_version),
            _("原因"): each.sentence,
            _("时间"): each.at.astimezone(CHINA).isoformat(timespec="seconds"),
        }
        for each in entries
    ]


def _kind(kind: str) -> str:
    return {
        KINDS.AWARD: _("学完计入"),
        KINDS.REVERSAL: _("更正减少"),
        KINDS.ADJUST: _("更正增加"),
        KINDS.KEPT: _("规则调整后保留"),
    }[KINDS(kind)]
