"""Bring the server up on a real database, and let teachers take their seats before it."""

import itertools
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import psycopg
from django.db.models import F
from psycopg.conninfo import conninfo_to_dict

from tests.attackers.client import Client, Lesson
from tests.support import season, servers
from tests.support.season import Scene
from yanxiu.config import sessions
from yanxiu.training.cast import seasons
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.people.models import Account

# What opens in a year, and what is over.
COMING, OVER = seasons.DEMO, seasons.SUMMER
SHUT, A_YEAR = (COMING, OVER), timedelta(days=365)
# "At" alone says how long ago somebody was heard: moving it back is time that passed.
_PASS = "UPDATE learning_allowance SET at = at - make_interval(secs => %s) WHERE person_id = %s"


def rounds(seconds: float) -> Iterator[int]:
    """Give the number of one round after the other for so long, and two at least.

    What is tried again is what the server has to leave, however slow the machine.
    """
    until_s = time.monotonic() + seconds
    for number in itertools.count():
        yield number
        if number and time.monotonic() >= until_s:
            return


@dataclass
class Seat:
    """Be one teacher before the server: her client, what she may watch, and the time passed in."""

    client: Client
    person_id: UUID
    lessons: list[Lesson]
    dsn: str
    # Lessons of trainings that open in a year, or are over.
    shut: list[Lesson] = field(default_factory=list)
    passed_s: float = 0.0
    neighbours: list["Seat"] = field(default_factory=list)

    def let_pass(self, seconds: float) -> None:
        """Let so much time have passed since she was heard last."""
        with psycopg.connect(self.dsn) as connection:
            connection.execute(_PASS, [seconds, self.person_id])
        self.passed_s += seconds


@dataclass
class Stage:
    """Hold the running server, and the scene whose teachers come before it."""

    address: str
    dsn: str
    scene: Scene
    held: ExitStack

    @property
    def database(self) -> str:
        """Return the name of its database."""
        return str(conninfo_to_dict(self.dsn)["dbname"])

    def seat(self) -> Seat:
        """Return a new teacher's, who is enrolled, signed in, and has watched nothing."""
        teacher = self.scene.teacher()
        phone = Account.objects.get(person=teacher.person).phone
        cookies = re.search(r"^Cookie: (.+)$", sessions.header(phone), re.MULTILINE)
        assert cookies
        named = dict(pair.split("=", 1) for pair in cookies[1].split("; "))
        client = Client(self.address, named)
        self.held.callback(client.close)
        shut = [lesson for slug in SHUT for lesson in _lessons(seasons.outline(slug))[:2]]
        return Seat(client, teacher.person.id, _lessons(self.scene.outline), self.dsn, shut)


def _lessons(outline: Outline) -> list[Lesson]:
    offered = (item for course in outline.courses for item in course.lessons)
    return [Lesson(str(item.id), item.duration_ms) for item in offered]


def scene() -> Scene:
    """Publish the trainings and return the one with lessons long enough to steal."""
    season.publish()
    Training.objects.filter(slug=COMING).update(
        opens_at=F("opens_at") + A_YEAR, closes_at=F("closes_at") + A_YEAR
    )
    return season.scene(seasons.SEASON)


@contextmanager
def opened(variables: Mapping[str, str], dsn: str) -> Iterator[Stage]:
    """Have the server and teachers before it; the address is the owner's of the database."""
    prepared = scene()
    with servers.serving(variables) as address, ExitStack() as held:
        yield Stage(address, dsn, prepared, held)
