"""Show that an address of a database keeps all that it says."""

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


def test_pages_never_wait_long_and_get_no_broken_connection() -> None:
    named = databases.named(ADDRESS, pool=databases.POOL)
    assert "statement_timeout" in str(named["OPTIONS"])
    assert named["CONN_HEALTH_CHECKS"] is True
