"""Give the first rights, which nobody on a page can give: for whoever holds the database."""

from django.conf import settings

from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.people import accounts, factors, identities, masking, names, phones
from yanxiu.training.people.models import Account


def appoint(phone: str, *, name: str, node: str) -> str:
    """Make whoever is registered with a number officer of a region; return what was done.

    `name`, where it is given, must be hers: a wrong digit would give the right to a stranger.
    """
    account, region = _account(phone), _region(node)
    _check_name(account, name)
    try:
        grant = grants.appoint(account.person, region, at=clock.now())
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return (
        f"{_whom(account)} is officer of {region.name} ({grant.level}) from now on.\n"
        f"She enters at {settings.YANXIU_ADDRESS}/office/ and is asked there for a second factor."
    )


def dismiss(phone: str, *, node: str) -> str:
    """End a right over a region, and those who stand in for it; return what was done."""
    account, region, at = _account(phone), _region(node), clock.now()
    grant = Officer.objects.filter(
        grants.current(at), person=account.person, region=region, stands_in_for=None
    ).first()
    if grant is None:
        msg = f"{_whom(account)} is no officer of {region.name}"
        raise Misconfigured(msg)
    grants.dismiss(grant, at=at)
    return f"{_whom(account)} is officer of {region.name} no more."


def forget_factors(phone: str) -> str:
    """Forget somebody's second factors, for her device is lost; return what was done."""
    account = _account(phone)
    factors.reset(account, by=None, at=clock.now())
    return f"{_whom(account)} is signed out everywhere and sets a second factor anew."


def _account(phone: str) -> Account:
    try:
        account = accounts.known(phones.normalise(phone))
    except (phones.NotElevenDigits, phones.NotMainland) as error:
        msg = f"{phone} is no mobile number of the mainland"
        raise Misconfigured(msg) from error
    if account is None:
        msg = f"nobody is registered with {phone}: sign in once at {settings.YANXIU_ADDRESS} first"
        raise Misconfigured(msg)
    return account


def _region(code: str) -> Region:
    region = Region.objects.filter(code=code, valid_to=None).first()
    if region is None:
        msg = f"there is no region {code}; `yanxiu codes` loads them"
        raise Misconfigured(msg)
    return region


def _check_name(account: Account, name: str) -> None:
    identity = identities.current(account.person_id)
    known = identity.name if identity else ""
    if name and names.normalise(name) != known:
        said = f"is called {known}" if known else "has not given a name yet (个人信息)"
        msg = f"whoever is registered with {masking.phone(account.phone)} {said}: nothing was given"
        raise Misconfigured(msg)


def _whom(account: Account) -> str:
    identity = identities.current(account.person_id)
    phone = masking.phone(account.phone)
    return f"{identity.name} ({phone})" if identity else phone
