"""Show that an address of a database keeps all that it says."""

import psycopg
import pytest
from django.db import connection

from yanxiu.config import databases

ADDRESS = "postgresql://web:word@db.example:6432/yanxiu?sslmode=verify-full&options=-crole%3Dx"


def test_the_address_is_named_as_django_names_it() -> None:
    named = databases.named(ADDRESS)
    assert (named["HOST"], named["PORT"]) == ("db.example", "6432")
    assert (named["NAME"], named["USER"], named["PASSWORD"]) == ("yanxiu", "web", "word")


def test_what_it_says_of_encryption_is_kept() -> None:
    for pool in (None, databases.POOL):
        options = databases.named(ADDRESS, pool=pool)["OPTIONS"]
        assert isinstance(options, dict)
        assert options["sslmode"] == "verify-full"
        assert options["options"].startswith("-crole=x")


def test_pages_never_wait_long() -> None:
    named = databases.named(ADDRESS, pool=databases.POOL)
    assert "statement_timeout" in str(named["OPTIONS"])


@pytest.mark.django_db
def test_pages_get_no_connection_that_the_server_has_ended() -> None:
    with psycopg.connect(**connection.get_connection_params()) as at_rest:
        databases.is_there(at_rest)
        with connection.cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [at_rest.info.backend_pid])
            assert other.fetchone() == (True,)
        with pytest.raises(psycopg.OperationalError):
            databases.is_there(at_rest)
