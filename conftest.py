"""Run every test on a real PostgreSQL, as the role that pages run as."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests.support import databases, environment, groups
from yanxiu.config import tables
from yanxiu.foundation import cluster, collector

# How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# The demo country, for tests beside the code and tests of the whole alike.
pytest_plugins = ("tests.support.countries",)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tell workers what stays together, and let all begin with what takes long."""
    groups.gather(items)
    yield
    groups.order(items)


def pytest_collection_finish() -> None:
    """Leave what has been loaded by now out of the collector's way, as a server does."""
    collector.rest()


@pytest.fixture(scope="session")
def server() -> Iterator[cluster.Cluster]:
    """Keep the run's own PostgreSQL server up; it need not survive a power cut."""
    own = cluster.Cluster(environment.SERVER, durable=False)
    with own.running(), databases.found_from(environment.VAR, own):
        yield own


@pytest.fixture(scope="session")
def template(server: cluster.Cluster, django_db_blocker: DjangoDbBlocker) -> cluster.Cluster:
    """Migrate once, as the owner; every other database of the server is a copy."""
    with django_db_blocker.unblock(), databases.once(server, databases.TEMPLATE) as is_first:
        if is_first:
            tables.migrate()
            databases.keep(server, cluster.DATABASE, databases.TEMPLATE)
    return server


@pytest.fixture(scope="session")
def django_db_setup(
    template: cluster.Cluster, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Give Django a copy of the template; tests that roll back share it."""
    home = request.session.stash[databases.HOME] = databases.clone(template).name
    with django_db_blocker.unblock(), databases.pointed(home):
        django_db_blocker.restore()
        yield
        django_db_blocker.unblock()


@pytest.fixture
def own_database(
    template: cluster.Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[databases.Scratch]:
    """Give the test a database of its own, for whatever commits or comes from several threads."""
    copy = databases.clone(template)
    with django_db_blocker.unblock(), databases.pointed(copy.name):
        yield copy
    databases.drop(template, copy.name)


@pytest.fixture
def scratch_dsn(template: cluster.Cluster) -> Iterator[databases.Scratch]:
    """Give the test the addresses of a database of its own, without Django."""
    copy = databases.clone(template)
    yield copy
    databases.drop(template, copy.name)
