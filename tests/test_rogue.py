"""Show what one rogue agent or officer alone cannot do: take accounts, read unseen, give hours.

Each opens every address of console and help desk that does not turn her away (tests/test_access.py
shows which do, and that nothing changes there), and sends every form, once with what it wants and
once with what would help her; each deed is undone before the next.
"""

from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from tests import test_access
from tests.support import parts
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.learning.models import Completion, Coverage
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Session
from yanxiu.training.trail.models import Entry

ROGUES = ("agent", "lead", "officer")
VICTIMS = ("teacher", "waiting")
# Verbs of the trail by which a whole number is accounted for.
TRACES = ("number_opened", "fact_unmasked")
# What might be typed to take an account over, to see a number, or to be given hours.
EVIL = {
    "phone": "13911112222",
    "name": "张三",
    "new": "Rogue-2025!",
    "again": "Rogue-2025!",
    "outcome": "approved",
    "reason": "herself",
    "fact": "number",
    "code": "solved",
    "sentence": "核对",
    "hours": "10",
    "seconds": "36000",
    "text": "好",
    "kind": "teachers",
}


@dataclass(frozen=True)
class Loot:
    """Hold by which addresses something was had that should not be."""

    accounts: list[str] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    traced: list[str] = field(default_factory=list)


@cache
def loot(rogue: str) -> Loot:
    """Let somebody try all she can, once for all tests of the demo country."""
    found = Loot()
    me = parts.account(rogue).person_id
    before, hours, numbers = keys(), counted(), [number(who) for who in VICTIMS]
    for name, typed in deeds(rogue):
        with transaction.atomic():
            address = reverse(name, kwargs=test_access.parameters(name))
            browser = parts.client(rogue)
            answers = [read(browser.get(address)), read(browser.post(address, typed))]
            if keys() != before:
                found.accounts.append(name)
            if counted() != hours:
                found.hours.append(name)
            if any(one.encode() in page for one in numbers for page in answers):
                is_traced = Entry.objects.filter(actor_id=me, verb__in=TRACES).exists()
                (found.traced if is_traced else found.numbers).append(name)
            transaction.set_rollback(True)
    return found


def deeds(rogue: str) -> list[tuple[str, dict[str, object]]]:
    """Return every form with what it wants, then every address with what would help."""
    victim = parts.account("waiting")
    hers = {"person": str(victim.person_id), "account": str(victim.pk)}
    wanted = [
        (name, {key: value() if callable(value) else value for key, value in fields.items()})
        for name, fields, row in test_access.ACTS.values()
        if row[rogue] != HTTPStatus.FORBIDDEN
    ]
    inside = [
        name
        for name, row in test_access.TABLE.items()
        if name.startswith(("desk", "office")) and row[rogue] != HTTPStatus.FORBIDDEN
    ]
    return [*wanted, *((name, {**_evil(name), **hers}) for name in inside)]


def _evil(name: str) -> dict[str, object]:
    # The console asks for other reasons than the desk.
    return {**EVIL, "reason": "paper" if name.startswith("office") else "herself"}


def read(answer: Any) -> bytes:
    return b"".join(answer)


def keys() -> list[object]:
    """Return all by which the victims come into their accounts."""
    people = [parts.account(who).person_id for who in VICTIMS]
    mine = Account.objects.filter(person__in=people).order_by("pk")
    factors = Authenticator.objects.filter(user__in=mine).order_by("pk").values_list("pk", "data")
    # Sessions of tests may come and go; what the victims can do with theirs is not the rogue's.
    return [
        *mine.values_list("pk", "person_id", "phone", "password", "is_active"),
        *factors,
        *Session.objects.filter(account__in=mine).order_by("pk").values_list("pk", flat=True),
    ]


def counted() -> tuple[int, ...]:
    """Return how much has been watched and earned, and who holds a certificate of what."""
    # A corrected name is a next edition of the same certificate: it gives nobody an hour.
    held = Certificate.objects.values("person_id", "training_id").distinct()
    return Completion.objects.count(), Coverage.objects.count(), held.count()


def number(who: str) -> str:
    identity = identities.current(parts.account(who).person_id)
    assert identity
    return identities.number(identity)


@pytest.mark.parametrize("rogue", ROGUES)
def test_one_alone_takes_over_no_account(rogue: str, country: None) -> None:
    assert loot(rogue).accounts == []


@pytest.mark.parametrize("rogue", ROGUES)
def test_one_alone_gives_no_hours(rogue: str, country: None) -> None:
    assert loot(rogue).hours == []


@pytest.mark.parametrize("rogue", ROGUES)
def test_one_alone_reads_no_number_without_a_trace(rogue: str, country: None) -> None:
    found = loot(rogue)
    assert found.numbers == []
    # What can be read is read for a reason, and stands in the trail: the test has tried it.
    expected = {"agent": ["desk_look_fact"], "lead": []}
    assert set(found.traced) == set(expected.get(rogue, ["office_teacher_number"]))
