"""An outage takes time from nobody: every training that was open ends later by its length."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import season
from tests.support.databases import Scratch
from yanxiu.config import outages as command
from yanxiu.foundation import clock, dates
from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.cast import seasons
from yanxiu.training.catalogue import outages, refusals, trainings
from yanxiu.training.catalogue.models import Extension, Training
from yanxiu.training.trail.models import Entry

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let no other test meet the versions that this one makes and sets back."""
    yield
    trainings.forget()


def test_every_training_that_was_open_ends_later_for_everybody(country: None) -> None:
    now = clock.now()
    open_before = {t.id: t.closes_at for t in trainings.every() if trainings.is_open(t, now)}
    others = {t.id: t.closes_at for t in trainings.every() if t.id not in open_before}
    assert open_before
    declared = outages.declare(now - 3 * HOUR, now - HOUR, sentence="机房停电", at=now)
    assert {each.training_id for each in declared} == open_before.keys()
    after = {t.id: t.closes_at for t in trainings.every()}
    assert {key: after[key] for key in open_before} == {
        key: end + 2 * HOUR for key, end in open_before.items()
    }
    assert {key: after[key] for key in others} == others
    noted = Entry.objects.filter(verb="window_extended", path="000000")
    assert {each.subject_id for each in noted} == {str(key) for key in open_before}


def test_only_what_a_window_lost_is_given_back(country: None) -> None:
    training = trainings.every()[0]
    end = clock.now() - HOUR
    Training.objects.filter(pk=training.pk).update(closes_at=end)
    declared = outages.declare(end - HOUR, end + HOUR / 2, sentence="停机", at=clock.now())
    mine = next(each for each in declared if each.training_id == training.pk)
    assert mine.ended_at - mine.began_at == HOUR
    assert Training.objects.get(pk=training.pk).closes_at == end + HOUR


def test_the_same_minutes_are_given_back_once(country: None) -> None:
    now = clock.now()
    outages.declare(now - 3 * HOUR, now - 2 * HOUR, sentence="停机", at=now)
    with pytest.raises(refusals.OutageKnown):
        outages.declare(now - 4 * HOUR, now - 2.5 * HOUR, sentence="停机", at=now)
    outages.declare(now - 2 * HOUR, now - HOUR, sentence="又停机", at=now)
    assert set(Extension.objects.values_list("sentence", flat=True)) == {"停机", "又停机"}


@pytest.mark.parametrize(("began", "ended"), [(1, 2), (1, 1), (1, -1)])
def test_an_outage_has_begun_and_ended(country: None, began: int, ended: int) -> None:
    now = clock.now()
    with pytest.raises(refusals.OutageImpossible):
        outages.declare(now - began * HOUR, now - ended * HOUR, sentence="停机", at=now)
    with pytest.raises(refusals.NothingExtended):
        outages.declare(now - 9_000 * HOUR, now - 8_999 * HOUR, sentence="停机", at=now)


def test_the_training_says_until_when_and_why(country: None) -> None:
    now = clock.now()
    outages.declare(now - 3 * HOUR, now - HOUR, sentence="机房停电", at=now)
    page = Client().get(reverse("training", args=[seasons.DEMO])).content.decode()
    assert "系统停机（机房停电），学习时间顺延 2 小时" in page
    ends = Training.objects.get(slug=seasons.DEMO).closes_at
    assert f"{dates.day(ends)} {dates.time(ends)}</span> · " in page


def test_it_is_one_command(own_database: Scratch) -> None:
    season.publish()
    began, ended = (clock.now() - ago for ago in (3 * HOUR, HOUR))
    told = [f"{each.astimezone():%Y-%m-%dT%H:%M}" for each in (began, ended)]
    addresses = {"DATABASE_URL": own_database.owner, "YANXIU_WEB_URL": own_database.web}
    run = [sys.executable, "-m", "yanxiu", "outage", *told, "--why", "机房停电"]
    done = subprocess.run(
        run, env=os.environ | addresses, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "open until" in done.stdout


@pytest.mark.parametrize("moment", ["", "gestern", "2026-13-01T00:00"])
def test_a_moment_that_is_none_is_said(country: None, moment: str) -> None:
    with pytest.raises(Misconfigured):
        command.declare(moment, "2026-08-03T23:00", why="停机")
    with pytest.raises(Misconfigured):
        command.declare("2026-08-03T20:00", "2026-08-03T23:00", why="")
