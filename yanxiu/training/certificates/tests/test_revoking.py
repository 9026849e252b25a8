"""Show that a certificate is taken back by two officers, once, and that nothing is deleted."""

from dataclasses import dataclass, replace

import pytest
from django.db import ProgrammingError, transaction

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.training.cast import casting, people, places
from yanxiu.training.certificates import (
    issuing,
    proposals,
    refusals,
    revoking,
    snapshots,
    standing,
    verifying,
)
from yanxiu.training.certificates.models import (
    Certificate,
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

HOURS, WORDS = RevocationProposal.Reason.HOURS_FALSE, "由他人代看，本人书面承认。"


@dataclass(frozen=True)
class Court:
    """Hold a certificate and the officers above it."""

    scene: Scene
    certificate: Certificate
    province: Person
    nation: Person
    county: Person
    foreign: Person

    def held(self, by: Person) -> list[Officer]:
        return grants.held(by.id, at=self.scene.call.now)

    def propose(self, by: Person) -> RevocationProposal:
        found, at = standing.told().get(pk=self.certificate.pk), self.scene.call.now
        return revoking.propose(found, held=self.held(by), no=(HOURS, WORDS), by=by, at=at)

    def countersign(self, proposal: RevocationProposal, by: Person) -> Revocation:
        at = self.scene.call.now
        return revoking.countersign(proposal, held=self.held(by), by=by, at=at)


def convened(scene: Scene) -> Court:
    call, nation = scene.call, casting.nations(scene.call)

    def officer(code: str) -> Person:
        person = casting.colleague(call, call.phone())
        return people.appoint(person, Region.objects.get(pk=code), by=nation, at=call.ago(days=90))

    return Court(
        scene=scene,
        certificate=issued(scene),
        province=officer("330000"),
        nation=nation,
        county=officer(places.HOME),
        foreign=officer("510000"),
    )


@pytest.fixture
def court(country: None) -> Court:
    return convened(season.scene())


def state(court: Court) -> str:
    told = verifying.by_token(court.certificate.token)
    assert told
    return told.state


def test_two_officers_take_it_back_and_its_holder_is_told(court: Court) -> None:
    proposal = court.propose(court.province)
    assert state(court) == "valid"
    court.countersign(proposal, court.nation)
    told = verifying.by_token(court.certificate.token)
    assert told
    assert (told.state, told.since, told.reason) == ("revoked", court.scene.call.now, "学时不实")
    assert (told.holder, told.hours) == ("", "")
    notice = Notice.objects.get(person_id=court.certificate.person_id, kind="certificate_revoked")
    assert notice.facts["reason"] == "学时不实"
    verbs = Entry.objects.filter(subject_id=str(court.certificate.id)).order_by("id")
    assert [(entry.verb, entry.actor_id) for entry in verbs] == [
        ("certificate_issued", court.certificate.person_id),
        ("revocation_proposed", court.province.id),
        ("certificate_revoked", court.nation.id),
    ]


def test_nobody_countersigns_her_own_proposal_or_decides_about_herself(court: Court) -> None:
    proposal = court.propose(court.nation)
    with pytest.raises(refusals.SamePerson):
        court.countersign(proposal, court.nation)
    holder = Person.objects.get(pk=court.certificate.person_id)
    region = Region.objects.get(pk="330000")
    people.appoint(holder, region, by=court.nation, at=court.scene.call.ago(days=1))
    with pytest.raises(refusals.OwnCertificate):
        court.countersign(proposal, holder)
    assert state(court) == "valid"


def test_counties_and_other_provinces_may_neither_propose_nor_countersign(court: Court) -> None:
    for who in (court.county, court.foreign):
        with pytest.raises(refusals.NotTop):
            court.propose(who)
    proposal = court.propose(court.province)
    for who in (court.county, court.foreign):
        with pytest.raises(refusals.NotTop):
            court.countersign(proposal, who)
        assert proposals.waiting(court.held(who)) == []
    assert proposals.find(court.held(court.foreign), proposal.id) is None
    assert proposal in proposals.waiting(court.held(court.nation))


def test_one_proposal_waits_at_a_time_and_its_proposer_may_take_it_back(court: Court) -> None:
    first, at = court.propose(court.province), court.scene.call.now
    with pytest.raises(refusals.AlreadyProposed):
        court.propose(court.nation)
    with pytest.raises(refusals.NotProposer):
        revoking.withdraw(first, by=court.nation, at=at)
    revoking.withdraw(first, by=court.province, at=at)
    with pytest.raises(refusals.AlreadySettled):
        court.countersign(first, court.nation)
    court.countersign(court.propose(court.nation), court.province)
    outcomes = [proposals.case(each).outcome for each in proposals.of([court.certificate])]
    assert sorted(outcomes) == [Outcome.REVOKED, Outcome.WITHDRAWN]


def test_a_second_officer_may_say_no(court: Court) -> None:
    proposal, held = court.propose(court.province), court.held(court.nation)
    at = court.scene.call.now
    revoking.decline(proposal, held=held, sentence="证据不足。", by=court.nation, at=at)
    with pytest.raises(refusals.AlreadySettled):
        court.countersign(proposal, court.nation)
    [case] = [proposals.case(each) for each in proposals.of([court.certificate])]
    assert (case.outcome, case.sentence) == (Outcome.DECLINED, "证据不足。")
    assert case.by
    assert state(court) == "valid"


def test_an_edition_that_was_superseded_meanwhile_cannot_be_taken_back(court: Court) -> None:
    proposal = court.propose(court.province)
    new = renewed(court.scene, court.certificate)
    with pytest.raises(refusals.NotRevocable):
        court.countersign(proposal, court.nation)
    told = verifying.by_token(new.token)
    assert told
    assert told.state == "valid"


def test_when_the_newest_is_revoked_older_ones_promise_no_current_one(court: Court) -> None:
    old = court.certificate
    new = renewed(court.scene, old)
    court = replace(court, certificate=new)
    court.countersign(court.propose(court.province), court.nation)
    told = verifying.by_token(old.token)
    assert told
    assert (told.state, told.has_current) == ("superseded", False)


def test_whoever_clicks_again_gets_no_new_certificate(court: Court) -> None:
    court.countersign(court.propose(court.province), court.nation)
    scene, holder = court.scene, court.certificate.person_id
    again = issuing.issue(holder, scene.outline, seen="whatever", at=scene.call.now)
    assert again == court.certificate
    assert Certificate.objects.filter(person_id=holder).count() == 1
    assert standing.read(holder, scene.outline, at=scene.call.now).state == "revoked"
    assert snapshots.of(again).hours == "4.00"


def test_of_many_who_countersign_at_once_one_does(own_database: Scratch) -> None:
    season.publish()
    court = convened(season.scene())
    proposal = court.propose(court.province)

    def sign(_number: int) -> str:
        court.countersign(proposal, court.nation)
        return "signed"

    told = crowds.together(20, sign)
    assert told == {"signed": 1, "already_settled": 19}
    assert Notice.objects.filter(kind="certificate_revoked").count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        Revocation.objects.all().delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Revocation.objects.update(countersigned_by_id=court.province.id)
