"""Issue and take six-digit codes: five minutes, once, five tries, bound to number and purpose.

Nothing here looks up whether a number has an account, so known and unknown numbers get the same
answer in the same time. Numbers: docs/rules/codes.md.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.foundation import carriers, ciphers, ids, prepared
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import refusals, turns
from yanxiu.training.people.models import Code

LIFE = timedelta(minutes=5)
TRIES = 5
# How many codes a number may be sent within each period.
PER_NUMBER = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
NETWORK_PERIOD = timedelta(hours=1)
# No limit looks further back.
KEPT = PER_NUMBER[-1][0]

# One statement: on the first evening everybody passes here. It writes the code and says what was
# sent before it; where that is too much already, the code is taken back with the transaction.
_ISSUE = """
    WITH made AS (
        INSERT INTO people_code
            (id, phone, purpose, fingerprint, network, issued_at, expires_at, tries)
        VALUES (
            %(id)s, %(phone)s, %(purpose)s, %(fingerprint)s, %(network)s, %(at)s, %(until)s, 0
        )
    )
    SELECT
        ARRAY(
            SELECT issued_at FROM people_code
            WHERE phone = %(phone)s AND issued_at > %(kept_since)s ORDER BY issued_at DESC
        ),
        (
            SELECT count(*) FROM people_code
            WHERE network = %(network)s AND issued_at > %(network_since)s
        )
"""
# The newest code alone is good. Whoever comes second waits for the row and finds it used.
_TRY = """
    UPDATE people_code
    SET tries = tries + 1, used_at = CASE WHEN fingerprint = %(given)s THEN %(at)s::timestamptz END
    WHERE id = (
        SELECT id FROM people_code WHERE phone = %(phone)s AND purpose = %(purpose)s
        ORDER BY issued_at DESC, id DESC LIMIT 1
    )
    AND used_at IS NULL AND expires_at > %(at)s AND tries < %(tries)s
    RETURNING used_at IS NOT NULL, %(tries)s - tries
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Say how many codes one network may ask for in an hour."""

    per_network: int


def issue(phone: str, *, purpose: str, network: str, limits: Limits, at: datetime) -> str:
    """Send a fresh code to the number and return it; older ones for the purpose end.

    Raises `TooSoon` or `TooMany` where the number or the network has had enough, and
    `NotDelivered` where the message could not be sent.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        # Two requests of one number or network must see each other's rows.
        turns.wait(f"code:{network}", f"code:{phone}")
        sent, asked = _issued(phone, code, purpose=purpose, network=network, at=at)
        _within_limits(sent, asked, limits, at)
        message = carriers.TextMessage(phone, purpose, code, _text(code), at)
        transaction.on_commit(lambda: _carry(message))
    return code


def take(phone: str, code: str, *, purpose: str, at: datetime) -> None:
    """Use up the newest code of the number; raise `WrongCode`, `CodeExpired` or `TooManyTries`.

    Of any number of simultaneous right answers one succeeds: the first update holds the row, and
    the others find it used.
    """
    is_right, left = _tried(phone, purpose, _fingerprint(phone, purpose, code), at)
    if is_right:
        return
    if left is None:
        raise _closed(phone, purpose, at)
    raise refusals.WrongCode(left=left) if left else refusals.TooManyTries()


def sweep(*, at: datetime) -> int:
    """Delete the codes that no limit looks at any more, and with them who asked for them."""
    return Code.objects.filter(issued_at__lte=at - KEPT).delete()[0]


def _tried(phone: str, purpose: str, given: bytes, at: datetime) -> tuple[bool, int | None]:
    """Count a try and use up the code if it is right; returns how many tries are left after it.

    None are counted, and None are left, where no code is open any more.
    """
    with prepared.cursor() as cursor:
        cursor.execute(
            _TRY, {"phone": phone, "purpose": purpose, "given": given, "at": at, "tries": TRIES}
        )
        is_right, left = cursor.fetchone() or (False, None)
    return bool(is_right), left


def _closed(phone: str, purpose: str, at: datetime) -> Refused:
    """Return why no code of the number is open."""
    newest = Code.objects.filter(phone=phone, purpose=purpose).order_by("-issued_at", "-id").first()
    if newest is None or newest.used_at or newest.expires_at <= at:
        return refusals.CodeExpired()
    return refusals.TooManyTries()


def _carry(message: carriers.TextMessage) -> None:
    try:
        carriers.carrier().carry(message)
    except carriers.Undelivered as error:
        raise refusals.NotDelivered(seconds=_seconds(PER_NUMBER[0][0])) from error


def _issued(
    phone: str, code: str, *, purpose: str, network: str, at: datetime
) -> tuple[list[datetime], int]:
    """Write a code; return when the number was sent others, the newest first, and how many here."""
    facts: dict[str, str | bytes | datetime | UUID] = {
        "id": ids.uuid7(),
        "phone": phone,
        "purpose": purpose,
        "fingerprint": _fingerprint(phone, purpose, code),
        "network": network,
        "at": at,
        "until": at + LIFE,
        "kept_since": at - KEPT,
        "network_since": at - NETWORK_PERIOD,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_ISSUE, facts)
        sent, asked = cursor.fetchone()
    return sent, asked


def _within_limits(sent: list[datetime], asked: int, limits: Limits, at: datetime) -> None:
    for period, most in PER_NUMBER:
        within = [instant for instant in sent if instant > at - period]
        if len(within) >= most:
            wait = within[most - 1] + period - at
            raise (
                refusals.TooSoon(seconds=_seconds(wait))
                if most == 1
                else refusals.TooMany(minutes=_minutes(wait))
            )
    if asked >= limits.per_network:
        raise refusals.TooMany(minutes=_minutes(NETWORK_PERIOD))


def _seconds(wait: timedelta) -> int:
    return max(1, -int(-wait.total_seconds() // 1))


def _minutes(wait: timedelta) -> int:
    return max(1, -int(-wait.total_seconds() // 60))


def _fingerprint(phone: str, purpose: str, code: str) -> bytes:
    return ciphers.fingerprint(f"{purpose}:{phone}:{code}", purpose="code")


def _text(code: str) -> str:
    return _("【智慧研修】验证码 %(code)s，5 分钟内有效。请勿告诉他人。") % {"code": code}
