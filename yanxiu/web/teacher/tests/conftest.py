"""Give the tests of the teacher's pages a training, and browsers in which people are signed in."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.notices.tests import services
from yanxiu.training.notices.tests.services import Service
from yanxiu.training.people.models import Account, Person
from yanxiu.web.teacher.tests.pages import SignIn


@pytest.fixture
def scene(country: None) -> Scene:
    """Give the taste of a season at a school that nobody else has."""
    return season.scene()


@pytest.fixture
def signed_in() -> SignIn:
    """Give a browser in which a person is signed in."""

    def sign_in(person: Person) -> Client:
        browser = Client()
        browser.force_login(Account.objects.get(person=person))
        return browser

    return sign_in


@pytest.fixture
def service() -> Iterator[Service]:
    """Give a push service of the test's own."""
    with services.serving() as found:
        yield found
