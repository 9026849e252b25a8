"""Each line is sealed with the one before it: nothing of it can change unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from yanxiu.training.credits import chain
from yanxiu.training.credits.chain import Line

AT = datetime(2025, 8, 1, 12, tzinfo=UTC)
LINE = Line(
    person_id=UUID(int=1),
    kind="award",
    training_id=UUID(int=2),
    course_id=UUID(int=3),
    lesson_id=UUID(int=4),
    media_version=1,
    rulebook_version=1,
    identity_version=1,
    seconds=1_500,
    cause="completion",
    at=AT,
)
OTHER = {
    "person_id": UUID(int=9),
    "kind": "adjust",
    "training_id": UUID(int=9),
    "course_id": UUID(int=9),
    "lesson_id": None,
    "media_version": 2,
    "rulebook_version": 2,
    "identity_version": None,
    "seconds": 1_501,
    "cause": "amendment",
    "sentence": "补录",
    "actor_id": UUID(int=9),
    "at": AT + timedelta(microseconds=1),
}


@pytest.mark.parametrize("name", Line.__slots__)
def test_whatever_changes_in_a_line_changes_its_mark(name: str) -> None:
    changed = replace(LINE, **{name: OTHER[name]})  # type: ignore[arg-type]  # a value for each name
    assert chain.mark(chain.FIRST, 1, changed) != chain.mark(chain.FIRST, 1, LINE)


def test_a_line_belongs_to_its_place_and_to_the_one_before() -> None:
    first = chain.mark(chain.FIRST, 1, LINE)
    assert len(first) == 32
    assert first != chain.mark(chain.FIRST, 2, LINE)
    assert chain.mark(first, 2, LINE) != chain.mark(b"other", 2, LINE)


def test_the_same_instant_is_the_same_in_every_time_zone() -> None:
    china = replace(LINE, at=AT.astimezone(timezone(timedelta(hours=8))))
    assert chain.mark(chain.FIRST, 1, china) == chain.mark(chain.FIRST, 1, LINE)
