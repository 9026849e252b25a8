"""Open accounts and find them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from yanxiu.foundation import prepared
from yanxiu.training.people import consents, factors, phones
from yanxiu.training.people.models import Account, Identity, Person, Persona
from yanxiu.training.trail import entries


def framed() -> QuerySet[Account]:
    """Return accounts with person, `persona_kind` and `name`: what the frame of a page shows."""
    current = {"person": OuterRef("person"), "until": None}
    return Account.objects.select_related("person").annotate(
        persona_kind=Subquery(Persona.objects.filter(**current).values("kind")[:1]),
        name=Subquery(Identity.objects.filter(**current).values("name")[:1]),
    )


def known(phone: str) -> Account | None:
    """Return the account of a number, if there is one, and whether it has a second factor."""
    return next(iter(_known(phone=phone)), None)


@prepared.question(phone=str)
def _known(phone: str) -> QuerySet[Account]:
    found = Account.objects.filter(phone=phone).select_related("person")
    return found.annotate(has_factor=factors.there())


def come(person: Person, *, at: datetime) -> None:
    """Note that somebody was in her account."""
    Account.objects.filter(person=person).update(last_login=at)


def open_for(phone: str, *, kind: str, at: datetime) -> Account:
    """Open an account for a proved number with its first persona; twice gives the same one.

    Whoever registers has agreed to what the page says is kept of her; that is recorded.
    """
    try:
        return _opened(lambda _identifier: phone, kind, consents.REGISTRATION, at=at)
    except IntegrityError:
        # The same person pressed twice: the other request has just opened the account.
        return Account.objects.select_related("person").get(phone=phone)


def open_for_student(*, at: datetime) -> Account:
    """Open an account that no phone number belongs to: a student signs in with her own number."""
    return _opened(phones.nobodys, Persona.Kind.STUDENT, consents.STUDENT, at=at)


@transaction.atomic
def _opened(phone: Callable[[UUID], str], kind: str, consent: str, *, at: datetime) -> Account:
    person = Person.objects.create(created_at=at)
    account = Account(person=person, created_at=at)
    account.phone = phone(account.id)
    account.set_unusable_password()
    account.save(force_insert=True)
    Persona.objects.create(person=person, kind=kind, since=at)
    consents.give(person, consent, at=at)
    entries.record(
        "registered",
        subject=("person", person.id),
        by=person.id,
        at=at,
        detail={"persona": kind},
    )
    return account
