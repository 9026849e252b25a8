"""Sign a test's browser in, with the second factor that officers need."""

from django.test import Client

from yanxiu.foundation import clock
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access


def sign_in(browser: Client, account: Account, *, second_factor: bool = True) -> None:
    """Let the browser act for this account from now on."""
    browser.force_login(account)
    if second_factor:
        session = browser.session
        session[access.SECOND_FACTOR] = clock.now().isoformat()
        session[access.PROVED] = clock.now().isoformat()
        session.save()


def prove(browser: Client) -> None:
    """Let the browser's session have proved a moment ago whose it is."""
    session = browser.session
    session[access.PROVED] = clock.now().isoformat()
    session.save()
