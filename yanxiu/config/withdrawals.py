"""Take a lesson off, for whoever runs the machine."""

from uuid import UUID

from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.learning import withdrawals

WHY_MOST = 100


def withdraw(lesson: str, *, why: str) -> str:
    """Withdraw the lesson; return how many people had begun it."""
    if not why.strip() or len(why) > WHY_MOST:
        msg = f"--why is what everybody may read: 1 to {WHY_MOST} characters"
        raise Misconfigured(msg)
    try:
        closed = withdrawals.withdraw(UUID(lesson), sentence=why.strip(), at=clock.now())
    except ValueError as error:
        msg = f"a lesson is named by the id in its address, not {lesson!r}"
        raise Misconfigured(msg) from error
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return f"withdrawn; {closed} people had opened it, and keep what they have earned"
