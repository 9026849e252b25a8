"""Give any test the demo country, made once, and put back after each test."""

from collections.abc import Iterator, Sequence

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.support import databases, papers, parts
from yanxiu.foundation import clock, cluster
from yanxiu.training.cast import country as countries
from yanxiu.training.cast.videos import Made, Rendition, Wish


def unfilmed(wanted: Sequence[Wish]) -> list[Made]:
    """Give every recording its length without making a video: these tests play nothing."""
    rendition = Rendition(src="films/none.mp4", type="video/mp4", width=640, height=360)
    return [
        Made(duration_ms=wish.length_s * 1000, renditions=[rendition], captions=[], poster="")
        for wish in wanted
    ]


@pytest.fixture(scope="session")
def made_country(
    template: cluster.Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> str:
    """Make the demo country in a database of its own."""
    copy = databases.clone(template)
    with django_db_blocker.unblock(), databases.pointed(copy.name):
        countries.make(unfilmed)
        papers.sign_due(at=clock.now())
        parts.sign_in_all()
    return copy.name


@pytest.fixture
def country(made_country: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test live in the demo country; whatever it changes is undone.

    Connections stay pointed there for the next test: a new one has to learn every table again.
    """
    with django_db_blocker.unblock():
        databases.point(made_country)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Lead connections back from the demo country before a test that does not live there."""
    home = item.session.stash.get(databases.HOME, None)
    if home and "country" not in getattr(item, "fixturenames", ()):
        databases.point(home)
