"""Show that the portal leads everybody to the platform of her branch of education."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from yanxiu.training.cast import seasons
from yanxiu.training.catalogue import platforms
from yanxiu.training.catalogue.models import Training

pytestmark = pytest.mark.usefixtures("country")

HOSTS = {"basic": "basic.example.cn", "vocational": "zhi.example.cn", "higher": ""}
SEASON = "/portal/season/"


@pytest.fixture
def hosted() -> Iterator[None]:
    """Give the portal and two platforms hosts of their own."""
    found = tuple(replace(each, host=HOSTS[each.serves]) for each in platforms.every())
    with override_settings(
        YANXIU_PLATFORMS=found,
        YANXIU_PORTAL_HOST="www.example.cn",
        YANXIU_ADDRESS="https://basic.example.cn",
        ALLOWED_HOSTS=["*"],
    ):
        yield


def shown(client: Client, path: str, host: str = "localhost") -> str:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 200, path
    return html.unescape(answer.content.decode())


def entrances(said: str) -> dict[str, str]:
    """Return where each entrance that can be entered leads."""
    return dict(
        re.findall(
            r'data-colour="(\w+)">.*?<p class="entrance-go"><a[^>]*href="([^"]+)"', said, re.DOTALL
        )
    )


def test_the_carousel_leads_to_the_seasons(client: Client) -> None:
    said = shown(client, "/portal/")
    assert re.findall(r'<h2><a href="([^"]+)"', said) == [SEASON, "/portal/2025sqpx/"]
    assert list(entrances(said).values()) == ["/", "/platforms/vocational/", "/platforms/higher/"]


def test_a_season_has_an_entrance_for_each_branch(client: Client) -> None:
    said = shown(client, SEASON)
    assert entrances(said) == {
        "azurite": f"/trainings/{seasons.SEASON}/",
        "malachite": f"/trainings/{seasons.VOCATIONAL}/",
        "wisteria": f"/trainings/{seasons.HIGHER}/",
    }
    for words in (
        "基础教育学习入口",
        "职业教育学习入口",
        "高等教育学习入口",
        "10 学时",
        "正在进行",
    ):
        assert words in said


def test_what_a_season_does_not_offer_says_so(client: Client) -> None:
    said = shown(client, "/portal/2025sqpx/")
    assert entrances(said) == {"azurite": f"/trainings/{seasons.SUMMER}/"}
    assert said.count("本期没有在这里开设") == 2


def test_each_platform_has_its_name_its_colour_and_its_trainings(client: Client) -> None:
    said = shown(client, "/platforms/higher/")
    assert 'data-colour="wisteria"' in said
    assert "智慧高教研修" in said
    assert set(re.findall(r'href="(/trainings/[^"]+)"', said)) == {f"/trainings/{seasons.HIGHER}/"}
    assert f"/trainings/{seasons.HIGHER}/" in shown(client, "/platforms/higher/channel/")
    assert f"/trainings/{seasons.SEASON}/" not in shown(client, "/platforms/higher/channel/")
    assert f"/trainings/{seasons.HIGHER}/" not in shown(client, "/")


def test_a_training_wears_the_frame_of_its_platform(client: Client) -> None:
    for slug, name in ((seasons.VOCATIONAL, "智慧职教研修"), (seasons.SEASON, "智慧研修")):
        for page in ("training", "rules"):
            said = shown(client, reverse(page, args=[slug]))
            assert f"· {name}</title>" in said
    course = Training.objects.get(slug=seasons.VOCATIONAL).courses.order_by("position")[0]
    assert "智慧职教研修" in shown(client, reverse("course", args=[course.pk]))


@pytest.mark.parametrize("path", ["/portal/none/", "/platforms/none/", "/platforms/none/channel/"])
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("hosted")
class TestHosts:
    def test_the_portals_host_begins_with_the_portal(self, client: Client) -> None:
        said = shown(client, "/", "www.example.cn")
        assert entrances(said)["malachite"] == "https://zhi.example.cn/"
        assert entrances(shown(client, SEASON, "www.example.cn"))["malachite"] == (
            f"https://zhi.example.cn/trainings/{seasons.VOCATIONAL}/"
        )

    def test_a_platforms_host_begins_with_the_platform(self, client: Client) -> None:
        said = shown(client, "/", "zhi.example.cn")
        assert "智慧职教研修" in said
        assert f"/trainings/{seasons.SEASON}/" not in said
        assert "智慧研修" in shown(client, "/", "basic.example.cn:443")

    def test_a_training_at_anothers_host_moves_to_its_own(self, client: Client) -> None:
        path = f"/trainings/{seasons.VOCATIONAL}/?from=x"
        answer = client.get(path, headers={"host": "basic.example.cn"})
        assert answer.status_code == 302
        assert answer["Location"] == f"https://zhi.example.cn{path}"
        shown(client, path, "zhi.example.cn")
