"""Give tests of the engine a hall of their own."""

import asyncio
import dataclasses
from collections.abc import Iterator

import pytest

from tests.support import season
from tests.support.clocks import DatabaseClock
from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.learning import settlement
from yanxiu.training.learning.tests.halls import (
    DURATIONS,
    QUESTION_ANSWER_S,
    QUESTION_EVERY_S,
    SERVERS,
    TEN_YEARS,
    Hall,
)


@pytest.fixture
def hall(own_database: Scratch) -> Iterator[Hall]:
    began = clock.now().replace(microsecond=0)
    # Before anybody connects, so that all read the clock that is passed in.
    turned = DatabaseClock(own_database, began)
    season.publish()
    scene = season.scene()
    scene.outline.training.closes_at = began + TEN_YEARS
    person_id = scene.teacher().person.id
    items = (item for course in scene.outline.courses for item in course.lessons)
    lessons = [
        dataclasses.replace(item, duration_ms=seconds * 1_000)
        for item, seconds in zip(items, DURATIONS, strict=False)
    ]
    with asyncio.Runner() as runner:
        pools = [runner.run(settlement.opened(own_database.beats)) for _ in range(SERVERS)]
        yield Hall(
            runner, pools, turned, scene.outline, lessons, person_id, began, own_database.beats
        )
        for pool in pools:
            runner.run(pool.close())
    turned.close()


@pytest.fixture
def asking(hall: Hall) -> Hall:
    """Let the rulebook ask."""
    hall.outline.rulebook.question_every_s = QUESTION_EVERY_S
    hall.outline.rulebook.question_answer_s = QUESTION_ANSWER_S
    return hall
