"""Show which files a device is told of, and who is told."""

from datetime import timedelta

from django.test import Client

from tests.support.season import Scene
from yanxiu.foundation import media
from yanxiu.web.teacher.tests.pages import SignIn


def address(scene: Scene) -> str:
    return f"/courses/{scene.outline.courses[0].id}/files.json"


def test_whoever_is_enrolled_is_told_every_file_its_size_and_until_when_it_counts(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    told = signed_in(teacher.person).get(address(scene)).json()
    offer, book = scene.outline.courses[0], scene.outline.rulebook
    assert [each["id"] for each in told["lessons"]] == [str(each.id) for each in offer.lessons]
    first, item = told["lessons"][0], offer.lessons[0]
    assert first["duration_ms"] == item.duration_ms
    sizes = [media.size(str(each["src"])) for each in item.renditions]
    assert [each["bytes"] for each in first["renditions"]] == sizes
    assert told["offline_allowance_s"] == book.offline_allowance_s == 14_400
    closes_at = scene.outline.training.closes_at
    assert told["closes_at"].startswith(closes_at.strftime("%Y-%m-%dT%H:%M"))
    late_until = closes_at + timedelta(hours=72)
    assert told["late_until"].startswith(late_until.strftime("%Y-%m-%dT%H:%M"))


def test_others_are_refused_in_words(scene: Scene, signed_in: SignIn) -> None:
    answer = Client().get(address(scene))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    newcomer = scene.call.teacher(scene.desk.school, at=scene.call.now)
    answer = signed_in(newcomer.person).get(address(scene))
    assert (answer.status_code, answer.json()["code"]) == (409, "not_enrolled")


def test_the_page_offers_it_to_whoever_is_enrolled(scene: Scene, signed_in: SignIn) -> None:
    page = f"/courses/{scene.outline.courses[0].id}/"
    teacher = scene.teacher()
    assert f'data-files="{address(scene)}"' in signed_in(teacher.person).get(page).content.decode()
    assert "yx-save" not in Client().get(page).content.decode()


def test_a_device_knows_people_apart_and_not_by_name(scene: Scene, signed_in: SignIn) -> None:
    one, other = scene.teacher(), scene.teacher()
    names = [
        signed_in(each.person).get("/").content.decode().split('data-owner="')[1].split('"')[0]
        for each in (one, one, other)
    ]
    assert names[0] == names[1] != names[2]
    assert len(names[0]) == 16
    assert names[0] not in one.person.id.hex
    assert 'data-owner=""' in Client().get("/").content.decode()
