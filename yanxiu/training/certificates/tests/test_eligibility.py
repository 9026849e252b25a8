"""Show when a certificate is due: all sixteen combinations, each reason with its owner."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from yanxiu.training.certificates import eligibility
from yanxiu.training.certificates.eligibility import Code, Owner, Reason, Standing

# 2025-09-15 00:00 in Shanghai.
RELEASED = datetime(2025, 9, 14, 16, tzinfo=UTC)
ENROLLED = datetime(2025, 7, 21, 1, tzinfo=UTC)
ASKED = datetime(2025, 8, 1, tzinfo=UTC)
CONFIRMED = Standing(done=True, owner=Owner.SCHOOL, since=None)
WAITING = Standing(done=False, owner=Owner.SCHOOL, since=ASKED)
REJECTED = Standing(done=False, owner=Owner.TEACHER, since=ASKED)

REASONS = (
    Reason(Code.NOT_ENROLLED, Owner.TEACHER, None),
    Reason(Code.HOURS_MISSING, Owner.TEACHER, ENROLLED),
    Reason(Code.NOT_VERIFIED, Owner.SCHOOL, ASKED),
    Reason(Code.BEFORE_RELEASE, Owner.PLATFORM, None),
)


@pytest.mark.parametrize("missing", list(product([False, True], repeat=4)))
def test_every_combination_tells_every_reason_in_the_order_of_the_way(
    missing: tuple[bool, ...],
) -> None:
    not_enrolled, no_hours, not_confirmed, early = missing
    found = eligibility.reasons(
        enrolled_at=None if not_enrolled else ENROLLED,
        hours_complete=not no_hours,
        verification=WAITING if not_confirmed else CONFIRMED,
        certificates_from=RELEASED,
        at=RELEASED - timedelta(microseconds=1) if early else RELEASED,
    )
    expected = [reason for reason, stands in zip(REASONS, missing, strict=True) if stands]
    assert [reason.code for reason in found] == [reason.code for reason in expected]
    assert [reason.owner for reason in found] == [reason.owner for reason in expected]


def test_reasons_say_since_when_they_stand() -> None:
    found = eligibility.reasons(
        enrolled_at=ENROLLED,
        hours_complete=False,
        verification=WAITING,
        certificates_from=RELEASED,
        at=ENROLLED,
    )
    assert found == REASONS[1:]


def test_a_refused_teacher_has_to_act_herself() -> None:
    [reason] = eligibility.reasons(
        enrolled_at=ENROLLED,
        hours_complete=True,
        verification=REJECTED,
        certificates_from=RELEASED,
        at=RELEASED,
    )
    assert reason == Reason(Code.NOT_VERIFIED, Owner.TEACHER, ASKED)
