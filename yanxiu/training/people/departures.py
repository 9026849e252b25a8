"""Let somebody be forgotten: after thirty days in which she can take it back.

Her person stays as a number without a name: hours and certificates hang on it, and certificates
say what they have always said. Rule: docs/rules/departure.md.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from yanxiu.foundation import ids
from yanxiu.training.people import identities, phones, refusals, seals, sessions
from yanxiu.training.people.models import (
    Account,
    Code,
    Departure,
    HeldNumber,
    Identity,
    OwnCopy,
    Person,
    SetAside,
)
from yanxiu.training.trail import entries

COOLING_OFF = timedelta(days=30)
# What stands where a name was.
GONE = "已注销"


def waiting(person_id: UUID) -> Departure | None:
    """Return the departure that somebody may still take back."""
    return Departure.objects.filter(person=person_id, undone_at=None, done_at=None).first()


@transaction.atomic
def ask(person: Person, *, at: datetime) -> Departure:
    """Begin the thirty days; raise `AlreadyLeaving` where they have begun."""
    try:
        with transaction.atomic():
            begun = Departure.objects.create(person=person, asked_at=at, due_at=at + COOLING_OFF)
    except IntegrityError as error:
        raise refusals.AlreadyLeaving from error
    _note("departure_asked", person, by=person, at=at)
    return begun


@transaction.atomic
def undo(person: Person, *, at: datetime) -> None:
    """Take it back; raise `NotLeaving` where nothing waits any more."""
    begun = Departure.objects.filter(person=person, undone_at=None, done_at=None)
    if not begun.update(undone_at=at):
        raise refusals.NotLeaving
    _note("departure_undone", person, by=person, at=at)


def due(at: datetime) -> list[Departure]:
    """Return the departures whose time has come."""
    open_ones = Departure.objects.filter(undone_at=None, done_at=None, due_at__lte=at)
    return list(open_ones.select_related("person__account").order_by("due_at", "id"))


def finish(departure: Departure, *, at: datetime) -> bool:
    """Forget who she was; tell whether it was still to be done. Runs in its caller's transaction.

    Her account opens nothing any more, her number and her document are free for whoever has them.
    """
    still = Departure.objects.filter(pk=departure.pk, undone_at=None, done_at=None)
    if not still.update(done_at=at):
        return False
    person = departure.person
    account = person.account
    sessions.end_all(account)
    Authenticator.objects.filter(user=account).delete()
    Code.objects.filter(phone=account.phone).delete()
    HeldNumber.objects.filter(person=person).delete()
    SetAside.objects.filter(account=account).delete()
    OwnCopy.objects.filter(person=person).delete()
    seals.forget(person, at=at)
    _blank(person, account)
    _note("departed", person, by=None, at=at)
    return True


def _blank(person: Person, account: Account) -> None:
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(
        phone=phones.nobodys(account.id), is_active=False, password=account.password
    )
    for identity in Identity.objects.filter(person=person).order_by("version"):
        # Each version stays another one: what was earned under it is not mixed.
        nobody = identities.fingerprint("gone", str(ids.uuid7()))
        Identity.objects.filter(pk=identity.pk).update(
            name=GONE,
            number_sealed=identities.sealed(""),
            number_fingerprint=nobody,
            born_on=None,
        )


def _note(verb: str, person: Person, *, by: Person | None, at: datetime) -> None:
    subject = ("person", person.id)
    entries.record(verb, subject=subject, by=by.id if by else None, at=at)
