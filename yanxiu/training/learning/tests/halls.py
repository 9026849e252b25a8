"""Hold the real engine beside a database whose clock a test turns."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from tests.support.clocks import DatabaseClock
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import settlement
from yanxiu.training.learning.batches import Outcome
from yanxiu.training.learning.deciding import Beat
from yanxiu.training.learning.questions import Place
from yanxiu.training.learning.settlement import Pool

TABLES = (
    *("learning_allowance", "learning_coverage", "learning_completion"),
    *("learning_question", "learning_reply"),
)
COVERED = "SELECT lesson_id, covered::text FROM learning_coverage"
# In seconds: two so long that four hours at double speed do not hold them, one that is soon done.
DURATIONS = (9_000, 9_000, 90)
SERVERS = 2
MAX_SPANS = 200
# Three questions in each of the long lessons.
QUESTION_EVERY_S, QUESTION_ANSWER_S = 3_000, 300
TEN_YEARS = timedelta(days=3_650)
LESSONS = st.integers(0, len(DURATIONS) - 1)


@dataclass
class Hall:
    """Hold the engine as several servers run it, a teacher, and the database's clock."""

    runner: asyncio.Runner
    pools: list[Pool]
    clock: DatabaseClock
    outline: Outline
    lessons: list[Item]
    person_id: UUID
    began: datetime
    dsn: str

    def settle(self, server: int, beats: Sequence[Beat]) -> list[Outcome]:
        """Return what one server answers to beats that arrive together."""
        return self.runner.run(settlement.settle(self.pools[server], beats))

    def place(self, lesson: int) -> Place:
        """Return where she is asked in a lesson."""
        return Place(self.person_id, self.outline, self.lessons[lesson])

    def rows(self, query: str) -> dict[int, str]:
        """Return what is stored of each lesson."""
        places = {lesson.id: place for place, lesson in enumerate(self.lessons)}
        return {places[row[0]]: row[-1] for row in self.clock.rows(query)}
