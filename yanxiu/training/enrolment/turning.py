"""Remember whom enrolment turned away for her school's type, to tell her when that is mended."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment.models import Turned
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Post, School
from yanxiu.training.people.models import Persona


@transaction.atomic
def remember(person_id: UUID, training: Training, *, at: datetime) -> list[School]:
    """Keep that a teacher was turned away from a training; return schools of which nobody was yet.

    Nothing is kept of schools that the training serves.
    """
    schools = [post.school for post in posts.current(person_id)]
    wrong = [school for school in schools if school.type.serves != training.serves]
    known = {school.pk for school in wrong if waiting(school)}
    Turned.objects.bulk_create(
        (
            Turned(person_id=person_id, training=training, school_id=school.pk, at=at)
            for school in wrong
        ),
        ignore_conflicts=True,
    )
    return [school for school in wrong if school.pk not in known]


def waiting(school: School) -> int:
    """Return how many teachers were turned away at a school and wait for its type to be mended."""
    found = Turned.objects.filter(school_id=school.pk, told_at=None)
    return found.values("person").distinct().count()


def is_remembered(person_id: UUID, training: Training) -> bool:
    """Tell whether she will be told when her school's type is mended."""
    return Turned.objects.filter(person_id=person_id, training=training, told_at=None).exists()


def welcome(school: School, served_before: str, *, at: datetime) -> dict[Training, list[UUID]]:
    """Return whom a school's new type lets into which open training, each to be told once.

    They are its teachers who are not enrolled there and whom no other school of theirs let in.
    """
    serves = school.type.serves
    if serves == served_before:
        return {}
    open_now = Training.objects.filter(serves=serves, opens_at__lte=at, closes_at__gt=at)
    found: dict[Training, list[UUID]] = {}
    for training in open_now.order_by("position", "id"):
        teachers = Post.objects.filter(
            school=school,
            ended_at=None,
            person__personas__kind=Persona.Kind.TEACHER,
            person__personas__until=None,
        ).exclude(person__enrolments__training=training)
        elsewhere = Post.objects.filter(ended_at=None, school__type__serves=serves).exclude(
            school=school
        )
        people = teachers.exclude(person__in=elsewhere.values("person"))
        found[training] = list(people.order_by("id").values_list("person_id", flat=True).distinct())
    return {training: people for training, people in found.items() if people}


def told(school: School, trainings: Iterable[Training], *, at: datetime) -> None:
    """Note that whoever was turned away at this school has been told."""
    waiting = Turned.objects.filter(school_id=school.pk, training__in=list(trainings), told_at=None)
    waiting.update(told_at=at)
