"""Let people sign in with a password beside the code: set, change, forget, and take one.

Whoever tries is told the same, in the same time, whether a number has an account, a password, or
neither: each try costs the same statements and one hash. Tries are counted by number and network,
so that nobody keeps the owner out from elsewhere; a code always lets her in.
Numbers: docs/rules/passwords.md.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction
from django.db.models import Q

from yanxiu.foundation import ciphers, prepared
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import accounts, password_rules, refusals, sessions
from yanxiu.training.people.hashing import Argon2id
from yanxiu.training.people.models import Account, Identity, PasswordTry, Session
from yanxiu.training.trail import entries

# Wrong passwords of one number from one network, of one network for whatever numbers, and of one
# number from wherever she has never been signed in.
PER_PLACE, PLACE_PERIOD = 10, timedelta(minutes=15)
PER_NETWORK, NETWORK_PERIOD = 300, timedelta(hours=1)
PER_NUMBER, NUMBER_PERIOD = 100, timedelta(hours=24)
KEPT = max(PLACE_PERIOD, NETWORK_PERIOD, NUMBER_PERIOD)

# By hand, for everybody who signs in with a password passes here: two statements before the hash
# and one after it, none of which needs a transaction around it.
_BEGIN = """
    INSERT INTO people_passwordtry (number, network, at) VALUES (%(number)s, %(network)s, %(at)s)
    RETURNING id
"""
_COUNT = """
    SELECT
        (
            SELECT count(*) FROM people_passwordtry
            WHERE number = %(number)s AND network = %(network)s AND at > %(place)s
        ),
        (SELECT count(*) FROM people_passwordtry WHERE network = %(network)s AND at > %(hour)s),
        (SELECT count(*) FROM people_passwordtry WHERE number = %(number)s AND at > %(day)s)
"""
_FORGIVE = "DELETE FROM people_passwordtry WHERE number = %(number)s AND network = %(network)s"

_hasher = Argon2id()


class Try(NamedTuple):
    """Be a try that has been counted: whose number, sealed, from which network."""

    number: bytes
    network: str


def has_one(account: Account) -> bool:
    """Tell whether an account has a password at all."""
    return account.has_usable_password()


def check(account: Account | None, text: str, *, personal: tuple[str, ...] = ()) -> str:
    """Return a password in its normal form; raise `UnfitPassword` with what is wrong with it.

    `account` is None for one that is about to be opened.
    """
    hers = (account.phone, *_names(account)) if account else ()
    found = password_rules.find(text, common=_common(), personal=(*hers, *personal))
    if found:
        raise refusals.UnfitPassword(found)
    return password_rules.normalise(text)


@transaction.atomic
def put(account: Account, plain: str, *, keep: str, at: datetime) -> None:
    """Set or change the password; every session but the one named `keep` ends.

    `plain` comes from `check`. The account's row says so; whoever holds it in hand has it too.
    """
    account.password = _hasher.encode(plain)
    Account.objects.filter(pk=account.pk).update(password=account.password)
    sessions.end_others(account, keep=keep, at=at)
    _note("password_set", account, at=at)


@transaction.atomic
def forget(account: Account, *, keep: str, at: datetime) -> None:
    """Sign in by code alone from now on; every session but the one named `keep` ends."""
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(password=account.password)
    sessions.end_others(account, keep=keep, at=at)
    _note("password_forgotten", account, at=at)


def take(phone: str, text: str, *, network: str, at: datetime) -> Account:
    """Return the account whose number and password these are.

    Raises `WrongPassword`, or `TooManyPasswords` where this network has tried too often.
    """
    tried = begin(phone, home={"account__phone": phone}, network=network, at=at)
    account = accounts.known(phone)
    if not fits(account, text) or account is None:
        raise refusals.WrongPassword
    forgive(tried)
    renew(account, text)
    return account


def fits(account: Account | None, text: str) -> bool:
    """Tell whether this is the password of an account; it takes as long where there is none."""
    usable = account is not None and has_one(account) and account.is_active
    encoded = account.password if account and usable else _nobodys()
    typed = password_rules.normalise(text[: password_rules.MOST + 1])
    return _hasher.verify(typed, encoded) and usable


def renew(account: Account, text: str) -> None:
    """Hash a password that has just been right anew where it was hashed with other parameters."""
    if _hasher.must_update(account.password):
        account.password = _hasher.encode(password_rules.normalise(text))
        account.save(update_fields=["password"])


def forgive(tried: Try) -> None:
    """Forget the tries of whoever has given the right password at last."""
    with prepared.cursor() as cursor:
        cursor.execute(_FORGIVE, tried._asdict())


def sweep(*, at: datetime) -> int:
    """Delete the tries that no limit looks at any more."""
    return PasswordTry.objects.filter(at__lte=at - KEPT).delete()[0]


def begin(number: str, *, home: Mapping[str, object], network: str, at: datetime) -> Try:
    """Count the try before it is known to be wrong, so that parallel ones are counted too.

    It is written for all to see before any are counted (so not within a transaction), and nobody
    waits for another's: of those that come at the same time no more than the limit go on, and
    rather fewer. `home` finds the sessions of the number's owner. Raises as `take` does; what is
    refused is not counted.
    """
    tried = Try(_key(number), network)
    facts: dict[str, bytes | str | datetime] = {
        **tried._asdict(),
        "at": at,
        "place": at - PLACE_PERIOD,
        "hour": at - NETWORK_PERIOD,
        "day": at - NUMBER_PERIOD,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_BEGIN, facts)
        [row_id] = cursor.fetchone()
        cursor.execute(_COUNT, facts)
        here, network_wide, anywhere = cursor.fetchone()
    refused = _refused(here, network_wide)
    if not refused and anywhere > PER_NUMBER and not _is_at_home(home, network):
        refused = refusals.CodeInstead()
    if refused:
        PasswordTry.objects.filter(pk=row_id).delete()
        raise refused
    return tried


def _refused(here: int, network_wide: int) -> Refused | None:
    """Return what is said to a network that has tried too often, this time included."""
    if here > PER_PLACE:
        return refusals.TooManyPasswords(minutes=_minutes(PLACE_PERIOD))
    if network_wide > PER_NETWORK:
        return refusals.TooManyPasswords(minutes=_minutes(NETWORK_PERIOD))
    return None


def _is_at_home(home: Mapping[str, object], network: str) -> bool:
    """Tell whether the owner is signed in from this network."""
    return Session.objects.filter(Q(**home), network=network).exists()


def _names(account: Account) -> list[str]:
    known = Identity.objects.filter(person=account.person_id, until=None)
    return list(known.values_list("name", flat=True))


@cache
def _common() -> frozenset[str]:
    """Return the passwords that are guessed first: Django's list of twenty thousand."""
    return frozenset(CommonPasswordValidator().passwords)


@cache
def _nobodys() -> str:
    """Return a hash that no password fits, for numbers without one."""
    return _hasher.encode("\x00" * password_rules.MOST)


def _key(phone: str) -> bytes:
    return ciphers.fingerprint(phone, purpose="password try")


def _minutes(period: timedelta) -> int:
    return int(period.total_seconds() // 60)


def _note(verb: str, account: Account, *, at: datetime) -> None:
    entries.record(verb, subject=("person", account.person_id), by=account.person_id, at=at)
