"""Name who answers at the help desk, its leads above all: for whoever holds the database."""

from django.conf import settings

from yanxiu.config import registered
from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.support import agents
from yanxiu.training.support.models import Agent


def appoint(phone: str, *, name: str, lead: bool) -> str:
    """Let whoever is registered with a number answer at the desk; return what was done.

    `name`, where it is given, must be hers: a wrong digit would give the right to a stranger.
    """
    account = registered.account(phone)
    registered.check_name(account, name)
    role = Agent.Role.LEAD if lead else Agent.Role.AGENT
    try:
        agents.appoint(account.person, role, by=None, at=clock.now())
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return (
        f"{registered.whom(account)} answers at the help desk ({role}) from now on.\n"
        f"She enters at {settings.YANXIU_ADDRESS}/desk/ and is asked there for a second factor."
    )


def dismiss(phone: str) -> str:
    """End somebody's right, and put back what she has in hand; return what was done."""
    account, at = registered.account(phone), clock.now()
    right = agents.held(account.person_id, at=at)
    if right is None:
        msg = f"{registered.whom(account)} does not answer at the help desk"
        raise Misconfigured(msg)
    agents.dismiss(right, by=None, at=at)
    return f"{registered.whom(account)} answers at the help desk no more."
