"""Tell allauth how second factors are kept: sealed at rest, and called by our own names."""

import base64
import ipaddress
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from yanxiu.foundation import ciphers
from yanxiu.training.people import masking
from yanxiu.training.people.models import Account

PURPOSE = "second factor"


class Adapter(DefaultMFAAdapter):
    """Seal secrets with our ciphers; passkeys are made for this site and a masked number."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return base64.b64encode(ciphers.seal(text.encode(), purpose=PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret that was stored; raise `ciphers.Broken` for anything else."""
        return ciphers.unseal(base64.b64decode(encrypted_text), purpose=PURPOSE).decode()

    def get_totp_label(self, user: Account) -> str:
        """Return whose codes they are, as the app will list them."""
        return masking.phone(user.phone)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whose passkeys are, as devices keep them: those of the platform's name."""
        return {"id": home(), "name": self._get_site_name()}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        """Return whose a passkey is, as her device will list it."""
        shown = masking.phone(user.phone)
        return {"id": user.pk.bytes, "name": shown, "display_name": shown}

    def _get_site_name(self) -> str:
        return str(settings.YANXIU_SITE_NAME)


def home() -> str:
    """Return the name to which passkeys belong: the public one, whatever a proxy calls us.

    A platform without one, as the demo, takes the name by which the browser has called it.
    """
    public = urlsplit(settings.YANXIU_ADDRESS).hostname or ""
    if not is_bare(public):
        return public
    return urlsplit(f"//{context.request.get_host()}").hostname or ""


def is_bare(host: str) -> bool:
    """Tell whether a host is the number of a machine: browsers make no passkey for one."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return not host
    return True
