"""Run every test on a real PostgreSQL, as the role that pages run as."""

from collections.abc import Iterator

import pytest

from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.support import databases, environment
from yanxiu.config import tables
from yanxiu.foundation.embedded import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Keep the run's own PostgreSQL server up."""
    started = databases.start(environment.VAR)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def template(server: Server, django_db_blocker: DjangoDbBlocker) -> str:
    """Migrate once, as the owner; every other database is a copy."""
    with django_db_blocker.unblock():
        tables.migrate()
    for connection in connections.all():
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
    with databases.psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE yanxiu RENAME TO {databases.TEMPLATE}")
    return databases.TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(
    server: Server, template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give Django a copy of the template; tests that roll back share it."""
    copy = databases.clone(server)
    with databases.pointed(copy.name):
        yield


@pytest.fixture
def own_database(
    server: Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[databases.Scratch]:
    """Give the test a database of its own, for whatever commits or comes from several threads."""
    copy = databases.clone(server)
    with django_db_blocker.unblock(), databases.pointed(copy.name):
        yield copy
    databases.drop(server, copy.name)


@pytest.fixture
def scratch_dsn(
    server: Server, django_db_setup: None
) -> Iterator[databases.Scratch]:
    """Give the test the addresses of a database of its own, without Django."""
    copy = databases.clone(server)
    yield copy
    databases.drop(server, copy.name)
