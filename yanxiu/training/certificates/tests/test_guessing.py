"""Show that wrong tries are counted for each network, for all of them, and never undercounted."""

from datetime import timedelta

import pytest

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.certificates import guessing, refusals
from yanxiu.training.certificates.models import Guess

NUMBER, CLAIM = Guess.Kind.NUMBER, Guess.Kind.CLAIM
HERE, THERE = "203.0.113.0/24", "198.51.100.0/24"


def test_a_network_waits_until_its_oldest_wrong_try_is_an_hour_old(country: None) -> None:
    now = clock.now()
    for minute in range(guessing.PER_NETWORK):
        guessing.begin(NUMBER, HERE, at=now + timedelta(minutes=minute))
    with pytest.raises(refusals.TooManyGuesses) as refused:
        guessing.begin(NUMBER, HERE, at=now + timedelta(minutes=40))
    assert refused.value.facts == {"seconds": 1200, "minutes": 20}
    assert "20 分钟" in refused.value.message
    guessing.begin(NUMBER, THERE, at=now + timedelta(minutes=40))
    guessing.begin(NUMBER, HERE, at=now + timedelta(minutes=60))


def test_when_everybody_guesses_each_network_has_few_tries(country: None) -> None:
    now = clock.now()
    crowd = [Guess(kind=NUMBER, place=f"10.0.{n % 250}.0/24", at=now) for n in range(10_000)]
    Guess.objects.bulk_create(crowd)
    later = now + timedelta(minutes=1)
    for _ in range(guessing.FEW):
        guessing.begin(NUMBER, HERE, at=later)
    with pytest.raises(refusals.TooManyGuesses):
        guessing.begin(NUMBER, HERE, at=later)


def test_claims_are_counted_by_the_day_in_china(country: None) -> None:
    now = clock.now()
    for _ in range(guessing.CLAIMS_A_DAY):
        guessing.begin(CLAIM, "a certificate", at=now)
    with pytest.raises(refusals.TooManyClaims) as refused:
        guessing.begin(CLAIM, "a certificate", at=now)
    tomorrow = now + timedelta(seconds=int(str(refused.value.facts["seconds"])))
    guessing.begin(CLAIM, "a certificate", at=tomorrow)


def test_what_no_limit_looks_at_is_forgotten(country: None) -> None:
    now = clock.now()
    guessing.begin(NUMBER, HERE, at=now - timedelta(days=3))
    guessing.begin(NUMBER, HERE, at=now)
    assert guessing.forget(at=now) == 1
    assert Guess.objects.count() == 1


def test_a_hundred_at_once_are_answered_no_more_often_than_allowed(own_database: Scratch) -> None:
    now = clock.now()

    def guess(_number: int) -> str:
        guessing.begin(NUMBER, HERE, at=now)
        return "answered"

    told = crowds.together(100, guess)
    assert told["answered"] <= guessing.PER_NETWORK
    assert told["answered"] + told["too_many_guesses"] == 100
