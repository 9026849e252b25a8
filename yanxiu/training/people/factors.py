"""Keep second factors: codes of an app, passkeys, recovery codes; each code is taken once.

Authenticators and their secrets are allauth's; numbers: docs/rules/rights.md.
"""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import refusals, sessions
from yanxiu.training.people.models import Account, FactorTry, Person
from yanxiu.training.trail import entries

# RFC 6238: a step of 30 s; one step of drift either way is forgiven (section 5.2).
STEP_S, DRIFT = 30, 1
SECRET_BYTES = 20
# So many wrong codes within the period, and nobody may try until it has passed.
TRIES, PERIOD = 5, timedelta(minutes=15)

APP, PASSKEY, RECOVERY = (
    *(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN),
    Authenticator.Type.RECOVERY_CODES,
)


def new_secret() -> str:
    """Return a fresh secret for an app, in base 32."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def of(account: Account) -> QuerySet[Authenticator]:
    """Return an account's apps and passkeys, the oldest first."""
    found = Authenticator.objects.filter(user=account, type__in=(APP, PASSKEY))
    ordered: QuerySet[Authenticator] = found.order_by("created_at", "id")
    return ordered


def there() -> Exists:
    """Return whether an account has an app or a passkey, for a query of accounts."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=(APP, PASSKEY)))


def has_one(account: Account) -> bool:
    """Tell whether an account has an app or a passkey; asks nothing where `accounts.known` has."""
    told: bool | None = getattr(account, "has_factor", None)
    return of(account).exists() if told is None else told


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes an account has not used."""
    kept = Authenticator.objects.filter(user=account, type=RECOVERY).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


def add_app(account: Account, secret: str, code: str, *, at: datetime) -> None:
    """Keep an app's secret once one of its codes has proved that the app has it."""
    step = _step(secret, code, at=at)
    if step is None:
        raise refusals.AppDiffers
    _add(account, APP, {"secret": encrypt(secret), "step": step}, at=at)


def lend(person: Person, *, at: datetime) -> None:
    """Give somebody of the demo an app whose codes the demo's page shows; once."""
    account = person.account
    if not of(account).exists():
        data = {"secret": encrypt(new_secret()), "step": 0, "is_shown": True}
        _add(account, APP, data, at=at)


def add_passkey(account: Account, name: str, credential: object, *, at: datetime) -> None:
    """Keep a passkey that its device has just made for us."""
    _add(account, PASSKEY, {"name": name, "credential": credential}, at=at)


def shown_code(account: Account, *, at: datetime) -> str:
    """Return the code that a lent app shows now, the next where that is used up; "" without one."""
    app = Authenticator.objects.filter(user=account, type=APP, data__is_shown=True).first()
    if app is None:
        return ""
    step = max(_now(at), app.data["step"] + 1)
    return _code(decrypt(app.data["secret"]), step) if step <= _now(at) + DRIFT else ""


def take(account: Account, code: str, *, at: datetime) -> None:
    """Take a code of the app or a recovery code; raise `WrongFactor` or `TooManyFactors`.

    Of any number of simultaneous right answers one succeeds: they wait for the account's row.
    """
    with transaction.atomic():
        refusal = _take(account, code, at=at)
    if refusal:
        raise refusal


def used(passkey: Authenticator, *, at: datetime) -> None:
    """Note that a passkey has proved who is there."""
    Authenticator.objects.filter(pk=passkey.pk).update(last_used_at=at)


@transaction.atomic
def renew_recovery_codes(account: Account, *, at: datetime) -> list[str]:
    """Replace the recovery codes and return the new ones; they are shown this once."""
    Authenticator.objects.filter(user=account, type=RECOVERY).delete()
    codes = RecoveryCodes.activate(account).generate_codes()
    _note("recovery_codes_renewed", account, by=account.person, at=at)
    return list(codes)


@transaction.atomic
def remove(account: Account, factor_id: int, *, may_be_last: bool = False, at: datetime) -> None:
    """Forget an app or a passkey; who has to have one keeps the last, or could not come in again.

    With the last one go the recovery codes: they stand in for it, and for nothing else.
    """
    Account.objects.select_for_update(no_key=True, of=("self",)).get(pk=account.pk)
    factor = of(account).filter(pk=factor_id).first()
    if factor is None:
        return
    if of(account).count() == 1:
        if not may_be_last:
            raise refusals.LastFactor
        Authenticator.objects.filter(user=account, type=RECOVERY).delete()
    factor.delete()
    _note("factor_removed", account, by=account.person, at=at, kind=factor.type)


@transaction.atomic
def reset(account: Account, *, by: Person | None, at: datetime) -> None:
    """Forget every second factor and end every session: the device was lost, or stolen.

    `by` is nobody where whoever holds the database does it.
    """
    Authenticator.objects.filter(user=account).delete()
    sessions.end_all(account)
    _note("factors_forgotten", account, by=by, at=at)


def _take(account: Account, code: str, *, at: datetime) -> Refused | None:
    Account.objects.select_for_update(no_key=True, of=("self",)).get(pk=account.pk)
    tries = FactorTry.objects.filter(person=account.person_id, at__gt=at - PERIOD)
    wrong = list(tries.order_by("-at")[:TRIES].values_list("at", flat=True))
    if len(wrong) >= TRIES:
        return refusals.TooManyFactors(minutes=_minutes(wrong[-1] + PERIOD - at))
    if _fits(account, code, at=at):
        FactorTry.objects.filter(person=account.person_id).delete()
        return None
    FactorTry.objects.create(person_id=account.person_id, at=at)
    left = TRIES - len(wrong) - 1
    return refusals.WrongFactor(left=left) if left else refusals.TooManyFactors(minutes=15)


def _fits(account: Account, code: str, *, at: datetime) -> bool:
    kept = {each.type: each for each in Authenticator.objects.filter(user=account)}
    app, recovery = kept.get(APP), kept.get(RECOVERY)
    step = _step(decrypt(app.data["secret"]), code, at=at) if app else None
    if app and step and step > app.data["step"]:
        data = app.data | {"step": step}
        Authenticator.objects.filter(pk=app.pk).update(data=data, last_used_at=at)
        return True
    return bool(recovery and RecoveryCodes(recovery).validate_code(code))


def _step(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the step whose code this is, the newest that is near enough, or None."""
    near = range(_now(at) + DRIFT, _now(at) - DRIFT - 1, -1)
    fits = (s for s in near if hmac.compare_digest(_code(secret, s).encode(), code.encode()))
    return next(fits, None)


def _code(secret: str, step: int) -> str:
    return str(format_hotp_value(hotp_value(secret, step)))


def _now(at: datetime) -> int:
    return int(at.timestamp()) // STEP_S


def _minutes(wait: timedelta) -> int:
    return max(1, -int(-wait.total_seconds() // 60))


@transaction.atomic
def _add(account: Account, kind: str, data: dict[str, Any], *, at: datetime) -> None:
    try:
        with transaction.atomic():
            Authenticator.objects.create(user=account, type=kind, data=data, created_at=at)
    except IntegrityError as error:
        raise refusals.HasApp from error
    _note("factor_added", account, by=account.person, at=at, kind=kind)


def _note(verb: str, account: Account, *, by: Person | None, at: datetime, kind: str = "") -> None:
    detail: dict[str, object] = {"kind": kind} if kind else {}
    subject = ("person", account.person_id)
    entries.record(verb, subject=subject, by=by.id if by else None, at=at, detail=detail)
