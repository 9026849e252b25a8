"""Check the words for numbers and times that pages show."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from yanxiu.web.shared.templatetags import yx

PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
NOON = datetime(2025, 7, 20, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0.00"), (26, "0.00"), (27, "0.01"), (2699, "0.99"), (2700, "1.00"), (19_440, "7.20")],
)
def test_hours_have_two_decimals_and_are_rounded_down(seconds: int, shown: str) -> None:
    assert yx.hours(seconds, 2700) == shown


@given(st.integers(0, 10**9), st.integers(1, 10**5))
def test_hours_never_show_more_than_was_earned(seconds: int, seconds_per_hour: int) -> None:
    whole, hundredths = yx.hours(seconds, seconds_per_hour).split(".")
    shown = (int(whole) * 100 + int(hundredths)) * seconds_per_hour
    assert shown <= seconds * 100 < shown + seconds_per_hour


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 10, 0), (72, 100, 72), (2699, 2700, 99), (2700, 2700, 100), (5, 2, 100), (0, 0, 100)],
)
def test_a_share_is_100_only_when_nothing_is_missing(part: int, whole: int, percent: int) -> None:
    assert yx.share(part, whole) == percent


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (2_382_999, "39:42"), (3_723_000, "1:02:03")]
)
def test_a_clock_shows_hours_only_when_there_are_some(ms: int, shown: str) -> None:
    assert yx.clock(ms) == shown


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (45_000, "45 秒"),
        (540_000, "9 分 00 秒"),
        (3_723_000, "1 小时 02 分 03 秒"),
    ],
)
def test_a_duration_is_said_in_words(ms: int, words: str) -> None:
    assert yx.duration_words(ms) == words


def test_a_span_that_reaches_the_end_says_so() -> None:
    assert yx.span_words((1_013_000, 1_093_000), 2_665_000) == "16:53–18:13"
    assert yx.span_words((2_412_000, 2_665_000), 2_665_000) == "40:12–结尾"


def test_days_are_those_of_china() -> None:
    evening = datetime(2025, 7, 19, 16, 30, tzinfo=UTC)
    assert yx.date_cn(evening) == "7 月 20 日"
    assert yx.date_cn_long(evening) == "2025 年 7 月 20 日"
    assert yx.date_cn(date(2025, 9, 30)) == "9 月 30 日"
    assert yx.date_cn(evening, date(2026, 1, 1)) == "2025 年 7 月 20 日"
    assert yx.date_cn(evening, date(2025, 1, 1)) == "7 月 20 日"
    assert yx.time_cn(evening) == "7 月 20 日 00:30"


def test_a_half_open_period_names_its_last_day() -> None:
    assert yx.last_day_cn(datetime(2025, 9, 30, 16, 0, tzinfo=UTC)) == "9 月 30 日"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "刚刚提交"),
        (timedelta(seconds=59), "刚刚提交"),
        (timedelta(minutes=12), "已等 12 分钟"),
        (timedelta(hours=2, minutes=59), "已等 2 小时"),
        (timedelta(days=3, hours=23), "已等 3 天"),
    ],
)
def test_waiting_is_said_in_the_largest_whole_unit(age: timedelta, words: str) -> None:
    assert yx.age_words(NOON, NOON + age) == words


def test_thousands_stand_apart() -> None:
    assert yx.count(6482) == "6,482"
    assert yx.count(12) == "12"


def test_an_icon_speaks_only_when_it_has_a_label(settings: Settings) -> None:
    settings.STORAGES = PLAIN_FILES
    assert 'aria-hidden="true"' in yx.icon("tick")
    spoken = yx.icon("valid", label='有效"')
    assert 'role="img"' in spoken
    assert "有效&quot;" in spoken


def test_pictures_that_we_did_not_draw_fall_back_to_ours(settings: Settings) -> None:
    settings.STORAGES = PLAIN_FILES
    assert "banner-season" in yx.banner("season")
    assert "banner-summer" in yx.banner("../../secret")
    assert "cover-1" in yx.cover(8)
