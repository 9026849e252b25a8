"""Find doubts in real rows, each once; honest crowds, tools and journeys leave none."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.support import season
from tests.support.season import Scene
from yanxiu.foundation import periods
from yanxiu.training.cast import seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.integrity import evidence, finding
from yanxiu.training.integrity.models import Doubt, Lending, Presence
from yanxiu.training.learning.models import Allowance, Completion, Coverage
from yanxiu.training.organisations.models import Post
from yanxiu.training.trail.models import Entry

Kind = Doubt.Kind
# The morning after a day on which nobody of the demo country watched anything.
DAY = datetime(2025, 6, 10, tzinfo=periods.CHINA)
MORNING = DAY + timedelta(days=1, hours=6, minutes=40)


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def lend(
    scene: Scene, teacher: Teacher, at: datetime, *, player: str = "tab", mark: str = ""
) -> None:
    lesson = scene.outline.courses[0].lessons[0]
    training = scene.outline.training.id
    evidence.lend(teacher.person.id, training, lesson.id, player=player, mark=mark, at=at)


def move(
    person_id: UUID, at: datetime, *, balance_ms: int = 10_000, lessons: tuple[UUID, ...] = ()
) -> None:
    """Leave what a settled beat leaves: the allowance, and the lessons that it moved."""
    row = {"balance_ms": balance_ms, "at": at, "version": 1, "player": "tab"}
    Allowance.objects.update_or_create(person_id=person_id, defaults=row)
    for lesson_id in lessons:
        touched = {"media_version": 1, "covered": "{[0,1000)}", "position_ms": 0, "touched_at": at}
        Coverage.objects.update_or_create(
            person_id=person_id, lesson_id=lesson_id, defaults=touched
        )


def watch(
    person_id: UUID,
    begin: datetime,
    end: datetime,
    *,
    balance_ms: int = 10_000,
    lessons: tuple[UUID, ...] = (),
) -> None:
    """Let somebody's beats come all the while, and the job look every ten minutes."""
    at = begin
    while at < end:
        at += timedelta(minutes=10)
        move(person_id, at - timedelta(seconds=20), balance_ms=balance_ms, lessons=lessons)
        evidence.sample(at=at + timedelta(seconds=3))


def complete(person_id: UUID, at: datetime, many: int, *, credited_s: int) -> None:
    courses = seasons.outline(seasons.SEASON).courses
    lessons = [item.id for course in courses for item in course.lessons]
    known = set(Completion.objects.filter(person_id=person_id).values_list("lesson_id", flat=True))
    Completion.objects.bulk_create(
        Completion(
            person_id=person_id,
            lesson_id=lesson_id,
            media_version=1,
            completed_at=at + timedelta(seconds=place),
            credited_s=credited_s,
        )
        for place, lesson_id in enumerate([each for each in lessons if each not in known][:many])
    )


def kinds(teacher: Teacher) -> list[tuple[str, str]]:
    rows = Doubt.objects.filter(person_id=teacher.person.id).order_by("kind", "on")
    return [(row.kind, f"{row.on:%m-%d}") for row in rows]


def test_a_night_without_a_pause_is_found_once_and_belongs_to_school_and_training(
    scene: Scene,
) -> None:
    teacher = scene.teacher()
    lend(scene, teacher, DAY - timedelta(hours=1))
    watch(teacher.person.id, DAY - timedelta(hours=1), DAY + timedelta(hours=6))
    assert finding.find(at=MORNING) == 1
    assert finding.find(at=MORNING + timedelta(days=1)) == 0
    [doubt] = Doubt.objects.filter(person_id=teacher.person.id)
    assert (doubt.kind, doubt.on, doubt.path) == (Kind.NIGHT, DAY.date(), scene.desk.school.path)
    assert doubt.training_id == scene.outline.training.id
    assert doubt.facts == {
        "numbers": {"from": -60, "until": 360},
        "lanes": [{"name": "seen", "number": 0, "spans": [[-60, 360]]}],
    }
    entry = Entry.objects.get(verb="doubt_found", subject_id=str(teacher.person.id))
    assert (entry.actor_id, entry.path) == (None, scene.desk.school.path)


def test_who_asks_for_more_than_time_allows_for_hours_is_found(scene: Scene) -> None:
    hasty, honest = scene.teacher(), scene.teacher()
    at = DAY + timedelta(hours=9)
    watch(hasty.person.id, at, at + timedelta(hours=3), balance_ms=0)
    watch(honest.person.id, at, at + timedelta(hours=3))
    lend(scene, hasty, at)
    lend(scene, honest, at)
    finding.find(at=MORNING)
    assert kinds(hasty) == [("haste", "06-10")]
    assert kinds(honest) == []


def test_who_moves_many_lessons_at_once_is_found(scene: Scene) -> None:
    several, one = scene.teacher(), scene.teacher()
    lessons = tuple(item.id for item in scene.outline.courses[0].lessons)
    more = tuple(item.id for course in scene.outline.courses for item in course.lessons)[:4]
    at = DAY + timedelta(hours=19)
    watch(several.person.id, at, at + timedelta(hours=1), lessons=more)
    watch(one.person.id, at, at + timedelta(hours=1), lessons=lessons[:1])
    lend(scene, several, at)
    finding.find(at=MORNING)
    assert kinds(several) == [("players", "06-10")]
    assert kinds(one) == []


def test_players_that_take_over_again_and_again_are_found(scene: Scene) -> None:
    teacher, calm = scene.teacher(), scene.teacher()
    at = DAY + timedelta(hours=19)
    for place in range(20):
        lend(scene, teacher, at + timedelta(minutes=place), player=f"player{place % 3}")
        # Somebody else opens as many lessons in one player.
        lend(scene, calm, at + timedelta(minutes=place))
    finding.find(at=MORNING)
    assert kinds(teacher) == [("players", "06-10")]
    assert kinds(calm) == []
    facts = Doubt.objects.get(person_id=teacher.person.id).facts
    assert facts["numbers"] == {"returns": 17, "players": 3}
    assert [lane["number"] for lane in facts["lanes"]] == [1, 2, 3]


@pytest.mark.parametrize("by", ["mark", "player"])
def test_three_who_take_turns_on_one_device_are_found_and_see_nothing_of_each_other(
    scene: Scene, by: str
) -> None:
    sharers = [scene.teacher() for _ in range(3)]
    at = DAY + timedelta(hours=19)
    for place in range(12):
        teacher = sharers[place % 3]
        lend(scene, teacher, at + timedelta(minutes=4 * place), **{by: "the same"})
    finding.find(at=MORNING)
    for teacher in sharers:
        assert kinds(teacher) == [("device", "06-10")]
        doubt = Doubt.objects.get(person_id=teacher.person.id)
        assert doubt.facts["numbers"] == {"returns": 9, "persons": 3}
        lanes = [(lane["name"], lane["number"]) for lane in doubt.facts["lanes"]]
        assert lanes == [("self", 1), ("other", 1), ("other", 2)]
        told = str(doubt.facts)
        assert not any(str(other.person.id) in told for other in sharers)


def test_forty_teachers_of_a_school_with_one_computer_and_one_network_raise_nothing(
    scene: Scene,
) -> None:
    """Let them sign in one after another, ten minutes each, all on one machine in one room."""
    at = DAY + timedelta(hours=8)
    crowd = [scene.teacher() for _ in range(40)]
    for teacher in crowd:
        for lesson in range(2):
            moment = at + timedelta(minutes=5 * lesson)
            lend(scene, teacher, moment, player=f"{teacher.person.id}", mark="school computer")
        move(teacher.person.id, at + timedelta(minutes=9))
        at += timedelta(minutes=10)
        evidence.sample(at=at)
    assert finding.find(at=MORNING) == 0


def test_somebody_with_a_screen_reader_raises_nothing(scene: Scene) -> None:
    """Let her watch at three quarters of the speed, with long pauses, late into the night."""
    teacher = scene.teacher()
    at = DAY - timedelta(hours=3)
    for _ in range(9):
        lend(scene, teacher, at, player="hers", mark="hers")
        watch(teacher.person.id, at, at + timedelta(minutes=20))
        at += timedelta(minutes=60)
    assert finding.find(at=MORNING) == 0


def test_hours_claimed_at_once_twice_in_a_week_are_found_and_one_journey_is_not(
    scene: Scene,
) -> None:
    twice, once = scene.teacher(), scene.teacher()
    for teacher, days in ((twice, (0, 3)), (once, (0,))):
        for back in days:
            at = DAY - timedelta(days=back) + timedelta(hours=12)
            complete(teacher.person.id, at, 4, credited_s=3_300)
            lend(scene, teacher, at)
    finding.find(at=MORNING)
    assert kinds(twice) == [("burst", "06-10")]
    assert kinds(once) == []
    numbers = Doubt.objects.get(person_id=twice.person.id).facts["numbers"]
    assert numbers == {"times": 2, "lessons": 4, "credited_s": 13_200}


def test_who_watched_until_she_finished_claims_nothing_at_once(scene: Scene) -> None:
    teacher = scene.teacher()
    for back in (0, 3):
        at = DAY - timedelta(days=back) + timedelta(hours=12)
        watch(teacher.person.id, at - timedelta(hours=2), at)
        complete(teacher.person.id, at, 4, credited_s=3_300)
    assert finding.find(at=MORNING) == 0


def test_of_who_never_taught_anywhere_nobody_is_told(scene: Scene) -> None:
    teacher = scene.teacher()
    watch(teacher.person.id, DAY - timedelta(hours=1), DAY + timedelta(hours=6))
    lend(scene, teacher, DAY)
    for evidenced in (Presence, Lending):
        evidenced.objects.filter(person_id=teacher.person.id).update(person_id=UUID(int=7))
    assert finding.find(at=MORNING) == 0


def test_a_doubt_belongs_to_the_present_school_of_who_has_moved(scene: Scene) -> None:
    teacher = scene.teacher()
    Post.objects.filter(person=teacher.person).update(ended_at=DAY - timedelta(days=5))
    watch(teacher.person.id, DAY - timedelta(hours=1), DAY + timedelta(hours=6))
    lend(scene, teacher, DAY)
    assert finding.find(at=MORNING) == 1
    # Who teaches nowhere now is looked at where she taught last.
    assert Doubt.objects.get(person_id=teacher.person.id).path == scene.desk.school.path


def test_a_sample_counts_the_ten_minutes_that_have_ended_and_is_repeatable(scene: Scene) -> None:
    teacher = scene.teacher()
    move(teacher.person.id, DAY + timedelta(hours=9, minutes=8))
    for _ in range(2):
        evidence.sample(at=DAY + timedelta(hours=9, minutes=10, seconds=4))
    row = Presence.objects.get(person_id=teacher.person.id)
    assert (row.on, row.seen, row.short, row.several) == (DAY.date(), "{[540,550)}", "{}", "{}")
    # What lies further back is not seen again.
    evidence.sample(at=DAY + timedelta(hours=9, minutes=20, seconds=4))
    row.refresh_from_db()
    assert row.seen == "{[540,550)}"


def test_midnight_belongs_to_the_day_that_ends(scene: Scene) -> None:
    teacher = scene.teacher()
    move(teacher.person.id, DAY - timedelta(minutes=1))
    evidence.sample(at=DAY + timedelta(seconds=2))
    row = Presence.objects.get(person_id=teacher.person.id)
    assert (row.on, row.seen) == ((DAY - timedelta(days=1)).date(), "{[1430,1440)}")


def test_evidence_goes_after_a_month_and_doubts_keep_theirs(scene: Scene) -> None:
    teacher = scene.teacher()
    lend(scene, teacher, DAY)
    watch(teacher.person.id, DAY - timedelta(hours=1), DAY + timedelta(hours=6))
    finding.find(at=MORNING)
    assert evidence.sweep(at=DAY + timedelta(days=29)) == 0
    assert evidence.sweep(at=DAY + timedelta(days=32)) == 3
    assert not Lending.objects.exists()
    assert Doubt.objects.get(person_id=teacher.person.id).facts["lanes"]
