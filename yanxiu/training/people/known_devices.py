"""Know when and in which browsers somebody came in, so that she is told of a new one."""

from datetime import datetime

from yanxiu.foundation import ciphers, prepared
from yanxiu.training.people.models import Account, KnownDevice

_MEET = """
    WITH known AS (SELECT mark FROM people_knowndevice WHERE account_id = %(account)s),
    made AS (
        INSERT INTO people_knowndevice (account_id, mark, since)
        SELECT %(account)s, %(mark)s, %(at)s
        WHERE NOT EXISTS (SELECT FROM known WHERE mark = %(mark)s)
        ON CONFLICT DO NOTHING RETURNING id
    ),
    here AS (UPDATE people_account SET last_login = %(at)s WHERE id = %(account)s)
    SELECT EXISTS (SELECT FROM known) AND EXISTS (SELECT FROM made)
"""


def meet(account: Account, mark: str, *, at: datetime) -> bool:
    """Note that she is here, in this browser; tell whether it is new beside others known before.

    One statement: everybody who signs in passes here.
    """
    met = ciphers.fingerprint(mark, purpose="known device")
    with prepared.cursor() as cursor:
        cursor.execute(_MEET, {"account": account.pk, "mark": met, "at": at})
        return bool(cursor.fetchone()[0])


def forget(account: Account) -> None:
    """Forget them all: whoever comes in next comes in on a new one, and nobody is told."""
    KnownDevice.objects.filter(account=account).delete()
