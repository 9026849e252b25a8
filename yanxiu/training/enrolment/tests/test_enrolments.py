"""Show that a teacher enrols once, and that every no says what to do."""

from datetime import datetime, timedelta

import pytest

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import periods
from yanxiu.training.cast import people, places, seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import enrolments, refusals
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.people.models import Person, Persona
from yanxiu.training.trail.models import Entry

KIND = Persona.Kind.TEACHER


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene(seasons.SEASON)


def newcomer(scene: Scene) -> Teacher:
    """Return a teacher with all her information who is not enrolled."""
    return scene.call.teacher(scene.desk.school, at=scene.call.ago(days=1))


def enrol(
    scene: Scene, person: Person, *, kind: str = KIND, at: datetime | None = None
) -> Enrolment:
    instant = at or scene.call.now
    return enrolments.enrol(person, scene.outline.training, kind=kind, at=instant)


def said(scene: Scene, person: Person, *, kind: str = KIND) -> list[str]:
    sheet = enrolments.sheet(person.id, scene.outline.training, kind=kind, at=scene.call.now)
    return [refused.code for refused in sheet.refusals]


def test_enrolling_leaves_one_row_and_one_entry_of_the_trail(scene: Scene) -> None:
    teacher = newcomer(scene)
    enrolment = enrol(scene, teacher.person)
    assert enrolment.enrolled_at == scene.call.now
    entry = Entry.objects.get(verb="enrolled", subject_id=str(enrolment.id))
    assert (entry.actor_id, entry.detail) == (teacher.person.id, {"training": "season"})


def test_enrolling_twice_gives_the_same_enrolment_even_after_the_end(scene: Scene) -> None:
    teacher = newcomer(scene)
    once = enrol(scene, teacher.person)
    assert enrol(scene, teacher.person) == once
    assert enrol(scene, teacher.person, at=scene.outline.training.closes_at) == once
    assert Entry.objects.filter(verb="enrolled", subject_id=str(once.id)).count() == 1


def test_of_ten_who_press_at_once_one_enrolment_comes(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene(seasons.SEASON)
    teacher = newcomer(scene)
    answers = crowds.together(10, lambda _: str(enrol(scene, teacher.person).id))
    assert list(answers.values()) == [10]
    assert Enrolment.objects.count() == Entry.objects.filter(verb="enrolled").count() == 1


@pytest.mark.parametrize("kind", [Persona.Kind.STUDENT, Persona.Kind.PARENT, None])
def test_other_personas_look_but_do_not_enrol(scene: Scene, kind: str | None) -> None:
    teacher = newcomer(scene)
    training = scene.outline.training
    with pytest.raises(refusals.NotATeacher):
        enrolments.enrol(teacher.person, training, kind=kind, at=scene.call.now)


def test_before_the_first_instant_and_after_the_last_day_the_window_is_named(scene: Scene) -> None:
    person = newcomer(scene).person
    training = Training.objects.get(slug=seasons.SUMMER)
    instant = timedelta(microseconds=1)
    with pytest.raises(refusals.NotYetOpen) as early:
        enrolments.enrol(person, training, kind=KIND, at=training.opens_at - instant)
    with pytest.raises(refusals.Closed) as late:
        enrolments.enrol(person, training, kind=KIND, at=training.closes_at)
    for refused in (early.value, late.value):
        assert "报名时间为 2025 年 7 月 20 日至 9 月 30 日" in refused.message
    last = training.closes_at - instant
    assert last.astimezone(periods.CHINA).isoformat() == "2025-09-30T23:59:59.999999+08:00"
    assert enrolments.enrol(person, training, kind=KIND, at=last).enrolled_at == last


def test_missing_information_is_one_sentence_that_names_all_of_it(scene: Scene) -> None:
    person = people.register(scene.call.phone(), at=scene.call.now)
    with pytest.raises(refusals.InformationMissing) as refused:
        enrol(scene, person)
    assert "姓名和证件号码、任教学校" in refused.value.message


@pytest.mark.parametrize(
    ("type_code", "words"),
    [
        (places.VOCATIONAL, ("中等职业学校（职业教育）", "智慧职教研修")),
        ("412", ("学院（高等教育）", "智慧高教研修")),
    ],
)
def test_teachers_of_other_branches_are_led_to_their_platform(
    scene: Scene, type_code: str, words: tuple[str, ...]
) -> None:
    school = places.of(places.HOME, type_code)
    teacher = scene.call.teacher(school, at=scene.call.now)
    with pytest.raises(refusals.OtherPlatform) as refused:
        enrol(scene, teacher.person)
    for word in ("本平台为基础教育教师学习平台", school.name, "本校管理员", *words):
        assert word in refused.value.message


def test_a_school_whose_type_is_mended_lets_its_teacher_in(scene: Scene) -> None:
    school = places.of(places.HOME, places.VOCATIONAL)
    teacher = scene.call.teacher(school, at=scene.call.now)
    assert said(scene, teacher.person) == ["other_platform"]
    type(school).objects.filter(pk=school.pk).update(type="345")
    assert said(scene, teacher.person) == []
    assert enrol(scene, teacher.person)


def test_who_cannot_enrol_anyway_is_not_asked_for_information(scene: Scene) -> None:
    person = people.register(scene.call.phone(), at=scene.call.now)
    assert said(scene, person) == ["information_missing"]
    assert said(scene, person, kind=Persona.Kind.PARENT) == ["not_a_teacher"]


def test_the_sheet_shows_what_hours_and_certificate_will_use(scene: Scene) -> None:
    teacher = newcomer(scene)
    sheet = enrolments.sheet(
        teacher.person.id, scene.outline.training, kind=KIND, at=scene.call.now
    )
    assert sheet.identity == teacher.asked.identity
    assert [standing.post.school for standing in sheet.standings] == [scene.desk.school]
    assert sheet.refusals == ()
