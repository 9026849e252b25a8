"""Show that a stranger learns nothing: not what exists, nor anything without her second factor."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests import test_access
from tests.support import pages, signing_in

# Nothing of theirs lies in the branch: what is there looks to them like what is not.
OUTSIDE = ("visitor", "teacher", "former", "foreign", "sibling", "neighbour", "abroad")
# But for these: what the demo doubts lies in the county beside.
INSIDE = {"office_revocation": {"neighbour"}}


def unknown(name: str) -> str:
    """Return the address as it is asked for something that is not there."""
    invented: dict[type, object] = {UUID: uuid4(), str: "A" * 22, int: 2**31 - 1}
    own = test_access.parameters(name)
    return reverse(name, kwargs={key: invented[type(value)] for key, value in own.items()})


def test_every_form_of_the_console_stands_among_the_acts() -> None:
    acting = {name for name, _typed, _row in test_access.ACTS.values()}
    visitor = Client()
    for name in test_access.TABLE:
        if name.startswith("office") and "POST" in taken(visitor, name):
            assert name in acting, name


def taken(browser: Client, name: str) -> str:
    """Return which methods an address takes."""
    pattern = next(p for p in get_resolver().url_patterns if getattr(p, "name", "") == name)
    keys = pattern.pattern.converters
    invented = {
        key: uuid4() if type(it).__name__ == "UUIDConverter" else "a" for key, it in keys.items()
    }
    return browser.patch(reverse(name, kwargs=invented)).headers.get("Allow", "")


@pytest.mark.parametrize("name", test_access.TABLE)
def test_what_is_not_there_looks_like_what_is_not_ones_own(name: str, country: None) -> None:
    if not test_access.parameters(name):
        return
    known, nothing = reverse(name, kwargs=test_access.parameters(name)), unknown(name)
    for who in sorted({*OUTSIDE} - INSIDE.get(name, set())):
        browser = test_access.client(who)
        own = browser.get(known)
        if own.status_code in {302, 403, 404}:
            other = browser.get(nothing)
            assert (own.status_code, told(own, known)) == (other.status_code, told(other, nothing))


def told(answer: pages.Answer, address: str) -> str:
    """Return all that an answer says, but for the address that was asked for."""
    said = test_access.settled(answer.content, answer["X-Trace"]) + answer.headers.get(
        "Location", ""
    )
    return said.replace(address, "")


@pytest.mark.parametrize("name", [name for name in test_access.TABLE if name.startswith("office")])
def test_no_page_of_the_console_opens_before_the_second_factor(name: str, country: None) -> None:
    address = reverse(name, kwargs=test_access.parameters(name))
    for who in ("officer", "county", "nation"):
        browser = Client()
        signing_in.sign_in(browser, test_access.account(who), second_factor=False)
        for answer in (browser.get(address), browser.post(address)):
            asked = (
                answer.status_code == HTTPStatus.FOUND and "/second-factor/" in answer["Location"]
            )
            assert asked or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, who


# Its form stands on every page, and browsers say where a request comes from.
WITHOUT_TOKEN = {"language"}


@pytest.mark.parametrize("name", sorted(test_access.TABLE.keys() - WITHOUT_TOKEN))
def test_posting_needs_a_token(name: str, country: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(test_access.account("teacher"))
    answer = strict.post(reverse(name, kwargs=test_access.parameters(name)))
    assert answer.status_code in {403, 405}, name
