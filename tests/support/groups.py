"""Say how several workers share the tests out (`--dist loadgroup`): what first, what together."""

import pytest

# Stories wait for real time: whoever begins with them has them behind her when the rest ends.
LONG = {"journeys", "kills", "attackers"}


def gather(items: list[pytest.Item]) -> None:
    """Let one worker have all tests of a module that makes something for all of them."""
    for item in items:
        if isinstance(item, pytest.Function) and _is_shared(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def order(items: list[pytest.Item]) -> None:
    """Put what takes long first, and leave the order otherwise."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


def _is_shared(item: pytest.Function) -> bool:
    made = item._fixtureinfo.name2fixturedefs.values()
    return any(each.scope == "module" for of_a_name in made for each in of_a_name)
