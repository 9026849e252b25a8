"""Note down what has to go out, in the transaction of the deed; `delivering` carries it.

Source: docs/rules/notices.md.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from yanxiu.training.notices import preferences, quiet
from yanxiu.training.notices.groups import Group, Way
from yanxiu.training.notices.models import Delivery, Notice, Subscription

type Ways = Mapping[UUID, frozenset[Way]]


def write(notices: Sequence[Notice], group: Group, ways: Ways, *, at: datetime) -> None:
    """Note for each notice by which ways it goes out, and from when: never in quiet hours.

    Only what is urgent may ring at any time.
    """
    ringing = [each for each in notices if ways[each.person_id] - {Way.INBOX}]
    people = {each.person_id for each in ringing}
    if not people:
        return
    hours = {} if group.urgent else preferences.quiet_of(people)
    browsers = _browsers({each for each in people if Way.PUSH in ways[each]})
    Delivery.objects.bulk_create(
        Delivery(
            notice=each,
            way=way,
            subscription_id=subscription_id,
            due_at=at if group.urgent else quiet.loud(hours[each.person_id], at),
        )
        for each in ringing
        for way, subscription_id in _goals(ways[each.person_id], browsers[each.person_id])
    )


def write_to(notice: Notice, phone: str, *, at: datetime) -> None:
    """Note that a notice goes out as a text to this number, whoever's it is, at once."""
    delivery = Delivery(notice=notice, way=Way.TEXT, phone=phone, due_at=at)
    Delivery.objects.bulk_create([delivery])


def _goals(ways: frozenset[Way], browsers: Sequence[UUID]) -> list[tuple[Way, UUID | None]]:
    texts: list[tuple[Way, UUID | None]] = [(Way.TEXT, None)] if Way.TEXT in ways else []
    return [*texts, *((Way.PUSH, each) for each in browsers)]


def _browsers(people: Collection[UUID]) -> defaultdict[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    mine = (
        Subscription.objects.filter(person_id__in=people) if people else Subscription.objects.none()
    )
    for person_id, subscription_id in mine.order_by("id").values_list("person_id", "id"):
        found[person_id].append(subscription_id)
    return found
