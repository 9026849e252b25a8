"""Check that the tests themselves stand on firm ground."""

import pytest
from django.db import connection

from tests.support.databases import Scratch


@pytest.mark.django_db
def test_tests_run_as_the_role_of_pages() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("yanxiu_web",)


def test_a_database_of_ones_own_is_empty_and_migrated(own_database: Scratch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), (SELECT count(*) FROM people_person)")
        assert cursor.fetchone() == (own_database.name, 0)
