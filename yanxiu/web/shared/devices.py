"""Keep the people of one device apart without telling the device who they are."""

from django.http import HttpRequest

from yanxiu.foundation import ciphers
from yanxiu.web.shared import access

# How much of a fingerprint is enough to keep the people of one device apart.
OWNER_CHARACTERS = 16


def owner(request: HttpRequest) -> str:
    """Return under what name a device keeps what is this person's; empty for a visitor."""
    person_id = access.person_id(request)
    if person_id is None:
        return ""
    return ciphers.fingerprint(str(person_id), purpose="player").hex()[:OWNER_CHARACTERS]
