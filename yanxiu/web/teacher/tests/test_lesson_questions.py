"""Show what the player is told when a question waits, and what it never is."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.cast import seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.trainings import Item
from yanxiu.training.learning import coverage, leases, questions, words
from yanxiu.training.learning.models import Coverage, Question
from yanxiu.training.learning.questions import Place
from yanxiu.training.people.models import Account
from yanxiu.web.teacher import question_words
from yanxiu.web.teacher.tests.pages import Answer, SignIn, text

ASK, TIME, ANSWERS = "/learning/questions/", "/learning/questions/time/", "/learning/answers/"


@pytest.fixture
def asking(country: None) -> Scene:
    return season.scene(seasons.QUESTIONS)


def lesson(scene: Scene) -> Item:
    [item] = [each for each in scene.outline.courses[0].lessons if each.duration_ms == 40_000]
    return item


def send(browser: Client, address: str, **body: object) -> Answer:
    return browser.post(address, json.dumps(body), content_type="application/json")


def told(answer: Answer) -> dict[str, object]:
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = json.loads(answer.content)
    return found


def watch(scene: Scene, teacher: Teacher, to_ms: int) -> Place:
    """Let her have watched so much of the lesson's beginning."""
    where = Place(teacher.person.id, scene.outline, lesson(scene))
    leases.issue(where.person_id, where.outline, where.item, player="tab")
    mine = Coverage.objects.filter(person_id=where.person_id, lesson_id=where.item.id)
    mine.update(covered=coverage.text(coverage.of([(0, to_ms)])))
    return where


def reach(scene: Scene, teacher: Teacher) -> dict[str, object]:
    """Let her have come to the gate; return how the lesson is named."""
    where = Place(teacher.person.id, scene.outline, lesson(scene))
    watch(scene, teacher, questions.placed(where)[0])
    return {"lesson": str(where.item.id)}


def test_a_question_is_asked_without_its_answer(asking: Scene, signed_in: SignIn) -> None:
    teacher = asking.teacher()
    named = reach(asking, teacher)
    answer = send(signed_in(teacher.person), ASK, **named)
    row = Question.objects.get(person_id=teacher.person.id)
    assert told(answer) == {
        "state": "asked",
        "question": {
            "place": 0,
            "turn": 1,
            "sentence": question_words.sentence(row.kind),
            "choices": [question_words.word(each) for each in row.choices],
            "left_s": 300,
        },
    }


def test_a_lease_says_that_a_question_waits(asking: Scene, signed_in: SignIn) -> None:
    teacher = asking.teacher()
    browser = signed_in(teacher.person)
    named = {"lesson": str(lesson(asking).id), "player": "tab"}
    assert json.loads(send(browser, "/learning/leases/", **named).content)["question"] is False
    reach(asking, teacher)
    assert json.loads(send(browser, "/learning/leases/", **named).content)["question"] is True


def test_nothing_is_asked_ahead_or_where_nothing_waits(asking: Scene, signed_in: SignIn) -> None:
    teacher = asking.teacher()
    browser, named = signed_in(teacher.person), {"lesson": str(lesson(asking).id)}
    assert told(send(browser, ASK, **named)) == {"state": "none"}
    watch(asking, teacher, 1_000)
    assert told(send(browser, ASK, **named)) == {"state": "ahead"}
    assert not Question.objects.filter(person_id=teacher.person.id).exists()


def test_a_wrong_answer_says_when_the_next_question_comes_and_a_right_one_opens(
    asking: Scene, signed_in: SignIn
) -> None:
    teacher = asking.teacher()
    browser, named = signed_in(teacher.person), reach(asking, teacher)
    send(browser, ASK, **named)
    asked = Question.objects.get(person_id=teacher.person.id)
    at = named | {"place": 0, "turn": 1}
    wrong = send(browser, ANSWERS, **at, choice=(asked.right + 1) % 4)
    assert told(wrong) == {"right": False, "again_after_s": 5}
    waits = told(send(browser, ASK, **named))
    assert waits["state"] == "pause"
    assert waits["again_after_s"] in {4, 5}
    other = asking.teacher()
    browser, named = signed_in(other.person), reach(asking, other)
    send(browser, ASK, **named)
    asked = Question.objects.get(person_id=other.person.id)
    right = send(browser, ANSWERS, **at, choice=asked.right)
    assert told(right) == {"right": True, "again_after_s": None}
    assert told(send(browser, ASK, **named)) == {"state": "none"}


def test_the_outline_and_the_help_page_say_that_a_question_waits(
    asking: Scene, signed_in: SignIn
) -> None:
    teacher = asking.teacher()
    browser = signed_in(teacher.person)
    course = f"/courses/{asking.outline.courses[0].id}/"
    assert "有提问待回答" not in text(browser.get(course))
    reach(asking, teacher)
    assert "有提问待回答" in text(browser.get(course))
    assert "有一道课堂提问待回答" in text(browser.get("/help/"))


def test_more_time_is_there_for_one_press(asking: Scene, signed_in: SignIn) -> None:
    teacher = asking.teacher()
    browser, named = signed_in(teacher.person), reach(asking, teacher)
    first = told(send(browser, ASK, **named))
    assert told(send(browser, TIME, **named, place=0, turn=1)) == first


@pytest.mark.parametrize("address", [TIME, ANSWERS])
def test_what_was_never_asked_is_not_found(address: str, asking: Scene, signed_in: SignIn) -> None:
    teacher = asking.teacher()
    body = reach(asking, teacher) | {"place": 0, "turn": 7}
    body |= {"choice": 0} if address == ANSWERS else {}
    answer = send(signed_in(teacher.person), address, **body)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (404, "question_unknown")


@pytest.mark.parametrize("address", [ASK, TIME, ANSWERS])
def test_only_a_teacher_who_is_signed_in_and_her_own_page_may_ask(
    address: str, asking: Scene, signed_in: SignIn
) -> None:
    body: dict[str, object] = {"lesson": str(uuid4()), "place": 0, "turn": 1, "choice": 0}
    kept = {ASK: ["lesson"], TIME: ["lesson", "place", "turn"], ANSWERS: list(body)}[address]
    body = {name: body[name] for name in kept}
    assert send(Client(), address, **body).status_code == 401
    teacher = asking.teacher()
    assert send(signed_in(teacher.person), address, **body).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(person=teacher.person))
    assert send(strict, address, **body).status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_is_said_in_every_language(language: str) -> None:
    with translation.override(language):
        for kind, names in words.KINDS.items():
            assert question_words.sentence(kind)
            said = [question_words.word(name) for name in names]
            assert len(set(said)) == len(said)
            assert all(word.isascii() for word in said) == (language == "en")
