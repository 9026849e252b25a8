"""See a whole document number: for a reason, behind a fresh second factor, and in the trail."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests import test_access
from yanxiu.foundation import clock
from yanxiu.training.organisations import opened_numbers
from yanxiu.training.people import identities
from yanxiu.training.trail.models import Entry
from yanxiu.web.shared import access

WHY = {"reason": "paper", "sentence": "本人到校核对"}


@pytest.fixture
def page(country: None) -> str:
    return reverse("office_teacher_number", kwargs=test_access.parameters("office_teacher_number"))


@pytest.fixture
def number(country: None) -> str:
    person = test_access.parameters("office_teacher_number")["person_id"]
    assert isinstance(person, UUID)
    identity = identities.current(person)
    assert identity
    return identities.number(identity)


@pytest.fixture
def officer(country: None) -> Client:
    return test_access.client("officer")


def test_it_is_shown_once_with_a_reason_and_written_down(
    officer: Client, page: str, number: str
) -> None:
    assert number not in officer.get(page).content.decode()
    shown = officer.post(page, WHY)
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = Entry.objects.filter(verb="number_opened").latest("id")
    assert entry.actor_id == test_access.account("officer").person_id
    assert entry.detail["why"] == "与本人的证件原件核对——本人到校核对"
    assert number not in str(entry.detail)
    trail = test_access.client("county").get(reverse("office_trail")).content.decode()
    assert "的完整证件号码" in trail
    assert number not in officer.get(page).content.decode()


@pytest.mark.parametrize("typed", [{}, {"reason": "other"}, {"reason": "curiosity"}])
def test_without_a_reason_nothing_is_shown(
    officer: Client, page: str, number: str, typed: dict[str, str]
) -> None:
    answer = officer.post(page, typed)
    assert answer.status_code == 400
    assert number not in answer.content.decode()
    assert not Entry.objects.filter(verb="number_opened").exists()


def test_an_old_second_factor_is_asked_for_anew(officer: Client, page: str) -> None:
    session = officer.session
    session[access.SECOND_FACTOR] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()
    assert officer.post(page, WHY)["Location"].startswith(reverse("second_factor"))


@pytest.mark.parametrize(("who", "status"), [("province", 403), ("foreign", 404), ("teacher", 403)])
def test_only_school_and_county_open_one(who: str, status: int, page: str, number: str) -> None:
    answer = test_access.client(who).post(page, WHY)
    assert answer.status_code == status
    assert number not in answer.content.decode()


def test_so_many_a_day(
    officer: Client, page: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened_numbers, "A_DAY", 2)
    assert [officer.post(page, WHY).status_code for _ in range(3)] == [200, 200, 429]
