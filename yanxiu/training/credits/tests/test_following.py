"""Every completion gets its line, once, whoever is killed meanwhile; nobody can change one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.credits import catalogued, following, ledger, reckoning
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import LedgerEntry, LedgerMark
from yanxiu.training.learning.models import Completion


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    return season.scene(seasons.SUMMER)


def in_order() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.order_by("person_id", "number"))


def test_lines_follow_completions_once_in_order_and_sealed(scene: Scene) -> None:
    opened = scene.outline.training.opens_at
    teachers = [scene.finished(at=opened) for _ in range(2)]
    awarded = Completion.objects.count()
    assert following.follow(at=clock.now()) == awarded
    assert following.follow(at=clock.now()) == 0
    for teacher in teachers:
        mine = [each for each in in_order() if each.person_id == teacher.person.id]
        assert [each.number for each in mine] == list(range(1, len(mine) + 1))
        assert [each.at for each in mine] == sorted(each.at for each in mine)
        first = mine[0]
        assert first.lesson_id
        done = Completion.objects.get(person_id=first.person_id, lesson_id=first.lesson_id)
        assert (first.kind, first.seconds, first.at) == (
            "award",
            done.credited_s,
            done.completed_at,
        )
        assert (first.media_version, first.identity_version) == (1, done.identity_version)
        assert (first.rulebook_version, first.training_id) == (1, scene.outline.training.id)
    # Whoever is killed before the mark is written finds everything written and writes nothing.
    LedgerMark.objects.filter(pk=following.NAME).delete()
    assert following.follow(at=clock.now()) == 0
    # What commits late, with an instant that lies before the mark, is still found.
    late = scene.teacher(at=opened)
    item = scene.outline.courses[0].lessons[0]
    at = clock.now() - timedelta(minutes=2)
    whole = [(item, item.duration_ms)]
    watching.watch(late.person.id, whole, scene.outline, begun_at=at - timedelta(minutes=25))
    assert Completion.objects.filter(person_id=late.person.id).count() == 1
    assert following.follow(at=clock.now()) == 1


def test_many_writers_at_once_write_each_line_once_and_keep_the_chain(scene: Scene) -> None:
    teacher = scene.finished(at=scene.outline.training.opens_at)
    awarded = Completion.objects.count()
    written = crowds.together(4, lambda _: str(following.follow(at=clock.now())))
    assert written == {str(awarded): 1, "0": 3}
    every = in_order()
    assert len(every) == awarded
    lines = [reckoning.Written(e.number, ledger.line(e), bytes(e.mark)) for e in every]
    person = reckoning.Person(teacher.person.id, written=lines)
    broken = {each.what for each in reckoning.check(person, catalogued.read())}
    assert not broken & {"line", "mark"}


def test_a_line_is_never_changed_and_never_written_twice(scene: Scene) -> None:
    scene.finished(at=scene.outline.training.opens_at)
    following.follow(at=clock.now())
    first = in_order()[0]
    mine = LedgerEntry.objects.filter(person_id=first.person_id, number=1)
    for deed in (lambda: mine.update(seconds=9_000), mine.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            deed()
    with pytest.raises(IntegrityError, match="credits_award_once"), transaction.atomic():
        LedgerEntry.objects.create(
            **{name: getattr(first, name) for name in Line.__slots__},
            number=999,
            mark=b"",
        )
