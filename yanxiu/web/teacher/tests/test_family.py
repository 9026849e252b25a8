"""Show that a parent sees what a child has watched once both agree, and no longer."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.season import Scene
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, students
from yanxiu.training.cast.casting import Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.journeys import switching
from yanxiu.training.learning import viewings
from yanxiu.training.organisations.models import Kinship
from yanxiu.training.people import consents
from yanxiu.training.people.models import Person, Persona
from yanxiu.web.teacher.tests.pages import SignIn, text

FAMILY, VIEWINGS = reverse("my_family"), reverse("my_viewings")
Kind = Persona.Kind


@pytest.fixture
def desk(scene: Scene) -> Desk:
    return scene.desk


@pytest.fixture
def who(scene: Scene) -> Invented:
    return scene.call.person("秦小禾")


@pytest.fixture
def child(scene: Scene, desk: Desk, who: Invented) -> Person:
    """Give a student who has registered with her number."""
    entry = students.enter(desk.school, who, group="初一", by=desk.officer, at=scene.call.now)
    return students.register(entry, by=desk.officer, at=scene.call.now).person


@pytest.fixture
def parent(scene: Scene) -> Person:
    return people.register(scene.call.phone(), at=scene.call.now, kind=Kind.PARENT)


def asked(who: Invented, **other: str) -> dict[str, str]:
    facts = {"number": students.number(who), "name": who.name, "said": "爸爸", "consent": "on"}
    return facts | other


def link(parent: Person) -> Kinship:
    return Kinship.objects.get(parent=parent, ended_at=None)


def test_the_child_agrees_and_the_parent_reads_and_either_ends_it(
    scene: Scene, who: Invented, child: Person, parent: Person, signed_in: SignIn
) -> None:
    hers, theirs = signed_in(child), signed_in(parent)
    assert "等孩子或学校同意" in text(theirs.post(FAMILY, asked(who), follow=True))
    page = reverse("my_child", args=[link(parent).pk])
    assert theirs.get(page).status_code == 404, "nobody has agreed yet"
    said = text(hers.get(FAMILY))
    assert "爸爸" in said
    assert "等你同意" in said
    hers.post(reverse("my_kinship_confirmation", args=[link(parent).pk]))
    lesson = scene.outline.courses[0].lessons[0]
    watch(hers, lesson.id, seconds=9)
    shown = text(theirs.get(page))
    assert "秦小禾看过 1 个视频" in shown
    assert lesson.title in shown
    assert theirs.post(page).status_code == 405, "to read alone"
    texts = [str(each.title) for each in consents.given(parent.id)]
    assert str(consents.TEXTS[consents.PARENT].title) in texts
    texts = [str(each.title) for each in consents.given(child.id)]
    assert str(consents.TEXTS[consents.CHILD].title) in texts
    hers.post(reverse("my_kinship_ending", args=[link(parent).pk]))
    assert theirs.get(page).status_code == 404
    assert "已关联" not in text(theirs.get(FAMILY))


def watch(browser: Client, lesson_id: object, *, seconds: int) -> None:
    answer = browser.post(VIEWINGS, {"lesson": str(lesson_id), "seconds": seconds})
    assert answer.status_code == 204


def test_the_school_agrees_in_the_childs_place(
    who: Invented, desk: Desk, child: Person, parent: Person, signed_in: SignIn
) -> None:
    theirs, officer = signed_in(parent), _officer(desk)
    theirs.post(FAMILY, asked(who))
    page = reverse("office_students")
    assert "1 位家长请求关联" in text(officer.get(page))
    answer = reverse("office_kinship", args=[link(parent).pk])
    assert officer.post(answer, {"outcome": "agree"}).status_code == 303
    assert officer.post(answer, {"outcome": "agree"}).status_code == 404, "nothing waits"
    assert "还没有看过视频" in text(theirs.get(reverse("my_child", args=[link(parent).pk])))
    assert "学校已同意一位家长关联你" in text(signed_in(child).get(reverse("my_notices")))


def test_another_school_answers_for_nobody(
    scene: Scene, who: Invented, child: Person, parent: Person, signed_in: SignIn
) -> None:
    signed_in(parent).post(FAMILY, asked(who))
    other = casting.desk(
        scene.call, places.of(places.HOME, places.PRIMARY, 2), by=casting.nations(scene.call)
    )
    answer = reverse("office_kinship", args=[link(parent).pk])
    assert _officer(other).post(answer, {"outcome": "agree"}).status_code == 404
    assert link(parent).agreed_at is None


def test_who_guesses_children_is_stopped(
    who: Invented, child: Person, parent: Person, signed_in: SignIn
) -> None:
    theirs = signed_in(parent)
    wrong = [asked(who, name="秦小米"), asked(who, number="G110101201509010016")]
    said = [text(theirs.post(FAMILY, each), 400).count("没有找到这名学生") for each in wrong]
    assert said == [1, 1], "the same, whatever is wrong"
    for _ in range(3):
        theirs.post(FAMILY, wrong[0])
    assert "今天已多次填写" in text(theirs.post(FAMILY, asked(who)), 429)
    assert not Kinship.objects.filter(parent=parent).exists()


def test_only_a_parent_asks_and_only_as_a_parent_she_sees(
    who: Invented, child: Person, parent: Person, signed_in: SignIn
) -> None:
    theirs = signed_in(parent)
    theirs.post(FAMILY, asked(who))
    assert "已请求关联这个孩子" in text(theirs.post(FAMILY, asked(who)), 409)
    signed_in(child).post(reverse("my_kinship_confirmation", args=[link(parent).pk]))
    page = reverse("my_child", args=[link(parent).pk])
    switching.switch(parent.account, Kind.TEACHER, at=clock.now())
    assert theirs.get(page).status_code == 403
    assert "切换身份" in text(theirs.get(FAMILY))
    assert "需要家长身份" in text(theirs.post(FAMILY, asked(who)), 403)
    switching.switch(parent.account, Kind.PARENT, at=clock.now())
    assert theirs.get(page).status_code == 200, "the link has waited"


def test_strangers_answer_and_end_nothing(
    scene: Scene, who: Invented, child: Person, parent: Person, signed_in: SignIn
) -> None:
    signed_in(parent).post(FAMILY, asked(who))
    stranger = people.register(scene.call.phone(), at=scene.call.now, kind=Kind.PARENT)
    for name in ("my_kinship_confirmation", "my_kinship_ending"):
        address = reverse(name, args=[link(parent).pk])
        assert signed_in(stranger).post(address).status_code == 409
    confirmation = reverse("my_kinship_confirmation", args=[link(parent).pk])
    assert signed_in(parent).post(confirmation).status_code == 404, "not the parent herself"
    assert link(parent).agreed_at is None


def test_a_student_looks_at_a_lesson_and_earns_nothing(
    scene: Scene, child: Person, signed_in: SignIn
) -> None:
    course = scene.outline.courses[0]
    hers = signed_in(child)
    page = text(hers.get(reverse("course", args=[course.id])))
    assert f'data-viewing="{VIEWINGS}"' in page
    assert "学生观看不计学时" in page
    watch(hers, course.lessons[0].id, seconds=7)
    assert "看过 1 个视频" in text(hers.get(VIEWINGS))
    assert viewings.of(child.id)[0].watched_s == 7
    for wrong in ({"lesson": "x", "seconds": 1}, {"lesson": str(child.id), "seconds": "-1"}):
        assert hers.post(VIEWINGS, wrong).status_code == 400
    assert hers.post(VIEWINGS, {"lesson": str(child.id), "seconds": 1}).status_code == 404


def test_a_teacher_notes_no_viewings_and_is_led_back_to_her_hours(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    hers, course = signed_in(teacher.person), scene.outline.courses[0]
    lesson = {"lesson": str(course.lessons[0].id), "seconds": 5}
    assert hers.post(VIEWINGS, lesson).status_code == 403
    switching.switch(teacher.person.account, Kind.PARENT, at=clock.now())
    page = text(hers.get(reverse("course", args=[course.id])))
    assert "现在不是教师身份" in page
    assert "yx-player" not in page


def _officer(desk: Desk) -> Client:
    browser = Client()
    sign_in(browser, desk.officer.account)
    return browser
