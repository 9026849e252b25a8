"""Declare once who has to have a second factor: whoever may do what concerns others."""

from collections.abc import Callable
from datetime import datetime

from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account

type Duty = Callable[[Account, datetime], bool]


def _is_officer(account: Account, at: datetime) -> bool:
    """Tell whether somebody serves a node of the tree."""
    serves = getattr(account, "serves", None)
    return bool(grants.held(account.person_id, at=at)) if serves is None else bool(serves)


# Officers; whoever edits courses or answers at the help desk stands here as well.
DUTIES: tuple[Duty, ...] = (_is_officer,)


def require_factor(account: Account, *, at: datetime) -> bool:
    """Tell whether this account has to have a second factor."""
    return any(duty(account, at) for duty in DUTIES)
