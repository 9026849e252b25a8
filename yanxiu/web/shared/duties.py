"""Declare once who has to have a second factor: whoever may do what concerns others."""

from collections.abc import Callable
from datetime import datetime

from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account
from yanxiu.training.support import agents

type Duty = Callable[[Account, datetime], bool]


def _is_officer(account: Account, at: datetime) -> bool:
    """Tell whether somebody serves a node of the tree."""
    serves = getattr(account, "serves", None)
    return bool(grants.held(account.person_id, at=at)) if serves is None else bool(serves)


def _is_agent(account: Account, at: datetime) -> bool:
    """Tell whether somebody answers at the help desk."""
    answers = getattr(account, "answers", None)
    return agents.held(account.person_id, at=at) is not None if answers is None else bool(answers)


# Officers and agents; whoever edits courses stands here as well.
DUTIES: tuple[Duty, ...] = (_is_officer, _is_agent)


def require_factor(account: Account, *, at: datetime) -> bool:
    """Tell whether this account has to have a second factor."""
    return any(duty(account, at) for duty in DUTIES)
