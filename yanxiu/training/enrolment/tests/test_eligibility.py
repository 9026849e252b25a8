"""Show who may enrol: every combination of what may stand against it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from yanxiu.training.enrolment import eligibility
from yanxiu.training.enrolment.eligibility import Reason, Window

# 2025-07-20 00:00 to 2025-10-01 00:00 in Shanghai: the last day belongs to it.
WINDOW = Window(datetime(2025, 7, 19, 16, tzinfo=UTC), datetime(2025, 9, 30, 16, tzinfo=UTC))
INSIDE = datetime(2025, 8, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def reasons(
    *,
    is_teacher: bool = True,
    has_identity: bool = True,
    serve: tuple[str, ...] = ("basic",),
    at: datetime = INSIDE,
) -> tuple[Reason, ...]:
    return eligibility.reasons(
        is_teacher=is_teacher,
        has_identity=has_identity,
        schools_serve=serve,
        serves="basic",
        window=WINDOW,
        at=at,
    )


def test_a_teacher_with_all_her_information_is_welcome() -> None:
    assert reasons() == ()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (WINDOW.opens_at - INSTANT, (Reason.NOT_YET_OPEN,)),
        (WINDOW.opens_at, ()),
        (WINDOW.closes_at - INSTANT, ()),
        (WINDOW.closes_at, (Reason.CLOSED,)),
    ],
)
def test_the_window_opens_with_its_first_instant_and_closes_after_its_last_day(
    at: datetime, expected: tuple[Reason, ...]
) -> None:
    assert reasons(at=at) == expected


@pytest.mark.parametrize(
    ("serve", "expected"),
    [
        ((), (Reason.SCHOOL_MISSING,)),
        (("basic",), ()),
        (("vocational",), (Reason.OTHER_PLATFORM,)),
        (("higher", "vocational"), (Reason.OTHER_PLATFORM,)),
        (("vocational", "basic"), ()),
    ],
)
def test_any_one_post_at_a_school_of_the_branch_suffices(
    serve: tuple[str, ...], expected: tuple[Reason, ...]
) -> None:
    assert reasons(serve=serve) == expected


def test_every_reason_is_told_at_once_whatever_the_others_are() -> None:
    teachers = {True: None, False: Reason.NOT_A_TEACHER}
    instants = {
        INSIDE: None,
        WINDOW.opens_at - INSTANT: Reason.NOT_YET_OPEN,
        WINDOW.closes_at: Reason.CLOSED,
    }
    identities = {True: None, False: Reason.IDENTITY_MISSING}
    schools: dict[tuple[str, ...], Reason | None] = {
        ("basic",): None,
        (): Reason.SCHOOL_MISSING,
        ("higher",): Reason.OTHER_PLATFORM,
    }
    for is_teacher, at, has_identity, serve in product(teachers, instants, identities, schools):
        told = teachers[is_teacher], instants[at], identities[has_identity], schools[serve]
        found = reasons(is_teacher=is_teacher, at=at, has_identity=has_identity, serve=serve)
        assert found == tuple(reason for reason in told if reason)
