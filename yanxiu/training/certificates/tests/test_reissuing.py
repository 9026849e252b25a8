"""Show that certificates follow the corrected identity of their holder, all of them, once."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import claims, season
from tests.support.claims import Claimant
from tests.support.databases import Scratch
from yanxiu.training.cast import people, seasons, watching
from yanxiu.training.certificates import issuing, reissuing, snapshots, standing
from yanxiu.training.certificates.models import (
    Certificate,
    Revocation,
    RevocationProposal,
    Unset,
)
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants, walls
from yanxiu.training.people.models import Identity


def corrected(claimant: Claimant, name: str) -> None:
    """Let her name be another one, as her school has approved."""
    claimant.ask(name)
    claimant.correct()


def test_all_earlier_certificates_follow_a_correction_at_once(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene(seasons.SUMMER)
    hers = Claimant(scene, since=scene.outline.training.opens_at)
    hers.claim()
    demo = seasons.outline(seasons.DEMO)
    people.enrol(hers.teacher, seasons.DEMO, at=scene.call.ago(days=19))
    watching.watch(hers.person_id, watching.needed(demo), demo, begun_at=scene.call.ago(days=19))
    seen = issuing.draft(hers.person_id, demo, at=scene.call.now).digest
    issuing.issue(hers.person_id, demo, seen=seen, at=scene.call.now)
    before = list(Certificate.objects.all())
    name = hers.better_name

    corrected(hers, name)

    after = list(standing.valid())
    assert [each.edition for each in after] == [2, 2]
    assert {snapshots.of(each).holder_name for each in after} == {name}
    told = {each.training_id: snapshots.of(each) for each in before}
    for each in after:
        old, new = told[each.training_id], snapshots.of(each)
        assert (new.school_name, new.hours, new.courses) == (
            old.school_name,
            old.hours,
            old.courses,
        )
        assert new.document_number == old.document_number
    assert {standing.state(each) for each in standing.told().filter(edition=1)} == {"superseded"}
    assert {each.supersession.at for each in standing.told().filter(edition=1)} == {scene.call.now}
    told_of = Notice.objects.filter(person=hers.person_id, kind="certificate_reissued")
    assert told_of.count() == 2
    assert claims.is_whole()
    hers.sign()
    assert all(standing.is_signed(each) for each in standing.told())


def test_nothing_differs_and_nothing_is_asked_of_each_person(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    crowd = [Claimant(scene) for _ in range(3)]
    for each in crowd[:2]:
        each.claim()
    with CaptureQueriesContext(connection) as few:
        reissuing.follow_all(
            [each.person_id for each in crowd[:1]], by=crowd[0].teacher.person, at=scene.call.now
        )
    with CaptureQueriesContext(connection) as many:
        reissuing.follow_all(
            [each.person_id for each in crowd], by=crowd[0].teacher.person, at=scene.call.now
        )
    assert len(few) == len(many)
    assert Certificate.objects.count() == 2


def test_what_is_revoked_is_not_issued_again(own_database: Scratch) -> None:
    season.publish()
    hers = Claimant(season.scene())
    hers.claim()
    at, by = hers.scene.call.now, hers.scene.desk.officer
    certificate = Certificate.objects.get()
    proposal = RevocationProposal.objects.create(
        certificate=certificate, reason="discipline", sentence="", by_id=by.id, at=at
    )
    Revocation.objects.create(
        certificate=certificate, proposal=proposal, countersigned_by_id=by.id, at=at
    )
    corrected(hers, hers.better_name)
    assert Certificate.objects.get() == certificate


def test_a_name_without_a_glyph_is_queued_and_the_old_paper_stands(own_database: Scratch) -> None:
    season.publish()
    hers = Claimant(season.scene())
    hers.claim()
    hers.ask(hers.better_name)
    hers.correct()
    Identity.objects.filter(person=hers.teacher.person, until=None).update(
        name="张\U00050000", version=3
    )
    assert reissuing.follow(hers.person_id, by=hers.teacher.person, at=hers.scene.call.now) == []
    [waiting] = Unset.objects.all()
    assert (waiting.characters, waiting.seen) == ("\U00050000", "")
    assert standing.valid().count() == 1


def test_a_certificate_of_another_branch_follows_too(own_database: Scratch) -> None:
    season.publish()
    hers = Claimant(season.scene())
    hers.claim()
    elsewhere = "000000/110000/110100/110101/1101010001"
    Certificate.objects.using("owner").update(path=elsewhere)
    Identity.objects.filter(person=hers.person_id).update(version=2, name=hers.better_name)
    officer, at = hers.scene.desk.officer, hers.scene.call.now
    with walls.standing(grants.held(officer.id, at=at)):
        assert not Certificate.objects.exists()
        reissuing.follow(hers.person_id, by=officer, at=at)
        assert Certificate.objects.get().edition == 2
    assert sorted(Certificate.objects.values_list("edition", "path")) == [
        (1, elsewhere),
        (2, hers.scene.desk.school.path),
    ]
