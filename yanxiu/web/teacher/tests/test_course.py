"""Show the page of a course: who may play, where it begins, what the circles say."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.support import season
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Item, Offer
from yanxiu.web.teacher.tests.pages import SignIn, text


def first(scene: Scene) -> Offer:
    return scene.outline.courses[0]


def address(scene: Scene, item: Item | None = None, part: str = "") -> str:
    chosen = f"?lesson={item.id}" if item else ""
    return f"/courses/{first(scene).id}/{part}{chosen}"


def watch(scene: Scene, teacher: Teacher, *watched_ms: int) -> None:
    """Watch so much of each lesson of the first course."""
    sittings = list(zip(first(scene).lessons, watched_ms, strict=False))
    watching.watch(
        teacher.person.id,
        sittings,
        scene.outline,
        begun_at=scene.call.ago(days=5),
        pause=watching.BREATH,
    )


def states(page: str) -> list[str]:
    """Return what the circles of the outline say."""
    return re.findall(r'data-lesson-state="[^"]+"[^>]*aria-label="([^"]+)"', page)


def test_visitors_see_the_outline_and_how_watching_comes_to_count(scene: Scene) -> None:
    page = text(Client().get(address(scene)))
    for item in first(scene).lessons:
        assert item.title in page
    assert "只有报名以后的观看才计入学时" in page
    assert 'href="/trainings/demo/enrolment/">立即报名' in page
    assert "<yx-player" not in page
    assert "csrf" not in page


def test_teachers_who_are_not_enrolled_may_not_play_either(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.now)
    page = text(signed_in(teacher.person).get(address(scene)))
    assert "<yx-player" not in page
    assert "立即报名" in page


def test_the_player_is_told_all_it_needs(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    item = first(scene).lessons[0]
    page = text(signed_in(teacher.person).get(address(scene)))
    for told in (
        *(f'data-lesson="{item.id}"', f'data-title="{item.title}"', 'data-duration-ms="20000"'),
        *('data-leases="/learning/leases/"', 'data-beats="/learning/beats/"', 'data-hours="0.66"'),
        *('data-may-earn="true"', 'data-sign-in="/sign-in/?next=%2Fcourses%2F'),
        '<meta name="csrf-token" content="',
    ):
        assert told in page
    assert str(teacher.person.id) not in page


def test_two_people_on_one_device_are_kept_apart(scene: Scene, signed_in: SignIn) -> None:
    owners = {
        re.findall(
            'data-owner="([^"]+)"', text(signed_in(scene.teacher().person).get(address(scene)))
        )[0]
        for _ in range(2)
    }
    assert len(owners) == 2


def test_circles_are_empty_part_filled_or_ticked_and_say_so(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    watch(scene, teacher, 20_000, 10_000)
    browser = signed_in(teacher.person)
    assert states(text(browser.get(address(scene)))) == ["已学完", "已学 25%，未完成"]
    fresh = states(text(signed_in(scene.teacher().person).get(address(scene))))
    assert fresh == ["未开始", "未开始"]


def test_the_lesson_that_is_begun_is_chosen_unless_another_is_asked_for(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    watch(scene, teacher, 20_000, 10_000)
    browser = signed_in(teacher.person)
    done, begun = first(scene).lessons
    assert f"<h1>{begun.title}</h1>" in text(browser.get(address(scene)))
    assert f"<h1>{done.title}</h1>" in text(browser.get(address(scene, done)))


@pytest.mark.parametrize("lesson", ["1;drop", "../1", "", "018f0000-0000-7000-8000-000000000000"])
def test_lessons_of_nowhere_are_not_found(lesson: str, scene: Scene) -> None:
    assert Client().get(f"{address(scene)}?lesson={lesson}").status_code == 404


def test_lessons_and_courses_of_elsewhere_are_not_found(scene: Scene) -> None:
    other = scene.outline.courses[1].lessons[0]
    assert Client().get(address(scene, other)).status_code == 404
    assert Client().get(f"/courses/{uuid4()}/").status_code == 404


def test_a_finished_lesson_leads_to_the_next_one(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    watch(scene, teacher, 20_000)
    done, following = first(scene).lessons
    page = text(signed_in(teacher.person).get(address(scene, done, "progress/")))
    assert f'href="{address(scene, following)}">接着看《{following.title}》' in page
    assert '<span class="small soft tabular" id="course-count"' in page
    assert "1 / 2" in page
    assert "<html" not in page


def test_a_finished_course_leads_to_the_next_one(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    watch(scene, teacher, 20_000, 40_000)
    second = scene.outline.courses[1]
    page = text(signed_in(teacher.person).get(address(scene, first(scene).lessons[0])))
    assert f'href="/courses/{second.id}/">去学《{second.title}》' in page


def test_when_all_is_reached_the_whole_is_shown(scene: Scene, signed_in: SignIn) -> None:
    page = text(signed_in(scene.finished().person).get(address(scene)))
    assert 'href="/trainings/demo/">查看总进度' in page
    assert "接着看" not in page


def test_after_the_window_the_player_says_that_watching_earns_nothing(
    country: None, signed_in: SignIn
) -> None:
    scene = season.scene(seasons.SUMMER)
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    page = text(signed_in(teacher.person).get(address(scene)))
    assert 'data-may-earn="false"' in page
    assert "学习时间已于 2025 年 9 月 30 日结束" in page
    assert "您可以随时回看" in page
    assert "补传" not in page
    assert "现在不在学习时间内" in text(Client().get(address(scene)))


def test_just_after_the_window_the_page_says_how_long_late_spans_are_taken(
    country: None, signed_in: SignIn
) -> None:
    ended_at = clock.now() - timedelta(hours=1)
    # What a process keeps of a training lasts as long as its version.
    Training.objects.filter(slug=seasons.SUMMER).update(closes_at=ended_at, version=903)
    scene = season.scene(seasons.SUMMER)
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    page = text(signed_in(teacher.person).get(address(scene)))
    assert "还没有上传的部分，72 小时内仍会补传" in page


def test_the_part_that_is_refreshed_needs_a_sign_in(scene: Scene) -> None:
    answer = Client().get(address(scene, part="progress/"))
    assert (answer.status_code, answer["Location"][:14]) == (302, "/sign-in/?next")
