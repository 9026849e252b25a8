"""Tell people what happened to them, once for each deed: in the transaction of the deed itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yanxiu.foundation.facts import kept
from yanxiu.training.notices import groups, kinds, outbox, preferences
from yanxiu.training.notices.groups import Way
from yanxiu.training.notices.models import Delivery, Notice

BATCH = 1000
PAGE = 20


@dataclass(frozen=True)
class Page:
    """Hold one page of an inbox; `onward` is where the next one begins, None at the end."""

    rows: Sequence[Notice]
    onward: str | None


def tell(
    person_id: UUID,
    kind: str,
    *,
    facts: Mapping[str, object] | None = None,
    link: str = "",
    at: datetime,
) -> None:
    """Tell a person something; `link` is the path where she can act on it.

    Raises KeyError where the kind is unknown or misses a fact: nobody is told half a sentence.
    """
    tell_all([person_id], kind, facts=facts, link=link, at=at)


@transaction.atomic
def tell_all(
    people: Iterable[UUID],
    kind: str,
    *,
    facts: Mapping[str, object] | None = None,
    link: str = "",
    once: str = "",
    at: datetime,
) -> int:
    """Tell several people the same, a thousand with each statement; return how many were told.

    Who has been told of the occasion `once` before is told nothing. Raises as `tell` does.
    """
    told = {name: kept(value) for name, value in (facts or {}).items()}
    kinds.sentence(kind, told)
    group, count = groups.of(kind), 0
    for some in batched(people, BATCH, strict=False):
        ways = preferences.wanted(some, group)
        notices = _written(
            Notice(
                person_id=each,
                kind=kind,
                facts=told,
                link=link,
                once=once,
                is_shown=Way.INBOX in ways[each],
                at=at,
            )
            for each in some
        )
        outbox.write(notices, group, ways, at=at)
        count += len(notices)
    return count


@transaction.atomic
def text(
    person_id: UUID, kind: str, *, to: str, facts: Mapping[str, object] | None = None, at: datetime
) -> None:
    """Send a text message about a person's affair to a number that is not, or no more, hers.

    Nothing of it stands in her inbox. Raises as `tell` does.
    """
    told = {name: str(value) for name, value in (facts or {}).items()}
    kinds.sentence(kind, told)
    notice = Notice(person_id=person_id, kind=kind, facts=told, is_shown=False, at=at)
    Notice.objects.bulk_create([notice])
    outbox.write_to(notice, to, at=at)


def unread() -> Coalesce:
    """Return how many notices an account's person has not read, for a query of accounts."""
    mine = Notice.objects.filter(person=OuterRef("person"), is_shown=True)
    waiting = mine.filter(read_at=None).order_by()
    counted = waiting.values("person").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def page(person_id: UUID, *, after: str = "") -> Page:
    """Return the notices of a person, the latest first, twenty at a time.

    `lost` says of each that a text message or a push about it could not be delivered.

    `after` is the `onward` of the page before; what is none begins at the beginning.
    """
    lost = Delivery.objects.filter(notice=OuterRef("pk"), outcome=Delivery.Outcome.FAILED)
    mine = Notice.objects.filter(person_id=person_id, is_shown=True)
    found = _beyond(mine, after).annotate(lost=Exists(lost)).order_by("-at", "-id")
    rows = list(found[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, str(rows[-1].id) if more else None)


def read_all(person_id: UUID, seen: UUID, *, at: datetime) -> None:
    """Mark as read what was told up to the notice `seen` of hers; what came later stays unread."""
    mine = Notice.objects.filter(person_id=person_id)
    latest = mine.filter(id=seen).first()
    if latest:
        earlier = Q(at__lt=latest.at) | Q(at=latest.at, id__lte=latest.id)
        mine.filter(earlier, read_at=None).update(read_at=at)


def read(person_id: UUID, notice_id: UUID, *, at: datetime) -> Notice | None:
    """Mark one notice of hers as read and return it; None where she has no such notice."""
    mine = Notice.objects.filter(person_id=person_id, id=notice_id)
    mine.filter(read_at=None).update(read_at=at)
    return mine.first()


def _written(notices: Iterable[Notice]) -> list[Notice]:
    """Write notices down and return them without those of an occasion that were told before."""
    rows = list(notices)
    if not any(each.once for each in rows):
        return Notice.objects.bulk_create(rows)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = set(
        Notice.objects.filter(pk__in=[each.pk for each in rows]).values_list("pk", flat=True)
    )
    return [each for each in rows if each.pk in fresh]


def _beyond(found: QuerySet[Notice], after: str) -> QuerySet[Notice]:
    try:
        last = found.filter(id=UUID(after)).first()
    except ValueError:
        return found
    if last is None:
        return found
    return found.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
