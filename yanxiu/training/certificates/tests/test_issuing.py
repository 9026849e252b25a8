"""Show that a certificate is issued once, says what was true, and is never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import periods
from yanxiu.training.cast import people, seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import issuing, numbering, papers, refusals, snapshots, standing
from yanxiu.training.certificates.models import Certificate, Serial
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Decision
from yanxiu.training.people.models import Identity
from yanxiu.training.trail.models import Entry


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def draft(scene: Scene, teacher: Teacher) -> snapshots.Snapshot:
    return issuing.draft(teacher.person.id, scene.outline, at=scene.call.now)


def issue(scene: Scene, teacher: Teacher, seen: str | None = None) -> Certificate:
    digest = draft(scene, teacher).digest if seen is None else seen
    return issuing.issue(teacher.person.id, scene.outline, seen=digest, at=scene.call.now)


def way(scene: Scene, teacher: Teacher) -> standing.Way:
    return standing.read(teacher.person.id, scene.outline, at=scene.call.now)


def test_a_draft_says_what_is_true_now(scene: Scene) -> None:
    teacher = scene.finished()
    told = draft(scene, teacher)
    assert told.holder_name == teacher.asked.identity.name
    assert len(told.document_number) == 18
    assert told.school_name == scene.desk.school.name
    assert told.hours == "4.00"
    assert told.courses == [["走近教育家精神", "1.50"], ["数字课堂一瞥", "2.50"]]
    assert told.rulebook_version == 1


def test_nothing_is_drafted_before_it_is_due_and_every_reason_is_told(scene: Scene) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.now)
    with pytest.raises(refusals.NotDue) as refused:
        draft(scene, teacher)
    for words in (
        "还没有报名",
        "已认定 0 学时，还差 4 学时：走近教育家精神 差 1.5、数字课堂一瞥 差 2.5",
        "身份尚未经学校管理员审核通过，请联系本校管理员",
    ):
        assert words in refused.value.message


def test_before_its_first_day_no_certificate_is_issued(country: None) -> None:
    scene = season.scene(seasons.SUMMER)
    teacher = scene.finished(at=scene.outline.training.opens_at)
    early = scene.outline.training.certificates_from
    with pytest.raises(refusals.NotDue) as refused:
        issuing.issue(teacher.person.id, scene.outline, seen="", at=early - timedelta(seconds=1))
    assert "证书自 9 月 15 日起提供，届时会通知您，无需反复刷新" in refused.value.message


def test_claiming_has_no_end(country: None) -> None:
    scene = season.scene(seasons.SUMMER)
    teacher = scene.finished(at=scene.outline.training.opens_at)
    assert scene.call.now > scene.outline.training.closes_at
    assert issue(scene, teacher).number.startswith("2025SQ-")


def test_issuing_leaves_number_code_and_an_entry_of_the_trail(scene: Scene) -> None:
    teacher = scene.finished()
    certificate = issue(scene, teacher)
    assert numbering.is_wellformed(certificate.number)
    assert (certificate.edition, certificate.issued_at) == (1, scene.call.now)
    entry = Entry.objects.get(verb="certificate_issued", subject_id=str(certificate.id))
    assert entry.actor_id == teacher.person.id
    assert way(scene, teacher).state == "issued"


def test_the_same_again_gives_the_same_paper(scene: Scene) -> None:
    teacher = scene.finished()
    first = issue(scene, teacher)
    assert issue(scene, teacher, seen="whatever") == first
    assert Certificate.objects.filter(person_id=teacher.person.id).count() == 1


def test_numbers_of_a_series_follow_without_a_gap(scene: Scene) -> None:
    prefix = scene.outline.training.number_prefix
    found = Serial.objects.filter(prefix=prefix).first()
    before = found.last if found else 0
    for serial in range(before + 1, before + 4):
        teacher = scene.finished()
        with pytest.raises(refusals.ChangedSincePreview):
            issue(scene, teacher, seen="stale")
        assert issue(scene, teacher).number == numbering.number(prefix, serial)
    assert Serial.objects.get(prefix=prefix).last == before + 3


def test_a_name_that_no_font_can_show_is_told_before_a_number_is_taken(scene: Scene) -> None:
    teacher = scene.finished()
    Identity.objects.filter(person=teacher.person).update(name="张𪚥")
    with pytest.raises(refusals.Unprintable) as refused:
        issue(scene, teacher)
    assert "“𪚥”" in refused.value.message
    assert way(scene, teacher).state == "ready"


def test_data_that_changed_since_the_preview_are_looked_at_again(scene: Scene) -> None:
    teacher = scene.finished()
    seen = draft(scene, teacher)
    assert replace(seen, school_name="另一所学校").digest != seen.digest
    with pytest.raises(refusals.ChangedSincePreview):
        issue(scene, teacher, seen=replace(seen, school_name="另一所学校").digest)
    assert way(scene, teacher).state == "ready"


def test_watching_more_between_preview_and_confirmation_changes_nothing(scene: Scene) -> None:
    teacher = scene.finished()
    seen = draft(scene, teacher).digest
    season_of_today = seasons.outline(seasons.SEASON)
    item = season_of_today.courses[0].lessons[0]
    watching.watch(
        teacher.person.id, [(item, 60_000)], season_of_today, begun_at=scene.call.ago(days=1)
    )
    assert issue(scene, teacher, seen=seen)


def test_leaving_the_school_afterwards_voids_nothing_and_changes_nothing(scene: Scene) -> None:
    teacher = scene.finished()
    certificate = issue(scene, teacher)
    said = snapshots.of(certificate)
    posts.end(teacher.post, by=teacher.person, at=scene.call.now)
    again = way(scene, teacher)
    assert (again.state, again.certificate) == ("issued", certificate)
    assert again.certificate
    assert snapshots.of(again.certificate) == said


def test_leaving_the_school_before_claiming_asks_for_the_next_school(scene: Scene) -> None:
    teacher = scene.finished()
    posts.end(teacher.post, by=teacher.person, at=scene.call.now)
    [reason] = way(scene, teacher).reasons
    assert (reason.code, reason.owner, reason.since) == ("not_verified", "teacher", None)


def test_while_the_school_is_asked_it_is_the_school_s_turn(scene: Scene) -> None:
    asked_at = scene.call.ago(days=3)
    teacher = scene.call.teacher(scene.desk.school, at=asked_at)
    [*_, reason] = way(scene, teacher).reasons
    assert (reason.code, reason.owner, reason.since) == ("not_verified", "school", asked_at)


def test_after_a_no_it_is_the_teacher_s_turn(scene: Scene) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=3))
    reason_given, at = Decision.Reason.NAME_DIFFERS, scene.call.ago(days=2)
    people.reject(teacher, reason=reason_given, by=scene.desk.officer, at=at)
    [*_, reason] = way(scene, teacher).reasons
    assert (reason.code, reason.owner, reason.since) == ("not_verified", "teacher", at)


def test_no_role_can_change_a_certificate(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    certificate = issue(scene, scene.finished())
    mine = Certificate.objects.filter(pk=certificate.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        mine.update(number="2025SQ-0000-0000-000")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificate")
    assert mine.get().number == certificate.number


def test_a_hundred_confirmations_at_once_make_one_certificate(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    teacher = scene.finished()
    seen = draft(scene, teacher).digest
    numbers = crowds.together(100, lambda _: issue(scene, teacher, seen=seen).number)
    assert list(numbers.values()) == [100]
    assert Certificate.objects.count() == 1
    assert Serial.objects.get().last == 1
    assert Entry.objects.filter(verb="certificate_issued").count() == 1


def test_ten_people_who_confirm_at_once_get_ten_numbers_in_a_row(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    crowd = [scene.finished() for _ in range(10)]
    seen = [draft(scene, teacher).digest for teacher in crowd]
    numbers = crowds.together(10, lambda n: issue(scene, crowd[n], seen=seen[n]).number)
    prefix = scene.outline.training.number_prefix
    assert set(numbers) == {numbering.number(prefix, serial) for serial in range(1, 11)}


def test_the_paper_says_what_the_snapshot_says(scene: Scene) -> None:
    teacher = scene.finished()
    certificate = issue(scene, teacher)
    told = snapshots.of(certificate)
    facts = papers.facts(certificate, address="https://example.test")
    assert (facts.holder_name, facts.document_number) == (told.holder_name, told.document_number)
    assert facts.courses == (("走近教育家精神", "1.50"), ("数字课堂一瞥", "2.50"))
    assert facts.hours_text == "4.00"
    assert facts.verify_url == f"https://example.test/verify/{certificate.token}/"
    assert facts.enrolled_on == scene.call.ago(days=19).astimezone(periods.CHINA).date()
    assert facts.issued_on == scene.call.now.astimezone(periods.CHINA).date()
    assert facts.number == certificate.number
