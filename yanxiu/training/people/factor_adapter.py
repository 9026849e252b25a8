"""Tell allauth how second factors are kept: sealed at rest, and called by our own names."""

import base64

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

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        """Return whose a passkey is, as her device will list it."""
        shown = masking.phone(user.phone)
        return {"id": user.pk.bytes, "name": shown, "display_name": shown}

    def _get_site_name(self) -> str:
        return str(settings.YANXIU_SITE_NAME)
