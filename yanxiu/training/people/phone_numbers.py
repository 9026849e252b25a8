"""Give an account another number, or none: number by number, each of one account alone.

Source: docs/rules/phone-change.md.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from yanxiu.training.people import phones, refusals, sessions
from yanxiu.training.people.models import Account, SetAside
from yanxiu.training.trail import entries


def reaches(phone: str) -> bool:
    """Tell whether this is a number that a message reaches."""
    return phones.MOBILE.fullmatch(phone) is not None


def is_taken(phone: str) -> bool:
    """Tell whether an account has this number."""
    return Account.objects.filter(phone=phone).exists()


def put(account: Account, phone: str) -> None:
    """Give an account a number; raises `PhoneInUse`. Runs in its caller's transaction."""
    try:
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(phone=phone)
    except IntegrityError as error:
        raise refusals.PhoneInUse from error
    account.phone = phone


@transaction.atomic
def change(account: Account, phone: str, *, keep: str, at: datetime) -> None:
    """Change a number whose owner has proved both; every session but the one named `keep` ends.

    Raises `SamePhone` or `PhoneInUse`.
    """
    if phone == account.phone:
        raise refusals.SamePhone
    put(account, phone)
    sessions.end_others(account, keep=keep, at=at)
    person_id = account.person_id
    entries.record("phone_changed", subject=("person", person_id), by=person_id, at=at)


@transaction.atomic
def set_aside(account: Account, *, at: datetime) -> None:
    """Free the number of an account for its new owner; all else of the account stays."""
    SetAside.objects.create(account=account, phone=account.phone, at=at)
    put(account, phones.nobodys(account.id))
    sessions.end_all(account)
    entries.record("number_set_aside", subject=("person", account.person_id), by=None, at=at)
