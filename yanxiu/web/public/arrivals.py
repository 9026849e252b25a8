"""Remember in the session how far somebody is on the way in: asked for a code, proved a number."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest

from yanxiu.training.people import codes

ASKED, PROVED = "arrival_asked", "arrival_proved"
# A proved number waits this long for its registration; then a new code is asked for.
PROVED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold which number wants in, where it then goes on to, and when a code went out to it.

    `shown` is the code itself where the demo shows it, else empty; `sent_ms` is a POSIX time.
    """

    phone: str
    onward: str
    sent_ms: int = 0
    shown: str = ""

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
    """Remember the number that wants in; the same number again keeps what was sent to it."""
    before = asked(request)
    same = before is not None and before.phone == phone
    now = replace(before, onward=onward) if same and before else Asked(phone, onward)
    request.session[ASKED] = asdict(now)
    return now


def sent(request: HttpRequest, what: Asked, *, shown: str, at: datetime) -> None:
    """Remember that a code is on its way."""
    request.session[ASKED] = asdict(replace(what, sent_ms=_ms(at), shown=shown))


def asked(request: HttpRequest) -> Asked | None:
    """Return what was asked for in this session, if anything was."""
    kept = request.session.get(ASKED)
    return Asked(**kept) if kept else None


def prove(request: HttpRequest, what: Asked, *, at: datetime) -> None:
    """Let the proved number wait for its registration, in a session with a new key."""
    request.session.pop(ASKED, None)
    request.session.cycle_key()
    request.session[PROVED] = {"phone": what.phone, "onward": what.onward, "at_ms": _ms(at)}


def proved(request: HttpRequest, *, at: datetime) -> Asked | None:
    """Return the proved number, unless it has waited too long."""
    kept = request.session.get(PROVED)
    if not kept or _ms(at) >= kept["at_ms"] + PROVED_FOR // timedelta(milliseconds=1):
        return None
    return Asked(kept["phone"], kept["onward"])


def forget(request: HttpRequest) -> None:
    """Forget all of it: she is in, or begins anew."""
    for key in (ASKED, PROVED):
        request.session.pop(key, None)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
