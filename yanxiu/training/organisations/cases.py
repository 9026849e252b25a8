"""Read each case whole with its story."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import FETCH_RAISE, OuterRef, QuerySet, Subquery

from yanxiu.training.organisations import matching, scopes
from yanxiu.training.organisations.models import Officer, Verification
from yanxiu.training.people.models import Identity


def find(held: list[Officer], verification_id: UUID) -> Verification | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    found = _told(Verification.objects.filter(scopes.verifications.visible(held)))
    whole = found.select_related("post__school__type", "post__person__account")
    whole = whole.annotate(has_roster=matching.listed())
    return whole.fetch_mode(FETCH_RAISE).filter(pk=verification_id).first()


def named(held: list[Officer], ids: Collection[UUID]) -> dict[UUID, Verification]:
    """Return those of these requests that lie in the officer's branch, with names and schools."""
    found = Verification.objects.filter(scopes.verifications.visible(held), pk__in=ids)
    return {row.pk: row for row in found.select_related("identity", "post__school")}


def others(asked: Verification) -> list[Verification]:
    """Return the other requests of the same post with their answers, the newest first."""
    found = _told(Verification.objects.filter(post=asked.post_id).exclude(pk=asked.pk))
    return list(found.order_by("-requested_at", "-id").fetch_mode(FETCH_RAISE))


def of_person(held: list[Officer], person_id: UUID) -> list[Verification]:
    """Return all requests of a person in the officer's branch with answers, the newest first."""
    mine = Verification.objects.filter(scopes.verifications.visible(held), post__person=person_id)
    found = _told(mine).select_related("post__school")
    return list(found.order_by("-requested_at", "-id").fetch_mode(FETCH_RAISE))


def _told(found: QuerySet[Verification]) -> QuerySet[Verification]:
    """Add who asked for what, the answer, and `answered_by`: the name of the officer."""
    officer = Identity.objects.filter(person=OuterRef("decision__by"), until=None)
    return found.select_related("identity", "decision").annotate(
        answered_by=Subquery(officer.values("name")[:1])
    )
