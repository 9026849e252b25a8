"""Begin and end subscriptions: which browsers show a person's notices."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yanxiu.foundation import webpush
from yanxiu.training.notices import refusals
from yanxiu.training.notices.models import Subscription
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

# Browsers of one person; whoever has more ends one first.
MOST = 10


@transaction.atomic
def begin(person: Person, browser: webpush.Browser, *, device: str, at: datetime) -> Subscription:
    """Show her notices on this browser from now on; whosever it was before, it is hers now.

    Raises `NoPushService` where the address is of no push service that we know or its keys are no
    keys, and `TooManyBrowsers`.
    """
    known = (*webpush.SERVICES, *settings.YANXIU_PUSH_SERVICES)
    is_sound = webpush.is_key(browser.key) and len(browser.secret) == webpush.SECRET_BYTES
    if not is_sound or not webpush.is_service(browser.endpoint, known):
        raise refusals.NoPushService
    # One at a time for a person, so that nobody has one too many.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    others = Subscription.objects.filter(person=person).exclude(endpoint=browser.endpoint)
    if others.count() >= MOST:
        raise refusals.TooManyBrowsers(most=MOST)
    Subscription.objects.filter(endpoint=browser.endpoint).delete()
    made = Subscription.objects.create(
        person=person,
        endpoint=browser.endpoint,
        key=browser.key,
        secret=browser.secret,
        device=device,
        since=at,
    )
    entries.record("subscription_begun", subject=("person", person.id), by=person.id, at=at)
    return made


@transaction.atomic
def end(person: Person, subscription_id: UUID, *, at: datetime) -> None:
    """Show her notices on that browser no more; nothing happens where she has no such one."""
    gone, _each = Subscription.objects.filter(person=person, pk=subscription_id).delete()
    if gone:
        entries.record("subscription_ended", subject=("person", person.id), by=person.id, at=at)


def drop(subscription: Subscription | None) -> None:
    """Forget a browser whose push service says that it is gone, and what waited for it."""
    if subscription:
        Subscription.objects.filter(pk=subscription.pk).delete()


def end_all(person_id: UUID) -> None:
    """Forget every browser of hers, and what waited for it; its caller says why."""
    Subscription.objects.filter(person_id=person_id).delete()


def of(person_id: UUID) -> list[Subscription]:
    """Return the browsers that show her notices, the latest first."""
    return list(Subscription.objects.filter(person_id=person_id).order_by("-since", "-id"))


def browser(subscription: Subscription) -> webpush.Browser:
    """Return where and how a browser takes messages."""
    return webpush.Browser(
        subscription.endpoint, bytes(subscription.key), bytes(subscription.secret)
    )
