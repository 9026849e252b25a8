"""Speak WebAuthn through allauth: what a device is asked, and whether its answer is hers."""

import struct
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.utils import websafe_decode

from yanxiu.training.people import factor_adapter, factors, refusals
from yanxiu.training.people.models import Account

type Answer = dict[str, Any]

# Whatever a stranger sends instead of a device's answer ends in one of these.
_NONSENSE = (
    *(ValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
    *(AssertionError, struct.error, InvalidSignature),
)


def are_made_here() -> bool:
    """Tell whether browsers make passkeys at this address: they do for names alone."""
    return not factor_adapter.is_bare(factor_adapter.home())


def port(request: HttpRequest) -> int:
    """Return the port that a browser has called, 80 where it has named none."""
    return urlsplit(f"//{request.get_host()}").port or 80


def wanted_new(account: Account) -> dict[str, Any]:
    """Return what a device is asked for a new passkey; the session keeps the challenge.

    It is to keep it under our name, and to make sure of its owner: so it signs in by itself.
    """
    return dict(auth.begin_registration(account, passwordless=True))


def wanted_of_anybody() -> dict[str, Any]:
    """Return what a device is asked for that signs in: any passkey of ours, its owner present."""
    return dict(auth.begin_authentication(None))


def wanted(account: Account) -> dict[str, Any]:
    """Return what a device is asked to prove; the session keeps the challenge."""
    return dict(auth.begin_authentication(account))


def keep(account: Account, answer: Answer, *, name: str, at: datetime) -> None:
    """Keep the passkey that a device has made; raise `PasskeyRefused` for anything else."""
    try:
        auth.parse_registration_response(answer)
        auth.complete_registration(answer)
        made = _only(answer, "clientDataJSON", "attestationObject")
    except _NONSENSE as error:
        raise refusals.PasskeyRefused from error
    factors.add_passkey(account, name, made, at=at)


def take(account: Account, answer: Answer, *, at: datetime) -> None:
    """Take a device's proof; raise `PasskeyRefused` for anything else, and for one used before."""
    try:
        auth.parse_authentication_response(answer)
        passkey = auth.complete_authentication(account, answer)
    except _NONSENSE as error:
        raise refusals.PasskeyRefused from error
    factors.used(passkey, at=at)


def sign_in(answer: Answer, *, at: datetime) -> Account:
    """Return whose passkey a device has proved; raise `PasskeyRefused` for anything else."""
    try:
        handle = websafe_decode(answer["response"]["userHandle"])
        account = Account.objects.filter(pk=UUID(bytes=handle), is_active=True).first()
    except _NONSENSE as error:
        raise refusals.PasskeyRefused from error
    if account is None:
        raise refusals.PasskeyRefused
    take(account, answer, at=at)
    return account


def _only(answer: Answer, *fields: str) -> Answer:
    """Return what has been checked of an answer, and nothing else that came along."""
    told = {field: answer["response"][field] for field in fields}
    return {name: answer[name] for name in ("id", "rawId", "type")} | {"response": told}
