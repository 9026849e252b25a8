"""Count wrong tries at checking, so that ten thousand guesses give nothing.

A try is written down before it is made and taken back when it was right: however many come at
once, no more than the allowed number of wrong ones is ever answered.
Numbers: docs/rules/checking.md.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from yanxiu.foundation import periods
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import refusals
from yanxiu.training.certificates.models import Guess

HOUR = timedelta(hours=1)
# Wrong numbers or codes that a network may give within an hour, and files that are not ours.
PER_NETWORK = 30
# Once all networks together were wrong this often within an hour, each has only a few tries.
CROWD, FEW = 10_000, 3
# Wrong names or digits that may be tried at one certificate in a day.
CLAIMS_A_DAY = 5
# Nothing looks back further than a day.
KEPT = timedelta(days=2)


def begin(kind: str, place: str, *, at: datetime) -> Guess:
    """Write a try down before it is made; raise a named refusal where there were too many."""
    most = _check(kind, place, at)
    guess = Guess.objects.create(kind=kind, place=place, at=at)
    # Others may have begun at the same moment: whoever then counts too many steps back.
    if _wrong(kind, place, at).count() > most:
        guess.delete()
        raise _refusal(kind, at, at)
    return guess


def was_right(guess: Guess) -> None:
    """Take a try back: only wrong ones count."""
    guess.delete()


def forget(*, at: datetime) -> int:
    """Delete the tries that no limit looks at any more; return how many."""
    return Guess.objects.filter(at__lt=at - KEPT).delete()[0]


def _check(kind: str, place: str, at: datetime) -> int:
    """Return how many tries the place has; raise where it has had them, at the cost of a query."""
    found = _wrong(kind, place, at).aggregate(many=Count("pk"), oldest=Min("at"))
    most = CLAIMS_A_DAY if kind == Guess.Kind.CLAIM else PER_NETWORK
    if FEW <= found["many"] < most and kind != Guess.Kind.CLAIM and _is_crowd(kind, at):
        most = FEW
    if found["many"] >= most:
        raise _refusal(kind, found["oldest"], at)
    return most


def _wrong(kind: str, place: str, at: datetime) -> QuerySet[Guess]:
    since = _today(at) if kind == Guess.Kind.CLAIM else at - HOUR
    return Guess.objects.filter(kind=kind, place=place, at__gt=since)


def _is_crowd(kind: str, at: datetime) -> bool:
    return Guess.objects.filter(kind=kind, at__gt=at - HOUR)[:CROWD].count() >= CROWD


def _refusal(kind: str, oldest: datetime, at: datetime) -> Refused:
    if kind == Guess.Kind.CLAIM:
        return refusals.TooManyClaims(**_wait(_today(at) + timedelta(days=1) - at))
    return refusals.TooManyGuesses(**_wait(oldest + HOUR - at))


def _wait(wait: timedelta) -> dict[str, int]:
    seconds = max(1, -int(-wait.total_seconds() // 1))
    return {"seconds": seconds, "minutes": -(-seconds // 60)}


def _today(at: datetime) -> datetime:
    return periods.starts(at.astimezone(periods.CHINA).date())
