"""Find who is registered with a number, for whoever holds the database."""

from django.conf import settings

from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.people import accounts, identities, masking, names, phones
from yanxiu.training.people.models import Account


def account(phone: str) -> Account:
    """Return the account of a number."""
    try:
        found = accounts.known(phones.normalise(phone))
    except (phones.NotElevenDigits, phones.NotMainland) as error:
        msg = f"{phone} is no mobile number of the mainland"
        raise Misconfigured(msg) from error
    if found is None:
        msg = f"nobody is registered with {phone}: sign in once at {settings.YANXIU_ADDRESS} first"
        raise Misconfigured(msg)
    return found


def check_name(account: Account, name: str) -> None:
    """Raise `Misconfigured` where a name is given that is not hers."""
    identity = identities.current(account.person_id)
    known = identity.name if identity else ""
    if name and names.normalise(name) != known:
        said = f"is called {known}" if known else "has not given a name yet (个人信息)"
        msg = f"whoever is registered with {masking.phone(account.phone)} {said}: nothing was given"
        raise Misconfigured(msg)


def whom(account: Account) -> str:
    """Return who that is: her name, and the ends of her number."""
    identity = identities.current(account.person_id)
    phone = masking.phone(account.phone)
    return f"{identity.name} ({phone})" if identity else phone
