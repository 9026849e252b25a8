"""Join allauth's sign-in to our accounts: who is signed in, and how she is let in.

Codes are ours (`people.codes`); sessions, stages and the later second factor are allauth's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from yanxiu.foundation import clock, ids, prepared
from yanxiu.training.journeys import securing
from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, students
from yanxiu.training.people import accounts, factors, idle
from yanxiu.training.people.models import Account
from yanxiu.training.support import agents
from yanxiu.web.shared import access, cookies, languages, sessions

# Where a session keeps who has still to give her second factor, and how long that may take.
WAITING, WAITS = "second_factor_waits", timedelta(minutes=10)
# Where it keeps whose long idle account a number may no longer open by itself.
IDLE = "second_proof_waits"
# By what a browser is known again when it signs in anew, and for how long.
DEVICE, DEVICE_LASTS = "device", timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Be who has proved her number and has still to give her second factor."""

    account: Account
    onward: str
    method: str


class Backend(BaseBackend):
    """Load the account of a session with all that the frame of a page shows, in one query."""

    def get_user(self, user_id: Any) -> Account | None:  # noqa: ANN401 - Django's signature
        """Return the account with its person, persona, name, unread notices, and what it may do."""
        return next(iter(_framed(account_id=user_id, now=clock.now())), None)


@prepared.question(account_id=UUID, now=datetime)
def _framed(account_id: UUID, now: datetime) -> QuerySet[Account]:
    found = accounts.framed().annotate(
        serves=grants.serves(now),
        answers=agents.answers(now),
        unread=notes.unread(),
        student_name=students.name_of(),
    )
    return found.filter(pk=account_id, is_active=True)


class Adapter(DefaultAccountAdapter):
    """Tell allauth that a number belongs to an account only once a code has proved it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close allauth's own registration; ours is `/register/`."""
        del request
        return False

    def get_login_stages(self) -> list[str]:
        """Return none: the second factor is asked for by `let_in`, before anybody is in."""
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


def let_in(request: HttpRequest, account: Account, *, onward: str, method: str) -> HttpResponse:
    """Sign in who has proved herself by `method`; whoever has a second factor gives it first.

    A code alone does not open what nobody has used for 90 days: its number may be another's now.
    """
    if factors.has_one(account):
        return _wait(request, account, WAITING, "second_factor", onward=onward, method=method)
    if method == "code" and idle.needs_proof(account, at=clock.now()):
        return _wait(request, account, IDLE, "second_proof", onward=onward, method=method)
    return _enter(request, account, onward=onward, method=method)


def waiting(request: HttpRequest, key: str = WAITING) -> Waiting | None:
    """Return who this session waits for, unless it has waited too long."""
    kept = request.session.get(key)
    if not kept or clock.now().timestamp() - kept[3] > WAITS.total_seconds():
        return None
    account = accounts.framed().filter(pk=kept[0], is_active=True).first()
    return Waiting(account, kept[1], kept[2]) if account else None


def complete(request: HttpRequest, who: Waiting) -> HttpResponse:
    """Let in whoever has given her second factor as well."""
    del request.session[WAITING]
    return with_factor(request, who.account, onward=who.onward, method=who.method)


def complete_proof(request: HttpRequest, who: Waiting) -> HttpResponse:
    """Let in whoever has given the second proof of a long idle account."""
    del request.session[IDLE]
    return _enter(request, who.account, onward=who.onward, method=who.method)


def with_factor(
    request: HttpRequest, account: Account, *, onward: str, method: str
) -> HttpResponse:
    """Let in who has given a second factor, or a passkey that has made sure by itself who it is."""
    answer = _enter(request, account, onward=onward, method=method)
    access.give_factor(request)
    return answer


def _wait(
    request: HttpRequest, account: Account, key: str, page: str, *, onward: str, method: str
) -> HttpResponse:
    """Remember whom the session waits for, and lead to where she gives what is wanted."""
    request.session.cycle_key()
    request.session[key] = [str(account.pk), onward, method, clock.now().timestamp()]
    return access.see_other(page)


def _enter(request: HttpRequest, account: Account, *, onward: str, method: str) -> HttpResponse:
    record_authentication(request, account, method=method, phone=account.phone)
    response: HttpResponse = perform_login(request, account, redirect_url=onward)
    sessions.begin(request)
    access.prove(request)
    if account.language:
        languages.remember(response, account.language)
    _know(request, response, account)
    return response


def _know(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Know this browser again the next time; of a new one its owner is told."""
    met = mark(request) or ids.token()
    agent = request.headers.get("User-Agent", "")
    securing.come_in(account, mark=met, agent=agent, at=clock.now())
    cookies.keep(response, DEVICE, met, lasts=DEVICE_LASTS)


def mark(request: HttpRequest) -> str:
    """Return by what a browser is known again, "" where it keeps nothing."""
    return cookies.read(request, DEVICE)


def person_id(request: HttpRequest) -> UUID:
    """Return the id of the signed-in person."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the guards let nobody else through
    return account.person_id
