"""Give the tests of the help desk its people, of the demo country."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import signing_in as cast
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import handling, tickets
from yanxiu.training.support.models import Ticket
from yanxiu.training.support.tickets import Said

type Seat = Callable[[str], Client]


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def seat(country: None) -> Seat:
    """Return a browser in which somebody of the demo country is signed in."""

    def sit(phone: str) -> Client:
        browser = Client()
        sign_in(browser, Account.objects.get(phone=phone))
        return browser

    return sit


@pytest.fixture
def agent(seat: Seat) -> Client:
    return seat(cast.SUPPORT)


@pytest.fixture
def colleague(seat: Seat) -> Client:
    return seat(cast.SUPPORT_TOO)


@pytest.fixture
def lead(seat: Seat) -> Client:
    return seat(cast.SUPPORT_LEAD)


@pytest.fixture
def ticket(country: None) -> Ticket:
    """Return a ticket that a teacher has just opened and nobody has taken."""
    said = Said("学时没有增加\n看了三个视频。")
    return tickets.open_new(person(cast.CLAIMS), "study", said, at=clock.now())


@pytest.fixture
def held(ticket: Ticket) -> Ticket:
    """Return that ticket, in the first agent's hand."""
    handling.take(ticket, by=person(cast.SUPPORT), at=clock.now())
    return ticket
