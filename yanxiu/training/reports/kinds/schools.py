"""Export the schools below a node with their numbers, in the order of the list."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.reports import figures
from yanxiu.training.reports.kinds import sheets, teachers
from yanxiu.training.reports.kinds.shape import Batch, Kind
from yanxiu.training.reports.models import Export

ROWS = 2_000
COLUMNS = (
    *(gettext_lazy("学校标识码"), gettext_lazy("学校"), gettext_lazy("在册教师")),
    *(gettext_lazy("已认证"), gettext_lazy("已报名"), gettext_lazy("已开始学习")),
    *(gettext_lazy("学时已达标"), gettext_lazy("已领证书"), gettext_lazy("已报名未达标")),
    *(gettext_lazy("等待审核"), gettext_lazy("暂缓认定"), gettext_lazy("暂缓学时")),
    *(gettext_lazy("最早等待自"), gettext_lazy("数据截至")),
)


def _wanted(export: Export) -> figures.Schools:
    asked = export.wanted
    training = teachers.outline(export).training
    return figures.Schools(training.id, export.path, text=asked["q"], sort=asked["sort"])


def _many(export: Export, *, at: datetime) -> int:
    when = figures.as_of(at)
    return figures.many_schools(_wanted(export), when) if when else 0


def _batch(export: Export, after: str, *, at: datetime) -> Batch:
    when = figures.as_of(at)
    found = figures.schools(_wanted(export), when, after=after, most=ROWS) if when else []
    per_hour = teachers.outline(export).rulebook.seconds_per_credit_hour
    rows = [
        (
            each.path,
            [
                each.code,
                each.name,
                *sheets.numbers(each.figures, per_hour),
                each.figures.oldest_at,
                each.figures.as_of,
            ],
        )
        for each in found
    ]
    return Batch(rows, found[-1].code if len(found) == ROWS else "")


def _bind(export: Export, rows: Iterator[Any]) -> IO[bytes]:
    return sheets.bind(export, rows, COLUMNS)


def _filename(export: Export) -> str:
    return sheets.filename(export, _("学校学习情况"))


KIND = Kind(gettext_lazy("学校学习情况"), _many, _batch, _bind, _filename)
