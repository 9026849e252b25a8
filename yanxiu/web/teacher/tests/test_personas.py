"""Show that one press changes as what one uses the platform, and that a student's data wait."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import people
from yanxiu.training.journeys import switching
from yanxiu.training.learning import viewings
from yanxiu.training.learning.models import Viewing
from yanxiu.training.people import refusals, seals
from yanxiu.training.people.models import Person, Persona, Seal, SealKey
from yanxiu.training.trail.models import Entry
from yanxiu.web.teacher.tests.pages import SignIn, text

SWITCH, ACCOUNT, ME = reverse("my_persona"), reverse("my_account"), reverse("me")
Kind = Persona.Kind


def kinds(person: Person) -> list[str]:
    return list(person.personas.filter(until=None).values_list("kind", flat=True))


@pytest.fixture
def student(scene: Scene) -> Person:
    """Give a student who has looked at two lessons."""
    person = people.register(scene.call.phone(), at=scene.call.now, kind=Kind.STUDENT)
    for lesson in scene.outline.courses[0].lessons[:2]:
        viewings.note(person.id, lesson.id, seconds=12, at=scene.call.now)
    return person


def switch(browser: Client, to: str) -> str:
    answer = browser.post(SWITCH, {"kind": to}, follow=True)
    return text(answer)


def test_it_is_one_press_from_the_account_and_from_me(student: Person, signed_in: SignIn) -> None:
    browser = signed_in(student)
    for page in (ACCOUNT, ME):
        assert f'href="{SWITCH}"' in text(browser.get(page))
    said = text(browser.get(SWITCH))
    assert "您作为学生的 2 条观看记录会封存 30 天" in said
    assert "不能找回" in said
    assert kinds(student) == [Kind.STUDENT], "reading changes nothing"
    assert "现在是教师身份" in switch(browser, Kind.TEACHER)
    assert kinds(student) == [Kind.TEACHER]


def test_what_a_student_has_is_unreadable_until_one_tap_brings_it_back(
    student: Person, signed_in: SignIn
) -> None:
    before = list(Viewing.objects.filter(person_id=student.id).order_by("lesson_id").values())
    browser = signed_in(student)
    switch(browser, Kind.TEACHER)
    assert not Viewing.objects.filter(person_id=student.id).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM people_seal WHERE person_id = %s", [student.id])
        (content,) = cursor.fetchone()
    assert b"lesson" not in bytes(content)
    for page in (ME, SWITCH):
        assert "您的学生数据（2 条观看记录）已封存" in text(browser.get(page))
    said = switch(browser, Kind.STUDENT)
    assert "已在" in said
    assert "全部恢复" in said
    after = list(Viewing.objects.filter(person_id=student.id).order_by("lesson_id").values())
    assert after == before
    assert not SealKey.objects.exists()


def test_after_thirty_days_a_job_deletes_it_and_she_reads_that(
    student: Person, signed_in: SignIn
) -> None:
    browser, at = signed_in(student), clock.now()
    switch(browser, Kind.TEACHER)
    assert switching.delete(at=at + timedelta(days=29, hours=23)) == 0
    assert switching.delete(at=at + timedelta(days=30, minutes=1)) == 1
    assert switching.delete(at=at + timedelta(days=30, minutes=1)) == 0, "once"
    seal = Seal.objects.get(person=student)
    assert (seal.content, SealKey.objects.filter(seal=seal).exists()) == (None, False)
    assert "到期删除，不能找回" in text(browser.get(SWITCH))
    switch(browser, Kind.STUDENT)
    assert not Viewing.objects.filter(person_id=student.id).exists()
    told = Entry.objects.filter(subject_id=str(student.id)).values_list("verb", flat=True)
    assert {"persona_switched", "student_data_sealed", "student_data_deleted"} <= set(told)


def test_parents_and_teachers_change_as_often_as_they_like_and_lose_nothing(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    assert "学时、证书和任教信息全部保留" in text(browser.get(SWITCH))
    switch(browser, Kind.PARENT)
    assert "切换为教师" in text(browser.get(SWITCH))
    switch(browser, Kind.TEACHER)
    assert not Seal.objects.filter(person=teacher.person).exists()
    assert teacher.person.posts.filter(ended_at=None).exists()


def test_what_one_is_decides_what_one_may_do(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    lesson = scene.outline.courses[0].lessons[0]
    wanted = {"lesson": str(lesson.id), "player": "tab"}
    for to, status in ((Kind.PARENT, 403), (Kind.TEACHER, 201)):
        switch(browser, to)
        answer = browser.post(reverse("leases"), wanted, content_type="application/json")
        assert answer.status_code == status


def test_a_second_press_and_nonsense_change_nothing(student: Person, signed_in: SignIn) -> None:
    browser = signed_in(student)
    assert browser.post(SWITCH, {"kind": "student"}).status_code == 409
    assert "没有改变任何数据" in text(browser.post(SWITCH, {"kind": "king"}), 400)
    assert text(browser.post(SWITCH), 400)
    assert kinds(student) == [Kind.STUDENT]


def test_nothing_is_put_away_where_there_is_nothing(scene: Scene, signed_in: SignIn) -> None:
    person = people.register(scene.call.phone(), at=scene.call.now, kind=Kind.STUDENT)
    browser = signed_in(person)
    assert "不会丢失任何东西" in text(browser.get(SWITCH))
    switch(browser, Kind.TEACHER)
    assert seals.latest(person.id) is None


def test_nobody_watches_more_than_time_allows(student: Person, scene: Scene) -> None:
    lesson, at = scene.outline.courses[0].lessons[0], scene.call.now
    viewings.note(student.id, lesson.id, seconds=3_600, at=at + timedelta(seconds=5))
    (looked,) = [each for each in viewings.of(student.id) if each.lesson_id == lesson.id]
    kept = Viewing.objects.get(person_id=student.id, lesson_id=lesson.id)
    assert kept.watched_s == 12 + 10
    assert looked.watched_s == min(22, looked.length_s)


def test_who_leaves_for_good_leaves_nothing_sealed(student: Person) -> None:
    at: datetime = clock.now()
    switching.switch(student.account, Kind.TEACHER, at=at)
    seals.forget(student, at=at)
    assert Seal.objects.get(person=student).deleted_at == at
    with pytest.raises(refusals.SamePersona):
        switching.switch(student.account, Kind.TEACHER, at=at)
