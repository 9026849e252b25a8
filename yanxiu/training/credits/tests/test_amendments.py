"""Hours are set right by two officers and a counter-entry; the teacher reads why."""

from dataclasses import dataclass

import pytest
from django.db import ProgrammingError, transaction

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.training.cast import casting, people, places, seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.trainings import Offer
from yanxiu.training.credits import amendments, progress, refusals
from yanxiu.training.credits.models import Amendment, AmendmentAnswer, LedgerEntry
from yanxiu.training.credits.progress import CourseProgress
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.people.models import Person
from yanxiu.training.trail.models import Entry

WHY = "系统故障少记一节，已核对服务器日志"


@dataclass(frozen=True)
class Bench:
    """Hold a teacher, a course she has finished, and officers above her."""

    scene: Scene
    teacher: Teacher
    offer: Offer
    province: Person
    nation: Person
    county: Person
    foreign: Person

    def held(self, by: Person) -> list[Officer]:
        return grants.held(by.id, at=self.scene.call.now)

    def propose(self, seconds: int, by: Person, *, why: str = WHY) -> Amendment:
        return amendments.propose(
            self.teacher.person.id,
            self.offer.id,
            (seconds, why),
            held=self.held(by),
            by=by,
            at=self.scene.call.now,
        )

    def confirm(self, amendment: Amendment, by: Person) -> LedgerEntry:
        at = self.scene.call.now
        return amendments.confirm(amendment, held=self.held(by), by=by, at=at)

    def course(self) -> CourseProgress:
        walked = progress.read(self.teacher.person.id, self.scene.outline)
        return walked.course(self.offer.id)


@pytest.fixture
def bench(own_database: Scratch) -> Bench:
    season.publish()
    scene = season.scene(seasons.SUMMER)
    call, nation = scene.call, casting.nations(scene.call)

    def officer(code: str) -> Person:
        person = casting.colleague(call, call.phone())
        return people.appoint(person, Region.objects.get(pk=code), by=nation, at=call.ago(days=90))

    return Bench(
        scene=scene,
        teacher=scene.finished(at=scene.outline.training.opens_at),
        offer=scene.outline.courses[2],
        province=officer("330000"),
        nation=nation,
        county=officer(places.HOME),
        foreign=officer("510000"),
    )


def test_two_officers_take_seconds_and_everything_follows_and_says_why(bench: Bench) -> None:
    before = bench.course().tally
    walked = progress.read(bench.teacher.person.id, bench.scene.outline)
    assert walked.is_complete
    amendment = bench.propose(-1_260, bench.province)
    assert bench.course().tally == before
    entry = bench.confirm(amendment, bench.nation)
    assert (entry.kind, entry.seconds, entry.sentence) == ("reversal", -1_260, WHY)
    assert entry.actor_id == bench.nation.id
    after = bench.course()
    assert after.tally.learned_s == before.learned_s - 1_260
    assert [(c.learned_s, c.sentence) for c in after.changes] == [(-1_260, WHY)]
    lower = progress.read(bench.teacher.person.id, bench.scene.outline)
    assert not lower.is_complete
    assert lower.completed_at is None
    again = progress.awarded([bench.teacher.person.id], bench.scene.outline)
    assert again[bench.teacher.person.id].recognised_s == lower.recognised_s
    told = Notice.objects.get(person_id=bench.teacher.person.id, kind="hours_amended")
    assert (told.facts["change"], told.facts["reason"]) == ("−0.46", WHY)
    verbs = Entry.objects.filter(subject_id=str(bench.teacher.person.id), verb__startswith="hours_")
    assert {each.verb: each.actor_id for each in verbs} == {
        "hours_amending": bench.province.id,
        "hours_amended": bench.nation.id,
    }
    # Given back, her hours are complete again, from that instant on.
    bench.confirm(bench.propose(1_260, bench.nation), bench.province)
    restored = progress.read(bench.teacher.person.id, bench.scene.outline)
    assert restored.recognised_s == walked.recognised_s
    assert restored.completed_at == bench.scene.call.now


def test_nobody_amends_alone_or_outside_of_her_branch_or_her_own(bench: Bench) -> None:
    for by, refused in (
        (bench.county, refusals.NotTop),
        (bench.foreign, refusals.NotTeaching),
    ):
        with pytest.raises(refused):
            bench.propose(60, by)
    amendment = bench.propose(-60, bench.province)
    for by, no in (
        (bench.province, refusals.SamePerson),
        (bench.county, refusals.NotTop),
        (bench.foreign, refusals.NotTop),
    ):
        with pytest.raises(no):
            bench.confirm(amendment, by)
    with pytest.raises(refusals.OwnHours):
        amendments.propose(
            bench.nation.id,
            bench.offer.id,
            (60, WHY),
            held=bench.held(bench.nation),
            by=bench.nation,
            at=bench.scene.call.now,
        )
    with pytest.raises(refusals.AlreadyProposed):
        bench.propose(-30, bench.nation)
    with pytest.raises(refusals.NotProposer):
        amendments.withdraw(amendment, by=bench.nation, at=bench.scene.call.now)
    amendments.withdraw(amendment, by=bench.province, at=bench.scene.call.now)
    with pytest.raises(refusals.AlreadyAnswered):
        bench.confirm(amendment, bench.nation)
    assert not LedgerEntry.objects.exists()
    answer = AmendmentAnswer.objects.filter(pk=amendment.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        answer.update(outcome="confirmed")


def test_what_cannot_be_is_refused(bench: Bench) -> None:
    tally = bench.course().tally
    with pytest.raises(refusals.NothingAmended):
        bench.propose(0, bench.province)
    with pytest.raises(refusals.NothingAmended):
        bench.propose(60, bench.province, why=" ")
    for seconds in (-tally.learned_s - 1, tally.cap_s + 1):
        with pytest.raises(refusals.BeyondLearned):
            bench.propose(seconds, bench.province)
    declined = bench.propose(-60, bench.province)
    amendments.decline(
        declined,
        sentence="证据不足",
        held=bench.held(bench.nation),
        by=bench.nation,
        at=bench.scene.call.now,
    )
    assert bench.course().tally == tally


def test_of_many_confirmations_at_once_one_counts(bench: Bench) -> None:
    amendment = bench.propose(-60, bench.province)
    answers = crowds.together(6, lambda _: bench.confirm(amendment, bench.nation).kind)
    assert answers == {"reversal": 1, "amendment_answered": 5}
    assert LedgerEntry.objects.count() == 1
