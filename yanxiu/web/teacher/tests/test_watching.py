"""Show that how watched time counts is explained by the numbers of the rulebook, to everybody."""

import re
from typing import get_args

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.support.season import Scene
from yanxiu.training.catalogue.models import Rulebook, Training
from yanxiu.training.learning import deciding
from yanxiu.web.teacher import watching
from yanxiu.web.teacher.tests.pages import SignIn, text


def page(**headers: str) -> str:
    return text(Client().get(reverse("help_watching"), headers=headers))


def test_every_reason_of_the_engine_is_explained_where_players_link_to() -> None:
    codes = {each.code for each in watching.REASONS}
    assert set(get_args(deciding.Reason.__value__)) <= codes


def test_a_visitor_reads_picture_reasons_and_numbers(scene: Scene) -> None:
    told = page()
    for each in watching.REASONS:
        assert f'<tr id="{each.code}">' in told
    assert '<svg class="law"' in told
    assert "手里有 32 分 10 秒，就计入这么多" in told
    assert "忽然一次报来 45 分钟。" in told
    assert "截止后 72 小时内联网就能补传" in told
    assert "最多攒到 4 小时" in told


def test_other_numbers_of_the_rulebook_are_other_words(scene: Scene) -> None:
    Rulebook.objects.update(max_rate_milli=1_500, late_s=3_600, offline_allowance_s=5_400)
    # What a process keeps in memory is kept by its version.
    Training.objects.update(version=F("version") + 1)
    told = page()
    assert "1.5 倍速看，真的全算吗？" in told
    assert "截止后 1 小时内联网就能补传" in told
    assert "最多攒到 90 分钟" in told
    assert "计入的总时间 ≤ 1.5 × 打开的时间 + 10 秒" in told


@pytest.mark.django_db
def test_without_a_training_the_page_says_so() -> None:
    assert "有了培训，这里按它的规则说明" in page()


def test_the_same_in_english(scene: Scene) -> None:
    with translation.override("en"):
        told = page(**{"accept-language": "en"})
    assert "Only time that has really passed earns hours" in told
    assert not re.search(r"[\u4e00-\u9fff]", told.split("<main")[1].split('id="auditor"')[0])


def test_the_help_page_leads_here_from_the_question_of_zero_hours(
    scene: Scene, signed_in: SignIn
) -> None:
    told = text(signed_in(scene.teacher().person).get(reverse("help")))
    question = told.split('id="q-zero"')[1].split("</details>")[0]
    address = re.search(rf'href="{reverse("help_watching")}#(\w+)"', question)
    assert address
    assert f'id="{address[1]}">为什么有一段没有计入' in page()
