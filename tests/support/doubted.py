"""Doubt the hours of a teacher of a scene, with the officers above her who decide."""

from dataclasses import dataclass
from datetime import date, datetime

from tests.support.season import Scene
from yanxiu.foundation import periods
from yanxiu.training.cast import casting, people, places
from yanxiu.training.cast.people import Teacher
from yanxiu.training.integrity import appeals, doubts, holding, holds
from yanxiu.training.integrity.models import Appeal, AppealAnswer, Doubt, Hold, Lift
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.people.models import Person

REASON, SENTENCE = Hold.Reason.NOT_HERSELF, "夜间连续观看，请说明。"
NIGHT = {
    "numbers": {"from": -60, "until": 360},
    "lanes": [{"name": "seen", "number": 0, "spans": [[-60, 360]]}],
}


@dataclass(frozen=True)
class Case:
    """Hold a teacher who has earned all hours, a doubt about them, and the officers above."""

    scene: Scene
    teacher: Teacher
    doubt: Doubt
    county: Person
    city: Person
    province: Person
    foreign: Person

    def held(self, by: Person) -> list[Officer]:
        """Return the grants of an officer."""
        return grants.held(by.id, at=self.scene.call.now)

    def find(self, kind: Doubt.Kind = Doubt.Kind.NIGHT, *, days_ago: int = 1) -> Doubt:
        """Find one more doubt about her."""
        made = found(self.scene, self.teacher, kind, days_ago=days_ago)
        doubts.record([made])
        return Doubt.objects.get(kind=kind, person_id=self.teacher.person.id, on=made.on)

    def place(self, by: Person | None = None, *, at: datetime | None = None) -> Hold:
        """Hold her hours; by the county unless somebody else is named."""
        who, now = by or self.county, at or self.scene.call.now
        no = (REASON, SENTENCE)
        return holding.place(self.doubt, held=self.held(who), no=no, by=who, at=now)

    def lift(self, by: Person | None = None, words: str = "已核实，是本人观看。") -> Lift:
        """Let her hours count again."""
        who = by or self.county
        return holding.lift(self.hold, words, held=self.held(who), by=who, at=self.scene.call.now)

    def appeal(self, words: str = "我值夜班，一直是自己在看。") -> Appeal:
        """Appeal as she does."""
        return appeals.write(self.hold, words, by=self.teacher.person, at=self.scene.call.now)

    def answer(self, outcome: AppealAnswer.Outcome, by: Person | None = None) -> AppealAnswer:
        """Answer her appeal; as the city does unless somebody else is named."""
        who, now = by or self.city, self.scene.call.now
        waiting = Appeal.objects.select_related("hold").get(hold=self.hold, settled_at=None)
        return appeals.answer(waiting, outcome, "查过排班表。", held=self.held(who), by=who, at=now)

    @property
    def hold(self) -> Hold:
        """Return the hold of her hours as it stands."""
        return holds.told().get(person_id=self.teacher.person.id)


def case(scene: Scene) -> Case:
    """Return a doubt about somebody who has all hours and whom nobody has decided about."""
    nation = casting.nations(scene.call)
    teacher = scene.finished()
    made = found(scene, teacher, Doubt.Kind.NIGHT)
    doubts.record([made])
    return Case(
        scene=scene,
        teacher=teacher,
        doubt=made,
        county=officer(scene, places.HOME, by=nation),
        city=officer(scene, f"{places.HOME[:4]}00", by=nation),
        province=officer(scene, f"{places.HOME[:2]}0000", by=nation),
        foreign=officer(scene, "510000", by=nation),
    )


def found(scene: Scene, teacher: Teacher, kind: Doubt.Kind, *, days_ago: int = 1) -> Doubt:
    """Return a doubt as the job makes one, not written down yet."""
    at = scene.call.ago(days=days_ago)
    on: date = at.astimezone(periods.CHINA).date()
    return Doubt(
        person_id=teacher.person.id,
        training_id=scene.outline.training.id,
        kind=kind,
        on=on,
        found_at=at,
        path=scene.desk.school.path,
        facts=NIGHT,
    )


def officer(scene: Scene, code: str, *, by: Person) -> Person:
    """Return a new officer of a region."""
    person = casting.colleague(scene.call, scene.call.phone())
    region = Region.objects.get(pk=code)
    return people.appoint(person, region, by=by, at=scene.call.ago(days=90))
