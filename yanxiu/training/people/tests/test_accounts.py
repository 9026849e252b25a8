import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account, Person, Persona
from yanxiu.training.trail.models import Entry

PHONE = "13800138000"
NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_an_account_is_opened_with_its_first_persona() -> None:
    account = accounts.open_for(PHONE, kind=Persona.Kind.TEACHER, at=NOW)
    persona = Persona.objects.get(person=account.person)
    assert (persona.kind, persona.since, persona.until) == ("teacher", NOW, None)
    assert not account.has_usable_password()
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_id, entry.detail) == (
        "registered",
        account.person_id,
        {"persona": "teacher"},
    )


@pytest.mark.django_db
def test_opening_twice_gives_the_same_account_with_its_first_persona() -> None:
    first = accounts.open_for(PHONE, kind=Persona.Kind.TEACHER, at=NOW)
    second = accounts.open_for(PHONE, kind=Persona.Kind.PARENT, at=NOW)
    assert first == second
    assert [persona.kind for persona in Persona.objects.all()] == ["teacher"]
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_number_nobody_has_is_not_known() -> None:
    assert accounts.known(PHONE) is None


@pytest.mark.django_db
def test_the_frame_of_a_page_needs_one_query() -> None:
    account = accounts.open_for(PHONE, kind=Persona.Kind.STUDENT, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        framed = vars(accounts.framed().get(pk=account.pk))
    assert (framed["persona_kind"], framed["name"]) == ("student", None)
    assert len(asked) == 1


def test_of_a_hundred_openings_at_once_one_account_comes(own_database: Scratch) -> None:
    # As many connections as the database takes from one place; the others wait for one.
    seats = threading.BoundedSemaphore(40)

    def act(_number: int) -> str:
        with seats:
            try:
                return str(accounts.open_for(PHONE, kind=Persona.Kind.TEACHER, at=NOW).pk)
            finally:
                connections.close_all()

    assert len(crowds.together(100, act)) == 1
    assert Account.objects.count() == Person.objects.count() == Persona.objects.count() == 1
