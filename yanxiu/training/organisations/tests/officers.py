"""Look at the list as an officer does, with the grants that she holds at this moment."""

from yanxiu.foundation import clock
from yanxiu.training.organisations import grants, waiting
from yanxiu.training.organisations.models import Officer, Verification
from yanxiu.training.organisations.waiting import Page, Place, Tally, Wanted
from yanxiu.training.people.models import Account, Person


def person(phone: str) -> Person:
    """Return whom the demo country signs in with a number."""
    return Account.objects.select_related("person").get(phone=phone).person


def held(by: Person) -> list[Officer]:
    """Return the grants that hold now."""
    return grants.held(by.id, at=clock.now())


def page(
    by: Person,
    wanted: Wanted = waiting.ALL,
    *,
    after: Place | None = None,
    before: Place | None = None,
) -> Page:
    """Return a page of the list."""
    return waiting.page(held(by), wanted, by=by, at=clock.now(), after=after, before=before)


def tally(by: Person) -> Tally:
    """Return how many wait."""
    return waiting.tally(held(by), by=by, at=clock.now())


def following(by: Person, *, after: Place | None = None) -> Verification | None:
    """Return who comes next."""
    return waiting.following(held(by), by=by, at=clock.now(), after=after)
