"""Show that a line of the log is one line, names its request and nobody's number."""

import json
import logging

import pytest
import structlog

from yanxiu.config import logs


def line(text: str) -> dict[str, str]:
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, text, None, None)
    written = logs.formatter().format(record)
    assert "\n" not in written
    told: dict[str, str] = json.loads(written)
    return told


@pytest.mark.parametrize(
    "number",
    ["13812345678", "8613812345678", "+8613812345678", "008613812345678", "11010519491231002X"],
)
def test_no_number_of_anybody_is_written(number: str) -> None:
    assert number not in line(f"Not Found: /x/{number}\n2nd")["event"]
    assert "****" in line(number)["event"]


def test_a_line_names_the_request_it_belongs_to() -> None:
    with structlog.contextvars.bound_contextvars(trace="T4CE"):
        assert line("went wrong")["trace"] == "T4CE"
