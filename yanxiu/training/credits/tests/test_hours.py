"""Show that hours never say more than the seconds do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.credits import hours

HOUR_S = 2_700


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.00"),
        (26, "0.00"),
        (27, "0.01"),
        (2_699, "0.99"),
        (2_700, "1.00"),
        (8_326, "3.08"),
        (26_999, "9.99"),
        (27_000, "10.00"),
        (2_700_000, "1000.00"),
    ],
)
def test_hours_have_two_decimals_rounded_down(seconds: int, text: str) -> None:
    assert hours.text(seconds, seconds_per_hour=HOUR_S) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.00"), (1, "0.01"), (27, "0.01"), (28, "0.02"), (2_700, "1.00")]
)
def test_missing_hours_are_rounded_up(seconds: int, text: str) -> None:
    assert hours.missing_text(seconds, seconds_per_hour=HOUR_S) == text


@given(whole=st.integers(0, 100), data=st.data())
def test_what_is_there_and_what_is_missing_make_the_whole(whole: int, data: st.DataObject) -> None:
    there_s = data.draw(st.integers(0, whole * HOUR_S))
    there = float(hours.text(there_s, seconds_per_hour=HOUR_S))
    missing = float(hours.missing_text(whole * HOUR_S - there_s, seconds_per_hour=HOUR_S))
    assert round(there + missing, 2) == whole


@given(seconds=st.integers(0, 10**9), per_hour=st.integers(1, 10**5))
def test_a_shown_hour_is_never_more_than_was_earned(seconds: int, per_hour: int) -> None:
    shown = hours.hundredths(seconds, seconds_per_hour=per_hour)
    assert shown * per_hour <= seconds * 100 < (shown + 1) * per_hour


@given(fewer=st.integers(0, 10**9), more=st.integers(0, 10**6), per_hour=st.integers(1, 10**5))
def test_more_seconds_never_show_fewer_hours(fewer: int, more: int, per_hour: int) -> None:
    assert hours.hundredths(fewer, seconds_per_hour=per_hour) <= hours.hundredths(
        fewer + more, seconds_per_hour=per_hour
    )


@given(seconds=st.integers(0, 10**9), per_hour=st.integers(1, 10**5))
def test_the_text_says_the_hundredths(seconds: int, per_hour: int) -> None:
    text = hours.text(seconds, seconds_per_hour=per_hour)
    assert int(text.replace(".", "")) == hours.hundredths(seconds, seconds_per_hour=per_hour)
    assert len(text.partition(".")[2]) == 2
