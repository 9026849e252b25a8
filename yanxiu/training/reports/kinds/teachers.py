"""Export the teachers of a list: the same rows, in the same order, with their numbers covered."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import hours
from yanxiu.training.organisations.models import School
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity
from yanxiu.training.reports import refusals, teachers
from yanxiu.training.reports.kinds import sheets
from yanxiu.training.reports.kinds.shape import Batch, Kind
from yanxiu.training.reports.models import Export, Standing

ROWS = 2_000
COLUMNS = (
    *(gettext_lazy("地区"), gettext_lazy("学校标识码"), gettext_lazy("学校"), gettext_lazy("姓名")),
    *(gettext_lazy("证件类型"), gettext_lazy("证件号码"), gettext_lazy("认证通过时间")),
    *(gettext_lazy("等待审核自"), gettext_lazy("报名时间"), gettext_lazy("开始学习时间")),
    *(gettext_lazy("已学习学时"), gettext_lazy("已认定学时"), gettext_lazy("要求学时")),
    *(gettext_lazy("达标时间"), gettext_lazy("领证时间"), gettext_lazy("暂缓认定自")),
    gettext_lazy("暂缓学时"),
)


def wanted(export: Export) -> teachers.Wanted:
    """Return which rows were asked for."""
    asked = export.wanted
    return teachers.Wanted(
        outline(export).training.id,
        export.path,
        state=asked["state"],
        text=asked["q"],
        sort=asked["sort"],
    )


def outline(export: Export) -> Outline:
    """Return the training that was asked for."""
    found = trainings.get(export.wanted["training"])
    if found is None:
        raise refusals.OutOfScope
    return found


def _many(export: Export, *, at: datetime) -> int:
    del at
    return teachers.many(wanted(export))


def _batch(export: Export, after: str, *, at: datetime) -> Batch:
    del at
    asked = wanted(export)
    page = teachers.page(asked, after=UUID(after) if after else None, most=ROWS)
    schools = School.objects.select_related("county").in_bulk(
        {row.path for row in page.rows}, field_name="path"
    )
    found = Identity.objects.filter(person__in=[row.person_id for row in page.rows], until=None)
    known = {each.person_id: each for each in found}
    book = outline(export).rulebook
    rows = [
        (
            row.path,
            [
                *_place(schools.get(row.path)),
                row.name,
                *_document(known.get(row.person_id)),
                *_way(row, book.seconds_per_credit_hour, book.required_s),
            ],
        )
        for row in page.rows
    ]
    return Batch(rows, str(page.after) if page.after else "")


def _place(school: School | None) -> tuple[str, str, str]:
    return (school.county.name, school.code, school.name) if school else ("", "", "")


def _document(identity: Identity | None) -> tuple[str, str]:
    if identity is None:
        return "", ""
    return identity.get_document_kind_display(), identities.masked_number(identity)


def _way(row: Standing, per_hour: int, required_s: int) -> tuple[object, ...]:
    def said(seconds: int) -> float:
        return hours.hundredths(seconds, seconds_per_hour=per_hour) / 100

    return (
        *(row.verified_at, row.waiting_since, row.enrolled_at, row.begun_at),
        *(said(row.learned_s), said(row.recognised_s), said(required_s)),
        *(None if row.held_since else row.completed_at, row.certified_at, row.held_since),
        said(row.held_s),
    )


def _bind(export: Export, rows: Iterator[Any]) -> IO[bytes]:
    return sheets.bind(export, rows, COLUMNS)


def _filename(export: Export) -> str:
    state = str(teachers.STATES[export.wanted["state"]].label)
    return sheets.filename(export, _("教师-%(state)s") % {"state": state})


KIND = Kind(gettext_lazy("教师名单"), _many, _batch, _bind, _filename)
