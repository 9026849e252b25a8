"""Read amendments as officers see them: what waits for a second one, and what became of others."""

from uuid import UUID

from django.db.models import FETCH_RAISE, OuterRef, Q, QuerySet, Subquery

from yanxiu.training.catalogue.models import Course
from yanxiu.training.credits.models import Amendment
from yanxiu.training.integrity import holds
from yanxiu.training.organisations import scopes, two_officers
from yanxiu.training.organisations.models import Officer
from yanxiu.training.organisations.two_officers import Case, Outcome
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person

PAGE = 20


def waiting(held: list[Officer]) -> list[Case[Amendment]]:
    """Return what waits in the officer's branch, the oldest first, at most fifty."""
    found = _told().filter(scopes.amendments.doing("confirm", held), answered_at=None)
    return [case(each) for each in found.order_by("at", "id")[: two_officers.MOST]]


def answered(
    held: list[Officer], *, after: UUID | None = None
) -> tuple[list[Case[Amendment]], bool]:
    """Return a page of what was answered, the latest first, and whether more follow."""
    found = _told().filter(scopes.amendments.visible(held), answered_at__isnull=False)
    last = Amendment.objects.filter(pk=after, answered_at__isnull=False).first() if after else None
    if last:
        same = Q(answered_at=last.answered_at, id__lt=last.id)
        found = found.filter(Q(answered_at__lt=last.answered_at) | same)
    rows = [case(each) for each in found.order_by("-answered_at", "-id")[: PAGE + 1]]
    return rows[:PAGE], len(rows) > PAGE


def answerable(held: list[Officer], *, by: Person) -> QuerySet[Amendment]:
    """Return what this officer herself may answer: nothing of her own word or her own hours."""
    found = Amendment.objects.filter(scopes.amendments.doing("confirm", held), answered_at=None)
    return found.exclude(Q(by_id=by.id) | Q(person_id=by.id))


def find(held: list[Officer], amendment_id: UUID) -> Amendment | None:
    """Return an amendment of the officer's branch; None outside of it."""
    return _told().filter(scopes.amendments.visible(held), pk=amendment_id).first()


def of(held: list[Officer], person_id: UUID, course_id: UUID) -> list[Case[Amendment]]:
    """Return the amendments of a teacher's course in the officer's branch, the newest first."""
    mine = scopes.amendments.visible(held)
    found = _told().filter(mine, person_id=person_id, course_id=course_id)
    return [case(each) for each in found.order_by("-at", "-id")]


def case(amendment: Amendment) -> Case[Amendment]:
    """Return what became of an amendment that was read here; asks nothing."""
    answer = getattr(amendment, "answer", None)
    if answer is None:
        return Case(amendment, Outcome.WAITING)
    by = vars(amendment)["answered_by"] or ""
    return Case(amendment, Outcome(answer.outcome), answer.at, by, answer.sentence)


def _told() -> QuerySet[Amendment]:
    course = Course.objects.filter(pk=OuterRef("course_id"))
    return (
        Amendment.objects.select_related("answer")
        .annotate(
            name=identities.name_of("person_id"),
            school=holds.school_of("path"),
            training=holds.title_of("training_id"),
            course=Subquery(course.values("title")[:1]),
            proposed_by=identities.name_of("by_id"),
            answered_by=identities.name_of("answer__by_id"),
        )
        .fetch_mode(FETCH_RAISE)
    )
