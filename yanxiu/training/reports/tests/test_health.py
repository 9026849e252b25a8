"""Each sign is red by itself beyond its number, and everything is fine within."""

from typing import Any

import pytest

from yanxiu.training.reports import health
from yanxiu.training.reports.health import Sign, State


def state(**changes: Any) -> State:
    fine: dict[str, Any] = {
        "processes": 2,
        "settled": 1_000,
        "unsaved": 0,
        "turned_away": 0,
        "waiting": 512,
        "commit_ms": 200.0,
        "beat_every_s": 60,
        "too_fast": 50,
        "connections": 80,
        "most_connections": 100,
        "workers": 1,
        "job_wait_s": 300.0,
        "failed": 0,
        "roll_age_s": 120.0,
        "hours_different": 0,
        "check_age_s": 30 * 3_600.0,
        "backup_age_s": 48 * 3_600.0,
    }
    return State(**(fine | changes))


def test_at_the_limits_everything_is_fine() -> None:
    assert health.red(state()) == []


@pytest.mark.parametrize(
    ("sign", "changes"),
    [
        (Sign.PROCESSES, {"processes": 0}),
        (Sign.SAVED, {"unsaved": 1}),
        (Sign.TURNED_AWAY, {"turned_away": 1}),
        (Sign.WAITING, {"waiting": 513}),
        (Sign.COMMIT, {"commit_ms": 200.1}),
        (Sign.RHYTHM, {"beat_every_s": 61}),
        (Sign.CLOCKS, {"too_fast": 51}),
        (Sign.CONNECTIONS, {"connections": 81}),
        (Sign.WORKERS, {"workers": 0}),
        (Sign.JOBS, {"job_wait_s": 301.0}),
        (Sign.FAILED, {"failed": 1}),
        (Sign.FIGURES, {"roll_age_s": 121.0}),
        (Sign.HOURS, {"hours_different": 1}),
        (Sign.CHECKED, {"check_age_s": 30 * 3_600.1}),
        (Sign.BACKUP, {"backup_age_s": 48 * 3_600.1}),
    ],
)
def test_beyond_its_limit_a_sign_is_red_alone(sign: Sign, changes: dict[str, Any]) -> None:
    assert health.red(state(**changes)) == [sign]


def test_every_sign_has_its_case() -> None:
    cases = test_beyond_its_limit_a_sign_is_red_alone.pytestmark[0].args[1]
    assert [sign for sign, _changes in cases] == list(Sign)


def test_what_is_not_known_is_not_red() -> None:
    unknown = dict.fromkeys(("commit_ms", "roll_age_s", "check_age_s", "backup_age_s"))
    assert health.red(state(**unknown)) == []


def test_a_handful_of_clients_that_are_too_fast_is_theirs() -> None:
    assert health.red(state(settled=99, too_fast=99)) == []


def test_the_gravest_comes_first() -> None:
    assert health.red(state(failed=1, processes=0)) == [Sign.PROCESSES, Sign.FAILED]
