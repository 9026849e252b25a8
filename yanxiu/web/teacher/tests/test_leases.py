"""Show what the player gets when it asks for a lease, and each no as JSON."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from tests.support.season import Scene
from yanxiu.training.learning import sealing
from yanxiu.training.learning.models import Allowance
from yanxiu.training.people.models import Account
from yanxiu.web.teacher.tests.pages import Answer, SignIn

ADDRESS = "/learning/leases/"


def wanted(scene: Scene, **changes: object) -> dict[str, object]:
    lesson = scene.outline.courses[0].lessons[0]
    return {"lesson": str(lesson.id), "player": "tab-1"} | changes


def ask(browser: Client, body: object) -> Answer:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return browser.post(ADDRESS, text, content_type="application/json")


def refused(answer: Answer) -> tuple[int, str]:
    said = json.loads(answer.content)
    assert set(said) == {"code", "message", "trace"}
    assert said["trace"] == answer["X-Trace"]
    assert said["message"].endswith("。")
    return answer.status_code, said["code"]


def test_a_lease_is_exactly_what_the_player_expects(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    item = scene.outline.courses[0].lessons[0]
    answer = ask(signed_in(teacher.person), wanted(scene))
    assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
    lease = json.loads(answer.content)
    assert sealing.unseal(lease.pop("lease")).person == teacher.person.id.bytes
    assert lease == {
        "lesson": str(item.id),
        "media_version": 1,
        "kept": [],
        "duration_ms": 20_000,
        "position_ms": 0,
        "covered": [],
        "max_rate": 2.0,
        "beat_every_s": 15,
        "question": False,
        "media": {
            "renditions": [
                {"src": "/media/films/none.mp4", "type": "video/mp4", "width": 640, "height": 360}
            ],
            "captions": [],
            "poster": "",
        },
    }


def test_a_visitor_is_asked_to_sign_in_again(scene: Scene) -> None:
    assert refused(ask(Client(), wanted(scene))) == (401, "not_signed_in")


def test_whoever_is_not_enrolled_is_told_so(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.now)
    answer = ask(signed_in(teacher.person), wanted(scene))
    assert refused(answer) == (409, "not_enrolled")
    assert not Allowance.objects.filter(pk=teacher.person.id).exists()


def test_an_unknown_lesson_is_not_found(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    assert refused(ask(browser, wanted(scene, lesson=str(uuid4())))) == (404, "lesson_unknown")


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[]",
        "null",
        '"lesson"',
        "{}",
        b"\xff\xfe\x00",
        "[" * 1_000,
        '{"lesson": 1, "player": "tab"}',
        '{"lesson": "1;drop", "player": "tab"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": ""}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "a b"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": null}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "a\\u0000"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "' + "a" * 65 + '"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "a", "player": "b"}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "a", "rate": 16}',
        '{"lesson": "01a20a8c-79ae-7418-9bcb-e8f6678f9530", "player": "a",}',
    ],
)
def test_whatever_is_not_a_request_for_a_lease_is_refused_whole(
    body: str, scene: Scene, signed_in: SignIn
) -> None:
    assert refused(ask(signed_in(scene.teacher().person), body)) == (400, "malformed")


def test_other_types_and_large_bodies_are_refused(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    plain = browser.post(ADDRESS, json.dumps(wanted(scene)), content_type="text/plain")
    assert refused(plain) == (415, "malformed")
    assert refused(ask(browser, wanted(scene, player="a" * 2_000))) == (413, "too_large")


def test_without_a_form_token_nothing_is_issued(scene: Scene) -> None:
    teacher = scene.teacher()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(person=teacher.person))
    assert refused(ask(strict, wanted(scene))) == (403, "csrf")
    assert not Allowance.objects.filter(pk=teacher.person.id).exists()


def test_looking_issues_nothing(scene: Scene, signed_in: SignIn) -> None:
    assert signed_in(scene.teacher().person).get(ADDRESS).status_code == 405
