"""Show when a certificate is due: all combinations, each reason with its owner and its age."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from yanxiu.training.certificates import eligibility
from yanxiu.training.certificates.eligibility import Case, Code, Owner, Reason, Standing

# 2025-09-15 00:00 in Shanghai.
RELEASED = datetime(2025, 9, 14, 16, tzinfo=UTC)
ENROLLED = datetime(2025, 7, 21, 1, tzinfo=UTC)
ASKED = datetime(2025, 8, 1, tzinfo=UTC)
CHANGED = datetime(2025, 8, 20, tzinfo=UTC)
HELD = datetime(2025, 9, 2, tzinfo=UTC)
APPROVED = datetime(2025, 9, 3, tzinfo=UTC)

DUE = Case(
    enrolled_at=ENROLLED,
    hours_complete=True,
    verification=Standing(done=True, owner=Owner.SCHOOL, since=None),
    certificates_from=RELEASED,
)
WAITING = Standing(done=False, owner=Owner.SCHOOL, since=ASKED)
ANOTHER = Standing(done=False, owner=Owner.COUNTY, since=CHANGED)
ON_HOLD = Standing(done=False, owner=Owner.COUNTY, since=HELD)

REASONS = (
    Reason(Code.NOT_ENROLLED, Owner.TEACHER, None),
    Reason(Code.HOURS_MISSING, Owner.TEACHER, ENROLLED),
    Reason(Code.NOT_VERIFIED, Owner.SCHOOL, ASKED),
    Reason(Code.IDENTITY_CHANGED, Owner.COUNTY, CHANGED),
    Reason(Code.ON_HOLD, Owner.COUNTY, HELD),
    Reason(Code.PHONE_CHANGING, Owner.PLATFORM, APPROVED),
    Reason(Code.BEFORE_RELEASE, Owner.PLATFORM, None),
)


@pytest.mark.parametrize("missing", list(product([False, True], repeat=7)))
def test_every_combination_tells_every_reason_in_the_order_of_the_way(
    missing: tuple[bool, ...],
) -> None:
    not_enrolled, no_hours, not_confirmed, another, held, phone, early = missing
    case = replace(
        DUE,
        enrolled_at=None if not_enrolled else ENROLLED,
        hours_complete=not no_hours,
        verification=WAITING if not_confirmed else DUE.verification,
        identity=ANOTHER if another else DUE.identity,
        hold=ON_HOLD if held else DUE.hold,
        phone_changing_since=APPROVED if phone else None,
    )
    at = RELEASED - timedelta(microseconds=1) if early else RELEASED
    found = eligibility.reasons(case, at=at)
    expected = [reason for reason, stands in zip(REASONS, missing, strict=True) if stands]
    assert [(reason.code, reason.owner) for reason in found] == [
        (reason.code, reason.owner) for reason in expected
    ]


def test_reasons_say_since_when_they_stand() -> None:
    case = replace(
        DUE,
        hours_complete=False,
        verification=WAITING,
        identity=ANOTHER,
        hold=ON_HOLD,
        phone_changing_since=APPROVED,
    )
    assert eligibility.reasons(case, at=ENROLLED) == REASONS[1:]


def test_a_refused_teacher_has_to_act_herself() -> None:
    rejected = Standing(done=False, owner=Owner.TEACHER, since=ASKED)
    [reason] = eligibility.reasons(replace(DUE, verification=rejected), at=RELEASED)
    assert reason == Reason(Code.NOT_VERIFIED, Owner.TEACHER, ASKED)


def test_nothing_against_it_means_due() -> None:
    assert eligibility.reasons(DUE, at=RELEASED) == ()
