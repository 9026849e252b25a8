"""Join allauth's sign-in to our accounts: who is signed in, and how she is let in.

Codes are ours (`people.codes`); sessions, stages and the later second factor are allauth's.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest, HttpResponse

from yanxiu.foundation import clock
from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account


class Backend(BaseBackend):
    """Load the account of a session with all that the frame of a page shows, in one query."""

    def get_user(self, user_id: Any) -> Account | None:  # noqa: ANN401 - Django's signature
        """Return the account, its person, persona, name, unread notices and whether it serves."""
        found = accounts.framed().annotate(serves=grants.serves(clock.now()), unread=notes.unread())
        return found.filter(pk=user_id, is_active=True).first()


class Adapter(DefaultAccountAdapter):
    """Tell allauth that a number belongs to an account only once a code has proved it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close allauth's own registration; ours is `/register/`."""
        del request
        return False

    def get_login_stages(self) -> list[str]:
        """Return none: `/office/` asks for the second factor, not the sign-in of who learns."""
        return []

    def get_phone(self, user: Account) -> tuple[str, bool]:
        """Return the account's number, which was proved when the account was made."""
        return user.phone, True

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's signature
        """Leave the number alone: only `people` changes it, by a verb of its own."""

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """Do nothing: every number here is proved."""

    def get_user_by_phone(self, phone: str) -> Account | None:
        """Return the account of a number."""
        return Account.objects.filter(phone=phone).first()

    def send_verification_code_sms(
        self, user: Account, phone: str, code: str, **kwargs: Mapping[str, object]
    ) -> None:
        """Refuse: codes are issued by `people.codes` alone, which counts and binds them."""
        raise NotImplementedError


def let_in(request: HttpRequest, account: Account, *, onward: str) -> HttpResponse:
    """Sign the account in through allauth's stages and lead on to `onward`."""
    record_authentication(request, account, method="code", phone=account.phone)
    response: HttpResponse = perform_login(request, account, redirect_url=onward)
    return response


def person_id(request: HttpRequest) -> UUID:
    """Return the id of the signed-in person."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the guards let nobody else through
    return account.person_id
