"""Load the official codes that every place needs before it can serve anybody."""

from yanxiu.training.organisations import regions, school_types
from yanxiu.training.organisations.official_codes import Brought


def load() -> str:
    """Bring regions and types of schools up to date; return what was done, a line for each."""
    return "\n".join([_told("regions", regions.load()), _told("school types", school_types.load())])


def _told(what: str, brought: Brought) -> str:
    return (
        f"{what:13} {brought.added:>6,} new  {brought.changed:>6,} changed"
        f"  {brought.untouched:>6,} untouched"
    )
