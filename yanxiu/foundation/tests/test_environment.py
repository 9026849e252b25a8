"""Show that a setting that is no day, no stretch of a day or no number stops the start."""

from datetime import date, time

import pytest

from yanxiu.foundation import environment

NAME = "YANXIU_ANY"


def test_days_are_read_apart_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.days(NAME) == frozenset()
    monkeypatch.setenv(NAME, "2027-01-01, 2027-01-02")
    assert environment.days(NAME) == {date(2027, 1, 1), date(2027, 1, 2)}


def test_hours_are_a_stretch_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.hours(NAME, "8:30-17:00") == (time(8, 30), time(17))
    monkeypatch.setenv(NAME, "09:00-18:15")
    assert environment.hours(NAME, "8:30-17:00") == (time(9), time(18, 15))


def test_numbers_come_with_the_largest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "1, 14,7")
    assert environment.numbers(NAME, "3") == [14, 7, 1]


@pytest.mark.parametrize("value", ["morgen", "2027-02-30", "8-17", "25:00-26:00", "8:30", "-1", ""])
def test_anything_else_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(environment.Misconfigured):
        environment.hours(NAME, "8:30-17:00")
    with pytest.raises(environment.Misconfigured):
        environment.numbers(NAME, "7")
    if value:
        with pytest.raises(environment.Misconfigured):
            environment.days(NAME)
