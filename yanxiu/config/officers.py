"""Give the first rights, which nobody on a page can give: for whoever holds the database."""

from django.conf import settings

from yanxiu.config import registered
from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.people import factors


def appoint(phone: str, *, name: str, node: str) -> str:
    """Make whoever is registered with a number officer of a region; return what was done.

    `name`, where it is given, must be hers: a wrong digit would give the right to a stranger.
    """
    account, region = registered.account(phone), _region(node)
    registered.check_name(account, name)
    try:
        grant = grants.appoint(account.person, region, at=clock.now())
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return (
        f"{registered.whom(account)} is officer of {region.name} ({grant.level}) from now on.\n"
        f"She enters at {settings.YANXIU_ADDRESS}/office/ and is asked there for a second factor."
    )


def dismiss(phone: str, *, node: str) -> str:
    """End a right over a region, and those who stand in for it; return what was done."""
    account, region, at = registered.account(phone), _region(node), clock.now()
    grant = Officer.objects.filter(
        grants.current(at), person=account.person, region=region, stands_in_for=None
    ).first()
    if grant is None:
        msg = f"{registered.whom(account)} is no officer of {region.name}"
        raise Misconfigured(msg)
    grants.dismiss(grant, at=at)
    return f"{registered.whom(account)} is officer of {region.name} no more."


def forget_factors(phone: str) -> str:
    """Forget somebody's second factors, for her device is lost; return what was done."""
    account = registered.account(phone)
    factors.reset(account, by=None, at=clock.now())
    return f"{registered.whom(account)} is signed out everywhere and sets a second factor anew."


def _region(code: str) -> Region:
    region = Region.objects.filter(code=code, valid_to=None).first()
    if region is None:
        msg = f"there is no region {code}; `yanxiu codes` loads them"
        raise Misconfigured(msg)
    return region
