"""Publish the demo's trainings in a database of a test's own, and people to take part in them."""

from dataclasses import dataclass
from datetime import datetime

from tests.support.films import unfilmed
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, outlines, people, places, recordings, seasons, watching
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.trainings import Outline


@dataclass(frozen=True)
class Scene:
    """Hold a training, a school with its officer, and whoever else is called."""

    call: Call
    desk: Desk
    outline: Outline

    def teacher(self, *, at: datetime | None = None) -> Teacher:
        """Return a verified teacher who is enrolled and has watched nothing."""
        since = at or self.call.ago(days=20)
        teacher = self.call.teacher(self.desk.school, at=since)
        people.approve(teacher, by=self.desk.officer, at=since)
        people.enrol(teacher, self.outline.training.slug, at=since)
        return teacher

    def finished(self, *, at: datetime | None = None) -> Teacher:
        """Return a teacher whose certificate is due."""
        since = at or self.call.ago(days=19)
        teacher = self.teacher(at=since)
        watching.watch(
            teacher.person.id, watching.needed(self.outline), self.outline, begun_at=since
        )
        return teacher


def publish() -> None:
    """Publish regions, schools and the demo's trainings, without films and without people."""
    places.load_all()
    wanted = recordings.wishes((*outlines.SEASON, *outlines.DEMO))
    shelf = recordings.publish(wanted, unfilmed(wanted), at=casting.FOUNDED_AT)
    seasons.publish(shelf, at=clock.now())


def scene(slug: str = seasons.DEMO) -> Scene:
    """Return a scene in a training of the demo, at a school that nobody else has."""
    call = Call(clock.now())
    school = places.of(places.HOME, "345")
    desk = casting.desk(call, school, by=casting.nations(call))
    return Scene(call, desk, seasons.outline(slug))
