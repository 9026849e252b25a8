"""Know the browsers in which somebody was signed in before, so that a new one is told of."""

from datetime import datetime

from yanxiu.foundation import ciphers
from yanxiu.training.people.models import Account, KnownDevice


def meet(account: Account, mark: str, *, at: datetime) -> bool:
    """Note the browser with this mark; tell whether it is new beside others that were known."""
    met = ciphers.fingerprint(mark, purpose="known device")
    known = [
        bytes(each)
        for each in KnownDevice.objects.filter(account=account).values_list("mark", flat=True)
    ]
    if met in known:
        return False
    KnownDevice.objects.bulk_create(
        [KnownDevice(account=account, mark=met, since=at)], ignore_conflicts=True
    )
    return bool(known)


def forget(account: Account) -> None:
    """Forget them all: whoever comes in next comes in on a new one, and nobody is told."""
    KnownDevice.objects.filter(account=account).delete()
