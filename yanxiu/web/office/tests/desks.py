"""Sign officers in and read their pages, for the tests of the desk."""

import re
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests.support.signing_in import sign_in
from yanxiu.training.organisations.models import Verification
from yanxiu.training.people.models import Account, Person

TAGS = re.compile(r"<[^>]+>|\s+")


def browser(who: str | Person) -> Client:
    """Return a browser in which somebody is signed in, by her phone or as a person."""
    by = {"phone": who} if isinstance(who, str) else {"person": who}
    client = Client(raise_request_exception=True)
    sign_in(client, Account.objects.get(**by))
    return client


def case(asked: Verification | UUID) -> str:
    """Return the address of a request."""
    return reverse("office_case", args=[asked.id if isinstance(asked, Verification) else asked])


def seen(page: str) -> str:
    """Return what stands on a page, without tags and spaces."""
    return TAGS.sub("", page)
