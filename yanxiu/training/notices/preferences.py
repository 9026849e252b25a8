"""Keep by which ways a person wants to be told what, and when not.

Source: docs/rules/notices.md.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from yanxiu.training.notices import groups, quiet
from yanxiu.training.notices.groups import Group, Way
from yanxiu.training.notices.models import Preference, QuietHours
from yanxiu.training.notices.quiet import Quiet
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

type Choice = Mapping[str, frozenset[Way]]


def wanted(people: Collection[UUID], group: Group) -> dict[UUID, frozenset[Way]]:
    """Return by which ways each of these people is told of a group, in one query."""
    chosen = Preference.objects.filter(person_id__in=people, group=group.code)
    found = dict.fromkeys(people, group.usual | group.fixed)
    for each in chosen.order_by("person_id", "id"):
        found[each.person_id] = _with(found[each.person_id], each, group)
    return found


def choice(person_id: UUID) -> dict[str, frozenset[Way]]:
    """Return by which ways a person is told of each group."""
    found = {group.code: group.usual | group.fixed for group in groups.GROUPS}
    for each in Preference.objects.filter(person_id=person_id).order_by("id"):
        if group := groups.OF_CODE.get(each.group):
            found[each.group] = _with(found[each.group], each, group)
    return found


def quiet_of(people: Collection[UUID]) -> dict[UUID, Quiet]:
    """Return the quiet hours of each of these people, in one query."""
    own = QuietHours.objects.filter(person_id__in=people)
    set_ = {each.person_id: Quiet(each.begins, each.ends) for each in own}
    return {person_id: set_.get(person_id, quiet.USUAL) for person_id in people}


@transaction.atomic
def choose(person: Person, chosen: Choice, hours: tuple[time, time], *, at: datetime) -> None:
    """Keep what a person wants of each group that is named, and when she wants quiet.

    What is fixed stays on, whatever she chooses.
    """
    rows = [
        Preference(
            person=person,
            group=group.code,
            way=way.value,
            is_wanted=way in chosen[group.code],
            at=at,
        )
        for group in groups.GROUPS
        for way in Way
        if group.code in chosen and way not in group.fixed
    ]
    Preference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "group", "way"],
        update_fields=["is_wanted", "at"],
    )
    begins, ends = hours
    QuietHours.objects.update_or_create(
        person=person, defaults={"begins": begins, "ends": ends, "at": at}
    )
    entries.record("notices_chosen", subject=("person", person.id), by=person.id, at=at)


def _with(ways: frozenset[Way], chosen: Preference, group: Group) -> frozenset[Way]:
    way = Way(chosen.way)
    return ways | {way} if chosen.is_wanted or way in group.fixed else ways - {way}
