"""Show that nobody gets two valid certificates, whatever is revoked, readmitted and claimed."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation.refusals import Refused
from yanxiu.training.cast import casting, people
from yanxiu.training.certificates import (
    issuing,
    readmissions,
    readmitting,
    refusals,
    revoking,
    standing,
    verifying,
)
from yanxiu.training.certificates.models import (
    Certificate,
    Readmission,
    ReadmissionProposal,
    Revocation,
    RevocationProposal,
)
from yanxiu.training.certificates.tests.test_verifying import issued, renewed
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.organisations.two_officers import Outcome
from yanxiu.training.people.models import Person
from yanxiu.training.trail.models import Entry

NO, WORDS = (RevocationProposal.Reason.ISSUED_IN_ERROR, "误发。"), "学时属实。"


@dataclass(frozen=True)
class Court:
    """Hold a teacher's certificate, four officers who may judge it, and the way to each deed."""

    scene: Scene
    first: Certificate
    officers: tuple[Person, ...]

    @property
    def at(self) -> datetime:
        return self.scene.call.now

    @property
    def holder(self) -> Person:
        return Person.objects.get(pk=self.first.person_id)

    def held(self, by: Person) -> list[Officer]:
        return grants.held(by.id, at=self.at)

    def newest(self) -> Certificate:
        return standing.editions(self.first)[0]

    def claim(self) -> Certificate:
        told = issuing.draft(self.holder.id, self.scene.outline, at=self.at)
        return issuing.issue(self.holder.id, self.scene.outline, seen=told.digest, at=self.at)

    def correct(self) -> Certificate:
        """Take the path of a correction, which finds only what is valid."""
        valid = standing.valid().get(person_id=self.holder.id)
        return renewed(self.scene, valid)

    def doubt(self, by: Person) -> RevocationProposal:
        held = self.held(by)
        return revoking.propose(self.newest(), held=held, no=NO, by=by, at=self.at)

    def revoke(self, by: Person) -> Revocation:
        proposal = RevocationProposal.objects.latest("id")
        return revoking.countersign(proposal, held=self.held(by), by=by, at=self.at)

    def regret(self, by: Person, about: Certificate | None = None) -> ReadmissionProposal:
        held, about = self.held(by), about or self.newest()
        return readmitting.propose(about, held=held, sentence=WORDS, by=by, at=self.at)

    def readmit(self, by: Person) -> Readmission:
        proposal = ReadmissionProposal.objects.latest("id")
        return readmitting.countersign(proposal, held=self.held(by), by=by, at=self.at)

    def revoked(self) -> Certificate:
        """Have the first two take the newest edition back."""
        self.doubt(self.officers[0])
        return self.revoke(self.officers[1]).certificate


def convened(scene: Scene) -> Court:
    nation = casting.nations(scene.call)
    province = Region.objects.get(pk="330000")
    seen = scene.call.ago(days=90)
    officers = tuple(
        people.appoint(
            casting.colleague(scene.call, scene.call.phone()), province, by=nation, at=seen
        )
        for _ in range(3)
    )
    return Court(scene, issued(scene), (*officers, nation))


@pytest.fixture
def court(country: None) -> Court:
    return convened(season.scene())


def states(court: Court) -> list[str]:
    return [standing.state(each) for each in reversed(standing.editions(court.first))]


def test_two_others_readmit_her_and_she_confirms_the_next_edition(court: Court) -> None:
    revoked = court.revoked()
    court.regret(court.officers[2])
    assert standing.read(court.holder.id, court.scene.outline, at=court.at).state == "revoked"
    court.readmit(court.officers[3])
    way = standing.read(court.holder.id, court.scene.outline, at=court.at)
    assert (way.state, way.readmitted) == ("ready", revoked)
    [every] = standing.every(court.holder.id, at=court.at)
    assert (every.state, every.readmitted) == ("ready", revoked)
    notice = Notice.objects.get(person_id=court.holder.id, kind="certificate_readmitted")
    assert notice.link == "/trainings/demo/certificate/"
    new = court.claim()
    assert (new.edition, states(court)) == (2, ["revoked", "valid"])
    told = verifying.by_token(new.token), verifying.by_token(revoked.token)
    assert [each and each.state for each in told] == ["valid", "revoked"]
    verbs = Entry.objects.filter(subject_kind="certificate", subject_id=str(revoked.id))
    assert [*verbs.order_by("id").values_list("verb", flat=True)][3:] == [
        "readmission_proposed",
        "certificate_readmitted",
    ]


def test_a_readmission_is_used_once(court: Court) -> None:
    court.revoked()
    court.regret(court.officers[2])
    court.readmit(court.officers[3])
    new = court.claim()
    again = issuing.issue(court.holder.id, court.scene.outline, seen="whatever", at=court.at)
    assert again == new
    court.revoked()
    assert standing.read(court.holder.id, court.scene.outline, at=court.at).state == "revoked"
    assert issuing.issue(court.holder.id, court.scene.outline, seen="", at=court.at) == new
    # The first edition is no way to another one.
    with pytest.raises(refusals.NotReadmittable):
        court.regret(court.officers[2], about=standing.told().get(pk=court.first.pk))
    assert states(court) == ["revoked", "revoked"]


def test_whoever_took_it_back_has_no_part_in_it(court: Court) -> None:
    court.revoked()
    for who in court.officers[:2]:
        with pytest.raises(refusals.HadPart):
            court.regret(who)
    proposal = court.regret(court.officers[2])
    for who in court.officers[:2]:
        with pytest.raises(refusals.HadPart):
            court.readmit(who)
        with pytest.raises(refusals.HadPart):
            readmitting.decline(
                proposal, held=court.held(who), sentence="不。", by=who, at=court.at
            )
    with pytest.raises(refusals.SamePerson):
        court.readmit(court.officers[2])
    people.appoint(court.holder, Region.objects.get(pk="330000"), by=court.officers[3], at=court.at)
    with pytest.raises(refusals.OwnCertificate):
        court.readmit(court.holder)
    county = people.appoint(
        casting.colleague(court.scene.call, court.scene.call.phone()),
        Region.objects.get(pk="330106"),
        by=court.officers[3],
        at=court.at - timedelta(days=1),
    )
    with pytest.raises(refusals.NotTop):
        court.readmit(county)
    assert readmissions.waiting(court.held(county)) == []
    assert states(court) == ["revoked"]


def test_one_waits_at_a_time_and_may_be_declined_or_taken_back(court: Court) -> None:
    with pytest.raises(refusals.NotReadmittable):
        court.regret(court.officers[2])
    court.revoked()
    one, other = court.officers[2:]
    first = court.regret(one)
    with pytest.raises(refusals.ReadmissionAlreadyProposed):
        court.regret(other)
    with pytest.raises(refusals.NotProposer):
        readmitting.withdraw(first, by=other, at=court.at)
    readmitting.withdraw(first, by=one, at=court.at)
    with pytest.raises(refusals.AlreadySettled):
        court.readmit(other)
    second = court.regret(one)
    assert second in readmissions.waiting(court.held(other))
    readmitting.decline(second, held=court.held(other), sentence="不足。", by=other, at=court.at)
    cases = [readmissions.case(each) for each in readmissions.of([court.first])]
    assert [case.outcome for case in cases] == [Outcome.DECLINED, Outcome.WITHDRAWN]
    assert cases[0].sentence == "不足。"
    assert cases[0].by
    assert standing.read(court.holder.id, court.scene.outline, at=court.at).state == "revoked"


type Deed = Callable[[Court, Person], object]

DEEDS: dict[str, Deed] = {
    "claim": lambda court, _by: court.claim(),
    "correct": lambda court, _by: court.correct(),
    "doubt": Court.doubt,
    "revoke": Court.revoke,
    "regret": lambda court, by: court.regret(by),
    "regret_first": lambda court, by: court.regret(by, standing.told().get(pk=court.first.pk)),
    "readmit": Court.readmit,
}
# The shortest way to another certificate, gone twice.
ROUND = [("doubt", 0), ("revoke", 1), ("regret", 2), ("readmit", 3), ("claim", 0)]
ORDERS = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 3)), max_size=16)
NO_SUCH = (
    *(Refused, Certificate.DoesNotExist),
    *(RevocationProposal.DoesNotExist, ReadmissionProposal.DoesNotExist),
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ORDERS, st.integers(0, 4))
@example([*ROUND, ("correct", 0), *ROUND, ("regret_first", 2), ("readmit", 3), ("claim", 0)], 0)
def test_in_no_order_has_anybody_two_valid_ones(
    court: Court, order: list[tuple[str, int]], begun: int
) -> None:
    with transaction.atomic():
        for deed, place in (*ROUND[:begun], *order):
            with contextlib.suppress(*NO_SUCH), transaction.atomic():
                DEEDS[deed](court, court.officers[place])
            check(court)
        transaction.set_rollback(True)


def check(court: Court) -> None:
    """Compare all her editions with the deeds that led to them."""
    editions = [*reversed(standing.editions(court.first))]
    assert [each.edition for each in editions] == [*range(1, len(editions) + 1)]
    assert states(court).count("valid") <= 1
    assert all(standing.state(each) != "valid" for each in editions[:-1])
    for before in editions[:-1]:
        if standing.state(before) == "revoked":
            revocation = before.revocation
            parts = {revocation.proposal.by_id, revocation.countersigned_by_id}
            back = revocation.readmission
            assert len(parts | {back.proposal.by_id, back.countersigned_by_id}) == 4


def test_of_many_who_countersign_and_claim_at_once_one_does(own_database: Scratch) -> None:
    season.publish()
    court = convened(season.scene())
    court.revoked()
    court.regret(court.officers[2])

    def sign(_number: int) -> str:
        court.readmit(court.officers[3])
        return "signed"

    assert crowds.together(8, sign) == {"signed": 1, "already_settled": 7}
    told = issuing.draft(court.holder.id, court.scene.outline, at=court.at)

    def claim(_number: int) -> str:
        issuing.issue(court.holder.id, court.scene.outline, seen=told.digest, at=court.at)
        return "claimed"

    crowds.together(8, claim)
    assert states(court) == ["revoked", "valid"]
    assert Notice.objects.filter(kind="certificate_readmitted").count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        Readmission.objects.all().delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Readmission.objects.update(countersigned_by_id=court.officers[0].id)
