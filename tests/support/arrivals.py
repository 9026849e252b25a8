"""Let a test's browser come in through the front door."""

from django.test import Client
from django.urls import reverse

from tests.support.pages import Answer
from yanxiu.foundation import clock
from yanxiu.training.people import passwords
from yanxiu.training.people.models import Account

PASSWORD = "山高月小 水落石出"


def give_password(account: Account) -> None:
    """Let an account have a password, as if it had been set long ago."""
    passwords.put(account, PASSWORD, keep="", at=clock.now())


def by_password(browser: Client, account: Account, typed: str = PASSWORD) -> Answer:
    """Sign in with a password that the account is given first."""
    give_password(account)
    given = {"phone": account.phone, "password": typed, "next": "/channel/"}
    return browser.post(reverse("sign_in_password"), given)
