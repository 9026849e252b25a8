"""List the teachers of a node as they stand in a training: filtered, sorted, page by page.

Every number on a page of figures has a state here, so that it opens exactly the rows it counts.
At a school the rows are those of this instant, above it those of the last roll.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.organisations import grants
from yanxiu.training.reports import live, nodes
from yanxiu.training.reports.models import Standing

PAGE = 20
# Stands behind every moment that there is.
_FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class State:
    """Be a filter: whose rows have all of these dates and none of those."""

    label: str | Promise
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def condition(self) -> Q:
        """Return it as a condition of rows that were kept."""
        nulls = {**dict.fromkeys(self.has, False), **dict.fromkeys(self.lacks, True)}
        return Q(**{f"{name}__isnull": is_null for name, is_null in nulls.items()})

    def holds(self, row: Standing) -> bool:
        """Say the same of one row."""
        return all(getattr(row, name) for name in self.has) and not any(
            getattr(row, name) for name in self.lacks
        )


# The figures first, by their own names, then what officers ask for besides.
STATES: dict[str, State] = {
    "registered": State(_("全部教师")),
    "verified": State(_("已认证"), has=("verified_at",)),
    "enrolled": State(_("已报名"), has=("enrolled_at",)),
    "learning": State(_("已开始学习"), has=("begun_at",)),
    "complete": State(_("学时已达标"), has=("completed_at",), lacks=("held_since",)),
    "certified": State(_("已领证书"), has=("certified_at",)),
    "laggards": State(_("已报名未达标"), has=("enrolled_at",), lacks=("completed_at",)),
    "waiting": State(_("等待审核"), has=("waiting_since",)),
    "unverified": State(_("未认证"), lacks=("verified_at",)),
    "absent": State(_("未报名"), lacks=("enrolled_at",)),
    "idle": State(_("已报名未开始"), has=("enrolled_at",), lacks=("begun_at",)),
    "unclaimed": State(
        _("达标未领证"), has=("completed_at",), lacks=("certified_at", "held_since")
    ),
    "held": State(_("暂缓认定"), has=("held_since",)),
}
EVERYBODY = "registered"


@dataclass(frozen=True, slots=True)
class Sort:
    """Be an order: by these columns, all of them up or all of them down; the last is unique."""

    label: str | Promise
    columns: tuple[str, ...]
    is_down: bool = False


SORTS: dict[str, Sort] = {
    "school": Sort(_("按学校"), ("path", "name", "person_id")),
    "name": Sort(_("按姓名"), ("name", "person_id")),
    "least": Sort(_("认定学时从少到多"), ("recognised_s", "person_id")),
    "most": Sort(_("认定学时从多到少"), ("recognised_s", "person_id"), is_down=True),
    "waiting": Sort(_("等待审核最久的在前"), ("waits", "person_id")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say which rows are wanted, of which training and node, and in which order."""

    training_id: UUID
    path: str
    state: str = EVERYBODY
    text: str = ""
    sort: str = "school"


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page; `before` and `after` are whom the pages beside it end and begin with.

    `many` counts all pages where that was known without asking again.
    """

    rows: list[Standing]
    before: UUID | None
    after: UUID | None
    many: int | None = None


def page(
    wanted: Wanted, *, after: UUID | None = None, before: UUID | None = None, most: int = PAGE
) -> Page:
    """Return the rows behind one person, or before another; somebody unknown is the beginning."""
    if nodes.is_school(wanted.path):
        return _page_of(living(wanted), after, before, most)
    place = before or after
    rows = _taken(wanted, place, most + 1, is_back=before is not None)
    if before:
        return _page(rows[:most][::-1], back=len(rows) > most, on=True)
    return _page(rows[:most], back=after is not None, on=len(rows) > most)


def many(wanted: Wanted) -> int:
    """Count the rows."""
    return len(living(wanted)) if nodes.is_school(wanted.path) else kept(wanted).count()


def living(wanted: Wanted) -> list[Standing]:
    """Return all rows of a school as they are this instant."""
    return chosen(live.school(wanted.training_id, wanted.path), wanted)


def chosen(rows: list[Standing], wanted: Wanted) -> list[Standing]:
    """Return those of a school's rows that are wanted, in their order."""
    state, sort = STATES[wanted.state], SORTS[wanted.sort]
    found = [row for row in rows if state.holds(row) and wanted.text in row.name]
    return sorted(found, key=lambda row: _values(sort, row), reverse=sort.is_down)


def of_school(rows: list[Standing], wanted: Wanted) -> Page:
    """Return the first page of a school's rows that somebody has read already."""
    return _page_of(chosen(rows, wanted), None, None, PAGE)


def _page_of(rows: list[Standing], after: UUID | None, before: UUID | None, most: int) -> Page:
    places = {row.person_id: place for place, row in enumerate(rows)}
    begin = places[after] + 1 if after in places else 0
    if before in places:
        begin = max(0, places[before] - most)
    end = begin + most
    return _page(rows[begin:end], back=begin > 0, on=end < len(rows), many=len(rows))


def _page(rows: list[Standing], *, back: bool, on: bool, many: int | None = None) -> Page:
    return Page(
        rows,
        before=rows[0].person_id if rows and back else None,
        after=rows[-1].person_id if rows and on else None,
        many=many,
    )


def kept(wanted: Wanted) -> QuerySet[Standing]:
    """Return the rows of the last roll."""
    below = Q(path__gte=f"{wanted.path}/", path__lt=f"{wanted.path}/{grants.LAST}")
    found = Standing.objects.filter(
        below, STATES[wanted.state].condition(), training_id=wanted.training_id
    )
    return found.filter(name__contains=wanted.text) if wanted.text else found


def _taken(wanted: Wanted, place: UUID | None, most: int, *, is_back: bool) -> list[Standing]:
    sort = SORTS[wanted.sort]
    rows = kept(wanted).annotate(waits=Coalesce("waiting_since", Value(_FAR)))
    is_down = sort.is_down is not is_back
    last = _row(wanted, place) if place else None
    if last:
        beyond = TupleLessThan if is_down else TupleGreaterThan
        rows = rows.filter(beyond(tuple(map(F, sort.columns)), _values(sort, last)))
    order = [F(name).desc() if is_down else F(name).asc() for name in sort.columns]
    return list(rows.order_by(*order)[:most])


def _row(wanted: Wanted, person_id: UUID) -> Standing | None:
    return Standing.objects.filter(training_id=wanted.training_id, person_id=person_id).first()


def _values(sort: Sort, row: Standing) -> tuple[Any, ...]:
    return tuple(
        (row.waiting_since or _FAR) if name == "waits" else getattr(row, name)
        for name in sort.columns
    )


def people(wanted: Wanted, *, after: UUID | None, most: int) -> list[Standing]:
    """Return rows in the order of persons, for whoever goes through all of them."""
    if nodes.is_school(wanted.path):
        found = sorted(living(wanted), key=lambda row: row.person_id)
        return [row for row in found if after is None or row.person_id > after][:most]
    found_kept = kept(wanted).filter(person_id__gt=after) if after else kept(wanted)
    return list(found_kept.order_by("person_id")[:most])
