"""Export how the numbers of a node and its regions came about, day by day."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations.models import Region
from yanxiu.training.reports.kinds import sheets, teachers
from yanxiu.training.reports.kinds.shape import Batch, Kind
from yanxiu.training.reports.models import Export, Figures

COLUMNS = (
    *(gettext_lazy("日期"), gettext_lazy("行政区划代码"), gettext_lazy("地区")),
    *(gettext_lazy("在册教师"), gettext_lazy("已认证"), gettext_lazy("已报名")),
    *(gettext_lazy("已开始学习"), gettext_lazy("学时已达标"), gettext_lazy("已领证书")),
    *(gettext_lazy("已报名未达标"), gettext_lazy("等待审核"), gettext_lazy("暂缓认定")),
    *(gettext_lazy("暂缓学时"), gettext_lazy("数据截至")),
)


def _nodes(export: Export) -> list[Region]:
    """Return the node and the regions directly below it; a school has no days of its own."""
    own = Region.objects.filter(path=export.path)
    return [*own, *Region.objects.filter(parent__in=own).order_by("code")]


def _figures(export: Export, region: Region) -> list[Figures]:
    training = teachers.outline(export).training
    first, last = (date.fromisoformat(export.wanted[name]) for name in ("since", "until"))
    found = Figures.objects.filter(training_id=training.id, path=region.path)
    return list(found.filter(on__gte=first, on__lte=last).order_by("on"))


def _many(export: Export, *, at: datetime) -> int:
    del at
    return sum(len(_figures(export, region)) for region in _nodes(export))


def _batch(export: Export, after: str, *, at: datetime) -> Batch:
    """Return one region's days at a time."""
    del at
    below = _nodes(export)
    if not below:
        return Batch([], "")
    place = next((n + 1 for n, each in enumerate(below) if each.code == after), 0)
    region = below[place]
    per_hour = teachers.outline(export).rulebook.seconds_per_credit_hour
    rows = [
        (
            each.path,
            [
                each.on.isoformat(),
                region.code,
                region.name,
                *sheets.numbers(each, per_hour),
                each.as_of,
            ],
        )
        for each in _figures(export, region)
    ]
    return Batch(rows, region.code if place + 1 < len(below) else "")


def _bind(export: Export, rows: Iterator[Any]) -> IO[bytes]:
    return sheets.bind(export, rows, COLUMNS)


def _filename(export: Export) -> str:
    return sheets.filename(export, _("每日数字"))


KIND = Kind(gettext_lazy("每日数字"), _many, _batch, _bind, _filename)
