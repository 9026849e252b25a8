"""Change what opens an account, and tell its owner by every way: it may not be she.

Source: docs/rules/phone-change.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from yanxiu.foundation.facts import kept
from yanxiu.training.notices import notes
from yanxiu.training.people import devices, known_devices, masking, passwords, phone_numbers
from yanxiu.training.people.models import Account


@transaction.atomic
def set_password(account: Account, plain: str, *, keep: str, at: datetime) -> None:
    """Set or change the password as `passwords.put` does."""
    passwords.put(account, plain, keep=keep, at=at)
    notes.tell(account.person_id, "password_changed", link="/me/account/", at=at)


@transaction.atomic
def forget_password(account: Account, *, keep: str, at: datetime) -> None:
    """Sign in by code alone from now on, as `passwords.forget` does."""
    passwords.forget(account, keep=keep, at=at)
    notes.tell(account.person_id, "password_changed", link="/me/account/", at=at)


def come_in(account: Account, *, mark: str, agent: str, at: datetime) -> None:
    """Note in which browser she has come in; of a new one beside those that are known she is told.

    `mark` is what the browser keeps of us, `agent` how it describes itself.
    """
    if known_devices.meet(account, mark, at=at):
        _tell_of(account, mark, agent, at)


@transaction.atomic
def _tell_of(account: Account, mark: str, agent: str, at: datetime) -> None:
    if known_devices.add(account, mark, at=at):
        facts = {"device": devices.words(devices.read(agent)) or kept(gettext_lazy("未知设备"))}
        link = "/me/account/sessions/"
        notes.tell(account.person_id, "device_new", facts=facts, link=link, at=at)


@transaction.atomic
def set_aside(account: Account, *, at: datetime) -> None:
    """Free the number of a long idle account for its new owner; what can still be told is told."""
    facts = {"phone": masking.phone(account.phone)}
    phone_numbers.set_aside(account, at=at)
    notes.tell(account.person_id, "number_set_aside", facts=facts, link="/phone-change/", at=at)
