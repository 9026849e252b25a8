"""Show for `bench.signin`, inside Django, that known and unknown numbers are treated alike."""

import os
import statistics
import threading
import time
from collections.abc import Callable
from http.cookies import Morsel

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test.client import Client, ClientHandler

from yanxiu.foundation import carriers, clock
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account, Code, PasswordTry, Session

PASSWORD, WRONG = "山高月小 水落石出", "山高月小 水落石头"
# A number is sent one code a minute: more are known than can sign in within a round.
PAIRS, KNOWN = 500, 2_000
CODES, REGISTRATIONS, SEATS = 20, 100, 40
FIRST, UNKNOWN = 13_000_000_000, 15_000_000_000

# What would have been sent to phones; a process reads only what it has asked for itself.
SENT: list[str] = []

HANDLER = ClientHandler(enforce_csrf_checks=False)


class Phones:
    """Be the carrier of this bench: whoever asked reads her code at once."""

    shows_codes = False

    def carry(self, message: carriers.TextMessage) -> None:
        """Put the code where the browser finds it."""
        SENT.append(message.code)


def main() -> None:
    """Print times and races."""
    os.environ["YANXIU_CARRIER"] = "bench.signing_in.Phones"
    settings.ALLOWED_HOSTS, settings.YANXIU_PROXIES = ["*"], 0
    _same_times()
    _races()


def _say(line: str) -> None:
    print(line, flush=True)


def fill() -> None:
    """Make people with one password; what is measured is the hash that each try costs anew."""
    hashed = make_password(PASSWORD)
    for number in range(KNOWN):
        accounts.open_for(str(FIRST + number), kind="teacher", at=clock.now())
    Account.objects.update(password=hashed)


def _browser(number: int = 0) -> Client:
    """Return a browser without cookies, in a network of its own, as those are who sign in.

    All share one handler, whose middleware is built once.
    """
    browser = Client(REMOTE_ADDR=f"10.{number // 250 % 250}.{number % 250}.9")
    browser.handler = HANDLER
    return browser


def _same_times() -> None:
    """Print medians in milliseconds: pairs of known and unknown, each in turn."""
    PasswordTry.objects.all().delete()
    Code.objects.all().delete()
    for name, act in (("wrong password", _wrong), ("code asked for", _asked)):
        took: dict[str, list[float]] = {"known": [], "unknown": []}
        for number in range(PAIRS):
            for kind, first in (("known", FIRST), ("unknown", UNKNOWN)):
                began = time.perf_counter()
                act(str(first + number), number)
                took[kind].append((time.perf_counter() - began) * 1_000)
        known, unknown = (statistics.median(took[kind]) for kind in took)
        apart = abs(known - unknown)
        _say(f"  {name}: known {known:.2f} ms, unknown {unknown:.2f} ms, apart {apart:.2f} ms")


def _wrong(phone: str, number: int) -> None:
    typed = {"phone": phone, "password": WRONG}
    answer = _browser(number).post("/sign-in/password/", typed)
    assert answer.status_code == 400


def _asked(phone: str, _number: int) -> None:
    assert _browser().post("/sign-in/", {"phone": phone}).status_code == 303


def _races() -> None:
    """Print what becomes of many who come at the same moment with the same right."""
    Code.objects.all().delete()
    Session.objects.all().delete()
    phone = str(FIRST)
    browser = _browser()
    browser.post("/sign-in/", {"phone": phone})
    code, cookies = SENT.pop(), dict(browser.cookies)
    opened = _together(CODES, lambda: _give(cookies, "/sign-in/code/", {"code": code}))
    _say(f"  {CODES} right codes at once: {sum(opened)} let in")
    fresh = str(UNKNOWN + 999_999)
    _together(REGISTRATIONS, lambda: bool(accounts.open_for(fresh, kind="teacher", at=clock.now())))
    many = Account.objects.filter(phone=fresh).count()
    _say(f"  {REGISTRATIONS} registrations of one number at once: {many} account")


def _give(cookies: dict[str, Morsel[str]], page: str, typed: dict[str, str]) -> bool:
    browser = _browser()
    browser.cookies.update(cookies)
    browser.post(page, typed)
    return "_auth_user_id" in browser.session


def _together(many: int, act: Callable[[], bool]) -> list[bool]:
    said: list[bool] = []
    seats, ready = threading.BoundedSemaphore(SEATS), threading.Barrier(many)

    def each() -> None:
        ready.wait()
        with seats:
            try:
                said.append(act())
            finally:
                connections.close_all()

    threads = [threading.Thread(target=each) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
