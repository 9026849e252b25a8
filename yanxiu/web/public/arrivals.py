"""Remember how far somebody is on the way in: asked for a code, proved a number.

Which number asked lies sealed in a cookie of her browser, so that whoever begins costs no row; what
a proved number may do lies in the session, where it can be used up.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Self

import msgspec
from django.http import HttpRequest, HttpResponse

from yanxiu.foundation import ciphers
from yanxiu.training.people import codes
from yanxiu.web.shared import cookies

ASKED, PROVED = "arrival", "arrival_proved"
# Whoever comes back to the page later begins with her number anew.
ASKED_FOR = timedelta(hours=1)
# A proved number waits this long for its registration; then a new code is asked for.
PROVED_FOR = timedelta(minutes=10)
# A cookie holds 4,096 bytes; whoever was on the way to a longer address goes home.
ONWARD_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold which number wants in, where it then goes on to, and when a code went out to it.

    `shown` is the code itself where the demo shows it, else empty; `sent_ms` is a POSIX time.
    """

    phone: str
    onward: str
    sent_ms: int = 0
    shown: str = ""

    def sent(self, *, shown: str, at: datetime) -> Self:
        """Return the same once a code is on its way."""
        return replace(self, sent_ms=_ms(at), shown=shown)

    def wait_s(self, at: datetime) -> int:
        """Return how many seconds are left before the next code may be asked for."""
        left_ms = self.sent_ms + codes.PER_NUMBER[0][0] // timedelta(milliseconds=1) - _ms(at)
        return max(0, -(-left_ms // 1000))

    def code_shown(self, at: datetime) -> str:
        """Return the code to show in the demo as long as it can be used."""
        return (
            self.shown if _ms(at) < self.sent_ms + codes.LIFE // timedelta(milliseconds=1) else ""
        )


def ask(request: HttpRequest, phone: str, *, onward: str) -> Asked:
    """Return who wants in; the same number again keeps what was sent to it."""
    before = asked(request)
    onward = onward if len(onward.encode()) <= ONWARD_MOST else "/"
    if before is not None and before.phone == phone:
        return replace(before, onward=onward)
    return Asked(phone, onward)


def keep(response: HttpResponse, what: Asked) -> HttpResponse:
    """Let the browser remember what was asked for."""
    sealed = ciphers.seal(msgspec.json.encode(asdict(what)), purpose=ASKED)
    return cookies.keep(response, ASKED, urlsafe_b64encode(sealed).decode(), lasts=ASKED_FOR)


def asked(request: HttpRequest) -> Asked | None:
    """Return what this browser has asked for, if it has asked for anything."""
    try:
        sealed = urlsafe_b64decode(cookies.read(request, ASKED))
        return msgspec.json.decode(ciphers.unseal(sealed, purpose=ASKED), type=Asked)
    except (BadBase64, ValueError, ciphers.Broken):
        return None


def prove(request: HttpRequest, what: Asked, *, at: datetime) -> None:
    """Let the proved number wait for its registration, in a session with a new key."""
    request.session.cycle_key()
    request.session[PROVED] = {"phone": what.phone, "onward": what.onward, "at_ms": _ms(at)}


def proved(request: HttpRequest, *, at: datetime) -> Asked | None:
    """Return the proved number, unless it has waited too long."""
    kept = request.session.get(PROVED)
    if not kept or _ms(at) >= kept["at_ms"] + PROVED_FOR // timedelta(milliseconds=1):
        return None
    return Asked(kept["phone"], kept["onward"])


def forget(request: HttpRequest) -> None:
    """Use up a proved number: she is in, or begins anew."""
    request.session.pop(PROVED, None)


def end(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what was asked for."""
    return cookies.forget(response, ASKED)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
