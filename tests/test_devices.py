"""Let one person's devices reach different processes: the same rows and answers, one award."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.attackers import law, stage
from tests.attackers.client import Client, Spans
from tests.attackers.stage import Seat, Stage
from tests.support import databases, servers
from yanxiu.foundation import cluster
from yanxiu.training.learning import coverage

ABREAST, FINISHING = 8, 50
AWAY_S, STEP_MS, STEPS = 7_190.0, 5_000, 60
_LEFT = "SELECT balance_ms, version FROM learning_allowance WHERE person_id = %s"
_AWARDS = "SELECT credited_s FROM learning_completion WHERE person_id = %s"


@dataclass(frozen=True)
class House:
    """Hold two processes on one database: one answers everything, one takes beats alone."""

    stage: Stage
    other: str

    def devices(self, seat: Seat) -> list[Client]:
        """Return two devices of one person, each at a process of its own."""
        second = Client(self.other, seat.client.cookies)
        self.stage.held.callback(second.close)
        return [seat.client, second]


@pytest.fixture(scope="module")
def house(
    template: cluster.Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    place = databases.clone(template)
    with (
        django_db_blocker.unblock(),
        databases.pointed(place.name),
        stage.opened(place.addresses, place.owner) as opened,
        servers.serving(place.addresses, pool="beats") as other,
    ):
        yield House(opened, other)
    databases.drop(template, place.name)


@pytest.fixture
def seat(house: House, django_db_blocker: DjangoDbBlocker) -> Seat:
    """Give a teacher who was away for two hours, with a lease: she has enough to report."""
    with django_db_blocker.unblock(), databases.pointed(house.stage.database):
        return house.stage.seat()


def taken(device: Client, token: str, spans: Spans) -> dict[str, Any]:
    """Report until it is taken, as players do."""
    for _ in range(50):
        reply = device.beat(token, spans)
        if reply.status_code == HTTPStatus.OK:
            return dict(reply.json())
        assert reply.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    raise AssertionError(reply.text)


def at_once(work: Callable[[int], dict[str, Any]], many: int) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(ABREAST) as pool:
        return list(pool.map(work, range(many)))


def rows(seat: Seat, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(seat.dsn) as connection:
        return connection.execute(query.encode(), [seat.person_id]).fetchall()


def test_beats_that_race_on_both_lose_and_double_nothing(house: House, seat: Seat) -> None:
    devices, lessons = house.devices(seat), seat.lessons[:2]
    tokens = [seat.client.lease(lesson, player=f"p{place}") for place, lesson in enumerate(lessons)]
    seat.let_pass(AWAY_S)
    [(before_ms, first)] = rows(seat, _LEFT)
    before_ms = min(law.STORE_MS, before_ms + round(law.DOUBLE * AWAY_S))
    steps = [(number * STEP_MS, (number + 1) * STEP_MS) for number in range(STEPS)]
    order = random.Random(3).sample([*range(2 * STEPS)], k=2 * STEPS)

    def report(turn: int) -> dict[str, Any]:
        # Each step of each lesson comes twice, in disorder, from either device.
        place = order[turn % len(order)]
        return taken(devices[turn % 3 % 2], tokens[place % 2], [steps[place // 2]])

    told = at_once(report, 4 * STEPS)
    whole = coverage.of([(0, STEPS * STEP_MS)])
    with closing(law.Watch(seat)) as watch:
        assert watch.stored() == {lesson.id: whole for lesson in lessons}
    [(left_ms, last)] = rows(seat, _LEFT)
    # Those that met in a batch passed the gate together; and every second was paid once.
    assert STEPS <= last - first <= len(told)
    assert before_ms - left_ms <= 2 * STEPS * STEP_MS


def test_many_finish_at_once_and_there_is_one_award(house: House, seat: Seat) -> None:
    devices, lesson = house.devices(seat), seat.lessons[0]
    token = seat.client.lease(lesson)
    seat.let_pass(AWAY_S)
    told = at_once(lambda turn: taken(devices[turn % 2], token, lesson.whole), FINISHING)
    assert [each["done"] for each in told] == [True] * FINISHING
    assert rows(seat, _AWARDS) == [(lesson.duration_ms // 1_000,)]
    shown = seat.client.web.get("/me/trainings/season.json", headers=seat.client.signed_in)
    assert shown.json()["learned_s"] == lesson.duration_ms // 1_000


def test_whoever_is_superseded_learns_it_from_either(house: House, seat: Seat) -> None:
    devices, lesson = house.devices(seat), seat.lessons[0]
    desk = seat.client.lease(lesson, player="desk")
    assert {taken(each, desk, [])["lease"] for each in devices} == {"active"}
    phone = seat.client.lease(lesson, player="phone")
    assert {taken(each, desk, [])["lease"] for each in devices} == {"superseded"}
    assert {taken(each, phone, [])["lease"] for each in devices} == {"active"}
    # What the older one has seen still counts, wherever it arrives.
    assert taken(devices[1], desk, [(0, 1_000)])["covered"] == [[0, 1_000]]


def test_what_was_watched_counts_after_the_session_has_ended(house: House, seat: Seat) -> None:
    lesson = seat.lessons[0]
    token = seat.client.lease(lesson)
    left = seat.client.web.post("/sign-out/", headers=seat.client.signed_in)
    assert left.status_code == HTTPStatus.SEE_OTHER
    assert seat.client.ask(lesson).status_code == HTTPStatus.UNAUTHORIZED
    for device, span in zip(house.devices(seat), [(0, 2_000), (2_000, 4_000)], strict=True):
        taken(device, token, [span])
    with closing(law.Watch(seat)) as watch:
        assert watch.stored() == {lesson.id: coverage.of([(0, 4_000)])}
