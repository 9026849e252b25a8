"""Make the links by which a change of number is stopped or followed without signing in.

A link is the request's id with a mark that only we can make, for one use: whoever may follow a
request cannot stop it.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from yanxiu.foundation import ciphers
from yanxiu.training.organisations.models import PhoneChange

STOP, FOLLOW = "phone change stop", "phone change follow"
_PAGES = {STOP: "phone_change_stop", FOLLOW: "phone_change_way"}
_ID_BYTES, _MARK_BYTES = 16, 16


def token(change: PhoneChange, use: str) -> str:
    """Return what names the request in a link of this use."""
    return urlsafe_b64encode(change.id.bytes + _mark(change.id, use)).decode().rstrip("=")


def path(change: PhoneChange, use: str) -> str:
    """Return the path of the link."""
    return reverse(_PAGES[use], args=[token(change, use)])


def address(change: PhoneChange, use: str) -> str:
    """Return the whole link, as a text message needs it."""
    return settings.YANXIU_ADDRESS.rstrip("/") + path(change, use)


def find(text: str, use: str) -> PhoneChange | None:
    """Return the request that a link names, or None where we have not made it for this use."""
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    if len(plain) != _ID_BYTES + _MARK_BYTES:
        return None
    named = UUID(bytes=plain[:_ID_BYTES])
    if not hmac.compare_digest(plain[_ID_BYTES:], _mark(named, use)):
        return None
    whole = PhoneChange.objects.defer("picture").select_related("person__account", "post__school")
    return whole.filter(pk=named).first()


def _mark(named: UUID, use: str) -> bytes:
    return ciphers.fingerprint(str(named), purpose=use)[:_MARK_BYTES]
