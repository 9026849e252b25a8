"""Know where somebody is signed in, and sign her out elsewhere.

A session is a row (`Session`) that knows its account, its device and its network; a row that is
gone opens nothing from the next request on. Rule: docs/rules/sessions.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from yanxiu.foundation import ciphers, prepared
from yanxiu.foundation.facts import spoken
from yanxiu.training.people import devices, refusals
from yanxiu.training.people.devices import Device
from yanxiu.training.people.models import Account, Person, Session
from yanxiu.training.trail import entries

# When somebody was last there is known this exactly: not every page needs to write it down.
SEEN_EVERY, ACCOUNT_EVERY = timedelta(minutes=5), timedelta(days=1)
MOST = 50
# All of a row but its key.
_WRITTEN = (
    *("session_data", "expire_date", "account", "device"),
    *("network", "began_at", "seen_at"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Be a session as its owner sees it; `handle` names it on the page, and opens nothing."""

    handle: str
    device: Device
    place: str
    began_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def listed(account: Account, *, this: str, at: datetime) -> list[Listed]:
    """Return where somebody is signed in: the session that asks first, then the latest."""
    found = Session.objects.filter(account=account, expire_date__gt=at)
    ordered = found.order_by(F("seen_at").desc(nulls_last=True), "session_key")
    shown = [_shown(row, this) for row in ordered.defer("session_data")[:MOST]]
    return sorted(shown, key=lambda each: not each.is_this)


@transaction.atomic
def end(account: Account, handle: str, *, at: datetime) -> None:
    """End the session of that handle; raise `SessionOver` where there is none."""
    keys = Session.objects.filter(account=account).values_list("session_key", flat=True)
    wanted = [key for key in keys if _handle(key) == handle]
    if not Session.objects.filter(session_key__in=wanted).delete()[0]:
        raise refusals.SessionOver
    _note("session_ended", account, by=account.person, at=at)


@transaction.atomic
def end_others(account: Account, *, keep: str, at: datetime) -> int:
    """End every session but the one of that key; return how many were open."""
    ended: int = Session.objects.filter(account=account).exclude(session_key=keep).delete()[0]
    if ended:
        _note("sessions_ended", account, by=account.person, at=at)
    return ended


def end_all(account: Account) -> int:
    """End every session of an account; its caller says why."""
    return Session.objects.filter(account=account).delete()[0]


def delete(key: str) -> None:
    """End the session of this key."""
    Session.objects.filter(session_key=key).delete()


def write(row: Session, *, is_new: bool) -> None:
    """Write a session's row in one statement; `DatabaseError` where it was ended meanwhile."""
    if is_new:
        prepared.insert(row)
    else:
        row.save(force_update=True, update_fields=_WRITTEN)


def see(key: str, *, at: datetime) -> None:
    """Note that somebody was here; once a day her account remembers it beyond the session."""
    Session.objects.filter(session_key=key).update(seen_at=at)
    stale = Account.objects.filter(sessions__session_key=key, last_login__lte=at - ACCOUNT_EVERY)
    stale.update(last_login=at)


def sweep(*, at: datetime) -> int:
    """Delete the sessions that have run out."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]


def _shown(row: Session, this: str) -> Listed:
    return Listed(
        handle=_handle(row.session_key),
        device=_spoken(devices.read(row.device)),
        place=row.network,
        began_at=row.began_at,
        seen_at=row.seen_at,
        is_this=row.session_key == this,
    )


def _spoken(device: Device) -> Device:
    return Device(str(spoken(device.program)), str(spoken(device.system)))


def _handle(key: str) -> str:
    return ciphers.fingerprint(key, purpose="session").hex()[:24]


def _note(verb: str, account: Account, *, by: Person, at: datetime) -> None:
    entries.record(verb, subject=("person", account.person_id), by=by.id, at=at)
