"""Give any test the demo country, made once, and put back after each test."""

import shutil
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.support import databases, environment, papers, parts
from tests.support.films import unfilmed
from yanxiu.foundation import clock, cluster, media
from yanxiu.training.cast import country as countries

COUNTRY = "yanxiu_country"
# What belongs to the country and is in no database: its files, and who is signed in.
MEDIA, SESSIONS = environment.SERVER / "country", environment.SERVER / "sessions.json"


@pytest.fixture(scope="session")
def made_country(
    template: cluster.Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> str:
    """Have the demo country made, once for all workers, and copied into a database of its own."""
    with django_db_blocker.unblock(), databases.once(template, COUNTRY) as is_first:
        if is_first:
            _make(template)
    shutil.copytree(MEDIA, media.root(), dirs_exist_ok=True)
    copy = databases.clone(template, COUNTRY)
    parts.recall(SESSIONS, copy.name)
    return copy.name


def _make(server: cluster.Cluster) -> None:
    made = databases.clone(server)
    with databases.pointed(made.name):
        countries.make(unfilmed)
        papers.sign_due(at=clock.now())
        parts.sign_in_all(SESSIONS)
    media.root().mkdir(exist_ok=True)
    shutil.copytree(media.root(), MEDIA)
    databases.keep(server, made.name, COUNTRY)


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
