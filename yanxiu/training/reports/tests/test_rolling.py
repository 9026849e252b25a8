"""Numbers for officers are those of the rows, at every node, at most one roll old."""

import random
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils.timezone import localdate

from yanxiu.foundation import clock
from yanxiu.training.cast import people, places, seasons, watching
from yanxiu.training.cast.casting import Call
from yanxiu.training.catalogue import trainings
from yanxiu.training.credits import ledger, progress
from yanxiu.training.credits.chain import Line
from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.reports import checking, live, rolling, standings, touched
from yanxiu.training.reports.models import Figures, Standing

SELDOM = 0.3


def rows() -> dict[tuple[UUID, UUID], Standing]:
    return {(row.training_id, row.person_id): row for row in Standing.objects.all()}


def figures(path: str, slug: str = seasons.SEASON) -> Figures:
    training = seasons.outline(slug).training
    return Figures.objects.filter(training_id=training.id, path=path).order_by("-on")[0]


def scatter(rng: random.Random, people_ids: list[UUID], at: datetime) -> None:
    """Award lessons at random: any number, in any order, some at the same instant; amend some."""
    every = [seasons.outline(slug) for slug in (seasons.SEASON, seasons.SUMMER, seasons.DEMO)]
    lessons = [item for outline in every for course in outline.courses for item in course.lessons]
    Completion.objects.bulk_create(
        [
            Completion(
                person_id=person_id,
                lesson_id=item.id,
                media_version=item.media_version,
                completed_at=at - timedelta(minutes=rng.randrange(40)),
                credited_s=item.duration_ms // 1000,
            )
            for person_id in people_ids
            for item in rng.sample(lessons, rng.randrange(len(lessons) + 1))
        ],
        ignore_conflicts=True,
    )
    ledger.write(
        [
            Line(
                person_id=person_id,
                kind=kind,
                training_id=outline.training.id,
                course_id=course.id,
                seconds=seconds,
                cause=f"{kind}:{course.id}",
                rulebook_version=1,
                at=at - timedelta(minutes=ago),
            )
            for person_id in people_ids[::2]
            for outline in every
            for course in outline.courses
            if rng.random() < SELDOM
            for ago in [rng.randrange(40)]
            for kind, seconds in (("adjust", 900), ("reversal", -600), ("kept", course.cap_s + 300))
            if kind != "kept" or rng.random() < SELDOM
        ]
    )


def test_hours_are_those_that_the_teacher_sees(country: None) -> None:
    now = clock.now()
    everybody = list(Post.objects.filter(ended_at=None).values_list("person_id", flat=True))
    scatter(random.Random(20_25), everybody, now)
    assert rolling.roll(at=now)
    every = trainings.several([t.id for t in trainings.every()])
    kept = rows()
    complete = 0
    for person_id in set(everybody):
        for walked in progress.several(person_id, every):
            row = kept[walked.outline.training.id, person_id]
            assert row.learned_s == walked.learned_s
            assert row.recognised_s == walked.recognised_s
            assert row.completed_at == walked.completed_at
            # Whose hours are held is not through, though it stays known since when she was.
            is_through = row.completed_at is not None and row.held_since is None
            assert is_through == walked.is_complete
            if row.enrolled_at:
                begun = any(course.is_begun for course in walked.courses)
                assert (row.begun_at is not None) == begun
            complete += walked.is_complete
    assert 10 < complete < len(kept) - 10


def test_a_node_is_the_sum_of_its_children(country: None) -> None:
    rolling.roll(at=clock.now())
    home = Officer.objects.get(person__account__phone="13800000012")
    nation = figures("000000")
    assert nation.registered == Standing.objects.filter(training_id=nation.training_id).count()
    assert 0 < figures(home.path).registered < nation.registered
    assert checking.check() == []


def test_a_number_that_does_not_add_up_is_named(country: None) -> None:
    rolling.roll(at=clock.now())
    home = Officer.objects.get(person__account__phone="13800000012")
    wrong = figures(home.path)
    Figures.objects.filter(pk=wrong.pk).update(complete=wrong.complete + 1)
    found = {(each.path, each.what) for each in checking.check()}
    assert found == {(home.path, "complete"), (home.path.rpartition("/")[0], "complete")}
    rolling.roll(at=clock.now())
    assert checking.check() == []


def test_a_school_that_disagrees_with_its_teachers_is_named(country: None) -> None:
    rolling.roll(at=clock.now())
    row = Standing.objects.filter(enrolled_at=None)[0]
    Standing.objects.filter(pk=row.pk).update(enrolled_at=clock.now())
    assert (row.path, "enrolled", "laggards") == (
        checking.check()[0].path,
        *sorted({each.what for each in checking.check()}),
    )


def test_a_small_roll_says_what_a_whole_one_says(country: None) -> None:
    call = Call(clock.now())
    begun = call.now.replace(minute=0, second=0, microsecond=0)
    rolling.roll(at=begun)
    officer = Officer.objects.filter(level="school").order_by("path")[0]
    teacher = call.teacher(officer.school or places.of(places.HOME, "211"), at=call.now)
    people.approve(teacher, by=officer.person, at=call.now)
    people.enrol(teacher, seasons.SEASON, at=call.now)
    leaver = Post.objects.filter(ended_at=None).order_by("id")[0]
    posts.end(leaver, by=leaver.person, at=call.now)
    outline = seasons.outline(seasons.SEASON)
    watching.watch(
        teacher.person.id, watching.needed(outline)[:2], outline, begun_at=call.ago(hours=1)
    )
    # Within the same ten minutes: only those of whom something was written are counted.
    rolling.roll(at=begun + timedelta(seconds=30))
    small = {key: plain(row) for key, row in rows().items()}
    Standing.objects.all().delete()
    rolling.roll(at=begun + timedelta(hours=1))
    assert small == {key: plain(row) for key, row in rows().items()}
    assert rows()[outline.training.id, teacher.person.id].learned_s > 0


def plain(row: Standing) -> dict[str, object]:
    return {name: getattr(row, name) for name in standings.COLUMNS}


@pytest.mark.parametrize("slug", [seasons.SEASON, seasons.DEMO, seasons.SUMMER])
def test_a_school_s_page_counts_what_the_roll_counts(country: None, slug: str) -> None:
    rolling.roll(at=clock.now())
    training = seasons.outline(slug).training
    for path in Standing.objects.values_list("path", flat=True).distinct():
        told, kept = live.figures(training.id, path, at=clock.now()), figures(path, slug)
        assert {name: getattr(told, name) for name in checking.SUMS} == {
            name: getattr(kept, name) for name in checking.SUMS
        }
        assert told.oldest_at == kept.oldest_at


def test_a_large_school_s_page_says_what_a_small_one_s_does(
    country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Call(clock.now())
    # What the country was made of is older than what a roll looks back for.
    rolling.roll(at=call.now + timedelta(hours=1))
    outline = seasons.outline(seasons.SEASON)
    training, officer = outline.training, Officer.objects.get(person__account__phone="13800000011")
    path, later = officer.path, call.now + timedelta(hours=2)
    assert officer.school
    leaver, climber, *_ = Post.objects.filter(school=officer.school, ended_at=None).exclude(
        person=officer.person
    )
    comer = call.teacher(officer.school, at=later)
    people.approve(comer, by=officer.person, at=later)
    people.enrol(comer, seasons.SEASON, at=later)
    needed = watching.needed(outline)[:2]
    watching.watch(climber.person_id, needed, outline, begun_at=later)
    posts.end(leaver, by=leaver.person, at=later)
    anew = live.school(training.id, path)
    with monkeypatch.context() as patch:
        patch.setattr(live, "FEW", 0)
        merged = live.school(training.id, path)
        read = touched.at_school(path, call.now + timedelta(hours=1))
    assert {comer.person.id, climber.person_id} <= read
    assert len(read) < len(anew) - 2
    assert sorted(map(plain, merged), key=str) == sorted(map(plain, anew), key=str)


def test_days_before_the_first_roll_are_made_from_what_is_known(country: None) -> None:
    now = clock.now()
    rolling.roll(at=now)
    training = seasons.outline(seasons.SEASON).training
    days = list(Figures.objects.filter(training_id=training.id, path="000000").order_by("on"))
    open_days = localdate(now) - localdate(training.opens_at) + timedelta(days=1)
    assert len(days) == open_days.days >= 31, "each since it opened"
    assert days[0].enrolled <= days[15].enrolled <= days[-2].enrolled <= days[-1].enrolled
    assert days[-2].complete > 0
    # Tomorrow nothing is made up again, and only regions keep their yesterday.
    rolling.roll(at=now + timedelta(days=1))
    assert Figures.objects.filter(training_id=training.id, path="000000").count() == len(days) + 1
    schools = Figures.objects.filter(path__regex=r"/\d{10}$").values_list("on", flat=True)
    assert len(set(schools)) == 1


def test_two_rolls_at_once_are_one(own_database: None) -> None:
    now = clock.now()
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [rolling.LOCK])
        assert not rolling.roll(at=now)
        other.execute("SELECT pg_advisory_unlock_all()")
        other.connection.close()
    assert rolling.roll(at=now)
