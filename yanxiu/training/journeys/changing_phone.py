"""Carry a change of number through all that hangs on it: sessions, second factors, certificates.

Source: docs/rules/phone-change.md.
"""

from datetime import datetime

from django.db import transaction

from yanxiu.training.certificates import reissuing
from yanxiu.training.notices import notes, subscriptions
from yanxiu.training.organisations import grants, phone_changes
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import (
    factors,
    known_devices,
    lost_phones,
    masking,
    phone_numbers,
    refusals,
    sessions,
)
from yanxiu.training.people.lost_phones import Lost
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import agents

Outcome = PhoneChange.Outcome


@transaction.atomic
def by_codes(account: Account, phone: str, *, keep: str, at: datetime) -> None:
    """Change a number whose owner has proved the old one and the new; both are told.

    What somebody else has asked about her number ends: she is here. Raises `SamePhone` or
    `PhoneInUse`.
    """
    old, person_id = account.phone, account.person_id
    running = phone_changes.running(person_id)
    if running:
        phone_changes.stop(running, by=account.person, at=at)
    phone_numbers.change(account, phone, keep=keep, at=at)
    facts = {"phone": masking.phone(phone)}
    notes.tell(person_id, "phone_changed", facts=facts, link="/me/account/", at=at)
    notes.text(person_id, "phone_changed", to=old, facts=facts, at=at)


def ask(lost: Lost, phone: str, *, network: str, at: datetime) -> PhoneChange:
    """Ask for another number on a lost account; `phone` has just been proved.

    Raises `PhoneInUse`, and what `lost_phones.find` and `phone_changes.ask` raise.
    """
    person = lost_phones.find(lost, by_phone=phone, network=network, at=at)
    if phone_numbers.is_taken(phone):
        raise refusals.SamePhone if person.account.phone == phone else refusals.PhoneInUse
    post = phone_changes.vouching_post(person, at=at)
    return phone_changes.ask(person, post, phone, at=at)


@transaction.atomic
def stop(change: PhoneChange, *, by: Person | None, at: datetime) -> None:
    """Stop it as the account's owner; what waited for her certificates goes on."""
    phone_changes.stop(change, by=by, at=at)
    reissuing.follow(change.person_id, by=change.person, at=at)


@transaction.atomic
def withdraw(change: PhoneChange, *, at: datetime) -> None:
    """Take it back as whoever has asked; what waited for her certificates goes on."""
    phone_changes.withdraw(change, at=at)
    reissuing.follow(change.person_id, by=change.person, at=at)


def settle(*, at: datetime) -> int:
    """Do what two have agreed to and two days have passed over; end what lies for thirty days.

    Returns how many numbers were changed. A kill leaves each done or not.
    """
    for each in phone_changes.lapsed(at):
        phone_changes.end(each, Outcome.LAPSED, at=at)
    return sum(_settle(each, at=at) for each in phone_changes.due(at))


@transaction.atomic
def _settle(change: PhoneChange, *, at: datetime) -> bool:
    fresh = phone_changes.held_still(change)
    if fresh.ended_at:
        return False
    person, account = fresh.person, fresh.person.account
    is_free = _put(account, fresh.new_phone)
    if is_free:
        phone_changes.finish(fresh, at=at)
        _begin_anew(person, account, at=at)
    else:
        phone_changes.end(fresh, Outcome.TAKEN, at=at)
    reissuing.follow(person.id, by=person, at=at)
    return is_free


def _put(account: Account, phone: str) -> bool:
    """Give the account the number; tell whether nobody else has taken it meanwhile."""
    try:
        phone_numbers.put(account, phone)
    except refusals.PhoneInUse:
        return False
    return True


def _begin_anew(person: Person, account: Account, *, at: datetime) -> None:
    """End all that opened the account before: she sets up anew what she wants.

    Officers and agents keep their second factors: a new number alone must open no console. Whoever
    is above an officer resets hers where it is lost as well.
    """
    sessions.end_all(account)
    subscriptions.end_all(person.id)
    known_devices.forget(account)
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(password=account.password)
    if not grants.held(person.id, at=at) and agents.held(person.id, at=at) is None:
        factors.reset(account, by=None, at=at)
