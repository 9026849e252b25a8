"""Know when and in which browsers somebody came in, so that she is told of a new one."""

from datetime import datetime

from yanxiu.foundation import ciphers, prepared
from yanxiu.training.people.models import Account, KnownDevice

_MEET = """
    WITH known AS (SELECT mark FROM people_knowndevice WHERE account_id = %(account)s),
    made AS (
        INSERT INTO people_knowndevice (account_id, mark, since)
        SELECT %(account)s, %(mark)s, %(at)s WHERE NOT EXISTS (SELECT FROM known)
        ON CONFLICT DO NOTHING
    ),
    here AS (UPDATE people_account SET last_login = %(at)s WHERE id = %(account)s)
    SELECT EXISTS (SELECT FROM known) AND NOT EXISTS (SELECT FROM known WHERE mark = %(mark)s)
"""


def meet(account: Account, mark: str, *, at: datetime) -> bool:
    """Note that she is here; tell whether her browser is new beside others known before.

    Her first one is known from then on; a new one has to be added. One statement, which needs no
    transaction around it: everybody who signs in passes here.
    """
    with prepared.cursor() as cursor:
        cursor.execute(_MEET, {"account": account.pk, "mark": _seal(mark), "at": at})
        return bool(cursor.fetchone()[0])


def add(account: Account, mark: str, *, at: datetime) -> bool:
    """Know a new browser from now on; tell whether nobody else has just added it."""
    known = KnownDevice.objects
    return known.get_or_create(account=account, mark=_seal(mark), defaults={"since": at})[1]


def _seal(mark: str) -> bytes:
    return ciphers.fingerprint(mark, purpose="known device")


def forget(account: Account) -> None:
    """Forget them all: whoever comes in next comes in on a new one, and nobody is told."""
    KnownDevice.objects.filter(account=account).delete()
