"""Send a code to a number on a page, remember it in the session, and take it.

How many a number and a network may have is counted by `people.codes` for all pages together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from yanxiu.foundation import carriers, clock
from yanxiu.training.people import codes, masking
from yanxiu.training.people.refusals import CodeExpired
from yanxiu.web.shared import access

# What was proved on one page has to be used within this time.
PROVED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sent:
    """Say what a page shows of a code on its way; `shown` is the code itself in the demo alone."""

    phone: str
    shown: str
    wait_s: int
    life_minutes: int = codes.LIFE.seconds // 60


def send(request: HttpRequest, phone: str, purpose: str) -> None:
    """Send a code and remember for which number; raises what `codes.issue` raises."""
    at = clock.now()
    sent = codes.issue(
        phone,
        purpose=purpose,
        network=access.network(request, proxies=settings.YANXIU_PROXIES),
        limits=codes.Limits(settings.YANXIU_CODES_PER_NETWORK),
        at=at,
    )
    shown = sent if settings.YANXIU_DEMO and carriers.carrier().shows_codes else ""
    request.session[_key(purpose)] = [phone, shown, at.timestamp()]


def sent(request: HttpRequest, purpose: str) -> Sent | None:
    """Return what is on its way for this purpose, the number covered."""
    kept = request.session.get(_key(purpose))
    if not kept:
        return None
    phone, shown, since = kept
    age_s = clock.now().timestamp() - since
    wait_s = max(0, int(codes.PER_NUMBER[0][0].total_seconds() - age_s))
    return Sent(masking.phone(phone), shown if age_s < codes.LIFE.total_seconds() else "", wait_s)


def number(request: HttpRequest, purpose: str) -> str:
    """Return to which number a code of this purpose went last; raises `CodeExpired` if to none."""
    kept = request.session.get(_key(purpose))
    if not kept:
        raise CodeExpired
    return str(kept[0])


def take(request: HttpRequest, code: str, purpose: str, *, at: datetime) -> str:
    """Take the code, and return the number that it has proved; raises what `codes.take` raises."""
    phone = number(request, purpose)
    codes.take(phone, code, purpose=purpose, at=at)
    del request.session[_key(purpose)]
    request.session[_proved(purpose)] = [phone, at.timestamp()]
    return phone


def proved(request: HttpRequest, purpose: str, *, at: datetime) -> str:
    """Return the number that was proved within the last ten minutes, or nothing."""
    phone, since = request.session.get(_proved(purpose)) or ("", 0)
    return phone if at.timestamp() - since < PROVED_FOR.total_seconds() else ""


def forget(request: HttpRequest, *purposes: str) -> None:
    """Forget what was sent and proved for these purposes."""
    for purpose in purposes:
        request.session.pop(_key(purpose), None)
        request.session.pop(_proved(purpose), None)


def _key(purpose: str) -> str:
    return f"code_sent_{purpose}"


def _proved(purpose: str) -> str:
    return f"code_proved_{purpose}"
