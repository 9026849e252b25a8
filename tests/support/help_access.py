"""Say who may come in where people are told, ask, and are helped; joined into tests/test_access."""

from uuid import UUID

from tests.support.whom import ANY, POST_ONLY, SIGNED_IN

TABLE: dict[str, dict[str, int]] = {
    "my_telling": SIGNED_IN,
    "my_browsers": POST_ONLY,
    "my_browser_ending": POST_ONLY,
    "notices_worker": ANY,
}


def parameters(name: str) -> dict[str, object]:
    """Return which object an address is asked for."""
    objects: dict[str, dict[str, object]] = {
        "my_browser_ending": {"subscription_id": UUID(int=1)},
    }
    return objects.get(name, {})
