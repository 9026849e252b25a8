"""Show that visitors find their way, and that every number of the rules comes from the rulebook."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client

from tests.support import pages
from yanxiu.foundation import clock
from yanxiu.training.cast import places, seasons
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Course, Rulebook, Training
from yanxiu.training.organisations import register, search
from yanxiu.training.organisations.register import Opening


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def demo(country: None) -> Iterator[Training]:
    """Give a training that the test publishes anew: what the process then keeps is forgotten."""
    training = Training.objects.get(slug=seasons.DEMO)
    Training.objects.filter(pk=training.pk).update(version=training.version + 1)
    yield training
    trainings._kept.cache_clear()


def test_home_leads_to_what_is_open(country: None, client: Client) -> None:
    shown = page(client, "/")
    slides = re.findall(r'<h2><a href="(/trainings/[^"]+/)"', shown)
    assert f"/trainings/{seasons.SEASON}/" in slides
    assert 'aria-label="第 2 张：体验专题"' in shown
    cards = re.findall(r'class="cover-link" href="(/trainings/[^"]+/)"', shown)
    assert cards
    now = clock.now()
    open_ones = Training.objects.filter(opens_at__lte=now, closes_at__gt=now, serves="basic")
    open_ones = open_ones.order_by("position")
    assert cards == [f"/trainings/{training.slug}/" for training in open_ones]


@pytest.mark.django_db
def test_home_without_a_training_says_so(client: Client) -> None:
    assert "现在没有正在进行的专题" in page(client, "/")
    assert "还没有专题" in page(client, "/channel/")


def test_the_channel_lists_every_training_with_its_state(country: None, client: Client) -> None:
    now, day = clock.now(), timedelta(days=1)
    Training.objects.filter(slug=seasons.DEMO).update(opens_at=now + day, closes_at=now + 2 * day)
    shown = page(client, "/channel/")
    for training in Training.objects.filter(serves="basic"):
        assert training.title in shown
    assert all(state in shown for state in ("正在进行", "尚未开始", "已结束"))


def test_the_rules_say_the_six_rules_of_the_season(country: None, client: Client) -> None:
    summer = Training.objects.get(slug="2025sqpx")
    said = pages.text(client.get(f"/rules/{summer.slug}/"))
    for sentence in (
        "2025 年 7 月 20 日至 9 月 30 日",
        "本专题提供了 5 门课程，每门课程提供多个学习资源，教师可以按需选学。",
        "平台为教师认定 10 学时，其中“大力弘扬教育家精神”认定 2 学时、“数字素养提升”认定 2 学时、",
        "“科学素养提升”认定 1 学时、“心理健康教育能力提升”认定 2 学时、",
        "“学科教学能力提升”认定 3 学时。",
        "必须完整观看完所选视频，才可获得该视频对应的认定学时。",
        "最高 2 倍",
        "从 2025 年 9 月 15 日起，平台将为获得 10 个认定学时",
        "且身份经学校管理员审核认证通过的教师提供电子学习证书。",
        "获得认定学时后，您可继续学习，平台将继续记录您的学习时长。",
    ):
        assert sentence in said


def test_the_rules_follow_the_rulebook(demo: Training, client: Client) -> None:
    Rulebook.objects.filter(training=demo).update(
        required_s=7200, seconds_per_credit_hour=1800, max_rate_milli=1250, late_s=36_000
    )
    Course.objects.filter(training=demo).update(required_s=2250, cap_s=4500)
    # What a process keeps of a training lasts as long as its version.
    Training.objects.filter(pk=demo.pk).update(version=902)
    said = pages.text(client.get(f"/rules/{demo.slug}/"))
    for sentence in ("认定 4 学时", "认定 1.25 学时", "最高 1.25 倍", "30 分钟", "10 小时内"):
        assert sentence in said


def test_an_hour_of_less_than_a_minute_is_said_in_seconds(demo: Training, client: Client) -> None:
    assert demo.slug == seasons.DEMO
    assert "30 秒，按秒累计" in pages.text(client.get(f"/rules/{demo.slug}/"))


def test_a_training_that_is_not_there_has_no_rules(country: None, client: Client) -> None:
    assert client.get("/rules/none/").status_code == 404


def test_the_document_of_a_training_has_its_shape(country: None, client: Client) -> None:
    answer = client.get(f"/trainings/{seasons.DEMO}.json")
    document = json.loads(answer.content)
    assert {"slug", "title", "rulebook", "courses"} <= document.keys()
    assert {"version", "seconds_per_credit_hour", "max_rate"} <= document["rulebook"].keys()
    course = document["courses"][0]
    assert {"id", "title", "required_s", "cap_s", "sections"} == course.keys()
    assert {"title", "lessons"} == course["sections"][0].keys()
    assert {"id", "title", "duration_ms"} == course["sections"][0]["lessons"][0].keys()


def test_the_document_is_cached_by_its_version(demo: Training, client: Client) -> None:
    address = f"/trainings/{demo.slug}.json"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in first.get("Vary", "")
    same = {"if-none-match": first["ETag"]}
    assert client.get(address, headers=same).status_code == 304
    Training.objects.filter(pk=demo.pk).update(version=demo.version + 2)
    again = client.get(address, headers=same)
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_document_that_is_not_there_is_answered_in_json(country: None, client: Client) -> None:
    answer = client.get("/trainings/none.json")
    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "not_found"


def test_schools_are_found_by_region_and_by_name(country: None, client: Client) -> None:
    near = {"province": "330000", "city": "330100", "county": places.HOME}
    school = places.of(places.HOME, places.PRIMARY)
    shown = client.get("/schools/", near).content.decode()
    assert school.name in shown
    assert "浙江省 杭州市 西湖区 · 小学" in shown
    found = client.get("/schools/", {"q": school.name[-6:]}).content.decode()
    assert school.name in found
    assert school.name in client.get("/schools/", {"q": school.code}).content.decode()


def test_a_school_just_added_is_found_at_once_and_no_page_is_kept(
    country: None, client: Client
) -> None:
    name = "杭州市西湖区云谷小学"
    assert "没有找到这所学校" in page(client, f"/schools/?q={name}")
    opening = Opening("3301067777", name, "211", places.HOME, date(2026, 9, 1))
    register.open_school(opening, held=None, by=None, at=clock.now())
    answer = client.get("/schools/", {"q": name})
    assert "没有找到这所学校" not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_htmx_gets_the_picker_and_everybody_else_a_page(country: None, client: Client) -> None:
    partial = client.get("/schools/", headers={"hx-request": "true"}).content.decode()
    assert partial.lstrip().startswith('<div class="picker"')
    assert "<html" in client.get("/schools/").content.decode()


def test_a_region_of_another_branch_counts_as_not_chosen(country: None, client: Client) -> None:
    shown = client.get("/schools/", {"province": "110000", "city": "330100"}).content.decode()
    assert '<option value="110000" selected>' in shown
    assert '<option value="330100"' not in shown


@pytest.mark.parametrize("asked", ["一", "%", "_", "小" * 51, "小" * 500])
def test_too_short_or_too_long_a_name_is_told(country: None, client: Client, asked: str) -> None:
    answer = client.get("/schools/", {"q": asked})
    assert answer.status_code == 400
    assert "请输入 2–50 个字。" in answer.content.decode()


@pytest.mark.parametrize("asked", ["%%", "__", "小%", "\0\0", "' OR 1=1 --", "\\\\"])
def test_signs_mean_themselves(country: None, client: Client, asked: str) -> None:
    answer = client.get("/schools/", {"q": asked})
    assert answer.status_code == 200
    assert "没有找到这所学校" in answer.content.decode()


def test_closed_schools_are_not_offered(country: None, client: Client) -> None:
    school = places.of(places.HOME, places.PRIMARY)
    type(school).objects.filter(pk=school.pk).update(closed_on=clock.now().date())
    search.keep([school.pk])
    assert "没有找到这所学校" in page(client, f"/schools/?q={school.name}")


@pytest.mark.django_db
def test_the_process_is_healthy_and_ready(client: Client) -> None:
    assert json.loads(client.get("/healthz").content) == {"status": "ok"}
    assert json.loads(client.get("/readyz").content) == {"status": "ready", "missing": []}


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client: Client) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "people.0001_tables" in json.loads(answer.content)["missing"]


def test_health_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
