"""Begin and end teaching posts; rows are never rewritten."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import FilteredRelation, Q, QuerySet

from yanxiu.foundation import prepared
from yanxiu.training.organisations import refusals, scopes
from yanxiu.training.organisations.models import (
    Correction,
    Decision,
    Officer,
    Post,
    School,
    Verification,
)
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries


@dataclass(frozen=True, slots=True)
class Standing:
    """Say how a post stands: its school's answer, or since when it is waited for."""

    post: Post
    verification: Verification | None
    decision: Decision | None

    @property
    def verified(self) -> bool:
        """Tell whether the school has confirmed its teacher."""
        return self.decision is not None and self.decision.outcome == Decision.Outcome.APPROVED

    @property
    def pending(self) -> bool:
        """Tell whether the school still has to answer."""
        return self.verification is not None and self.decision is None

    @property
    def rejected(self) -> bool:
        """Tell whether the school has said no."""
        return self.decision is not None and not self.verified


def current(person_id: UUID) -> QuerySet[Post]:
    """Return a person's posts that have not ended, with school, type and county."""
    return _current(Q(person_id=person_id))


def standings(person_id: UUID) -> list[Standing]:
    """Return how each current post of a person stands, in one query."""
    return _told(_hers(person_id=person_id))


def standings_of(people: Collection[UUID]) -> dict[UUID, list[Standing]]:
    """Return how the current posts of each of these people stand, in one query."""
    found: dict[UUID, list[Standing]] = {person_id: [] for person_id in people}
    for standing in _told(_asked(_current(Q(person_id__in=people)))):
        found[standing.post.person_id].append(standing)
    return found


def _current(whose: Q) -> QuerySet[Post]:
    found = Post.objects.filter(whose, ended_at=None)
    return found.select_related("school__type", "school__county").order_by("started_at", "id")


@prepared.question(person_id=UUID)
def _hers(person_id: UUID) -> QuerySet[Post]:
    return _asked(current(person_id))


def _asked(found: QuerySet[Post]) -> QuerySet[Post]:
    asked = FilteredRelation("verifications", condition=Q(verifications__withdrawn_at=None))
    return (
        found.annotate(asked=asked)
        .select_related("asked__identity", "asked__decision__by")  # type: ignore[misc]  # the plugin knows no filtered relations
        .order_by("started_at", "id", "asked__requested_at", "asked__id")
    )


def _told(rows: Iterable[Post]) -> list[Standing]:
    # A post comes once for each request; the newest one comes last and counts.
    return list({post.id: _standing(post) for post in rows}.values())


def _standing(post: Post) -> Standing:
    asked: Verification | None = getattr(post, "asked", None)
    return Standing(post, asked, getattr(asked, "decision", None))


@transaction.atomic
def take_up(person: Person, school: School, *, by: Person, at: datetime) -> Post:
    """Begin a post; a current one at the same school is returned as it is.

    Raises `SchoolGone` where the school has been closed, if only by now.
    """
    post, begun = Post.objects.get_or_create(
        person=person, school=school, ended_at=None, defaults={"started_at": at}
    )
    if begun:
        # A new post waits for whoever is closing the school, and is seen only behind that.
        if School.objects.filter(pk=school.pk).exclude(closed_on=None).exists():
            raise refusals.SchoolGone
        entries.record("post_begun", subject=("post", post.id), by=by.id, at=at, path=school.path)
    return post


@transaction.atomic
def end(post: Post, *, by: Person, at: datetime) -> None:
    """End a post and withdraw what still waits for its school; history stays.

    Verification ends with the post; certificates do not. Raises `PostEnded` for one that is over.
    """
    # Answers to her corrections hold the person, decisions hold the request: both are over now.
    Person.objects.select_for_update(no_key=True).get(pk=post.person_id)
    asked = Verification.objects.filter(post=post, withdrawn_at=None)
    list(asked.select_for_update(of=("self",)).order_by("id"))
    ended = Post.objects.filter(pk=post.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if not ended:
        raise refusals.PostEnded
    asked.filter(answered_at=None).update(withdrawn_at=at)
    corrections = Correction.objects.filter(post=post, withdrawn_at=None, answer=None)
    corrections.update(withdrawn_at=at, proof_sealed=None)
    entries.record("post_ended", subject=("post", post.id), by=by.id, at=at, path=post.school.path)


def own(person_id: UUID, post_id: UUID) -> Post | None:
    """Return a post of a person's own, ended or not, or None where she has no such post."""
    mine = Post.objects.filter(person_id=person_id, pk=post_id)
    return mine.select_related("school__type", "school__county").first()


def confirmed(found: list[Standing]) -> Standing | None:
    """Return the standing at a school that has confirmed its teacher, or None."""
    return next((each for each in found if each.verified), None)


def find(held: list[Officer], post_id: UUID) -> Post | None:
    """Return a post of the officer's branch with its school, or None outside of it."""
    found = Post.objects.filter(scopes.posts.visible(held), pk=post_id)
    return found.select_related("school__type", "person").first()
