"""Read one teacher as the officers of her branch may see her.

Whoever has a post in the branch is seen with her way and her papers; of who has left, only the
time that she was here. Of her posts elsewhere nothing is told.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import progress
from yanxiu.training.credits.progress import Progress
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import cases, scopes
from yanxiu.training.organisations.models import Officer, Post, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.reports import reminders


@dataclass(frozen=True, slots=True)
class Way:
    """Be her part in a training: since when, how far, and when she was last reminded."""

    progress: Progress
    enrolled_at: datetime
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Be a teacher as one officer sees her."""

    person: Person
    identity: Identity | None
    posts: list[Post]
    asked: list[Verification]
    is_here: bool
    ways: list[Way]
    certificates: list[Certificate]

    @property
    def since(self) -> datetime:
        """Return when her first post in the branch began."""
        return min(post.started_at for post in self.posts)


def find(held: list[Officer], person_id: UUID) -> Seen | None:
    """Return a teacher who has or had a post in the officer's branch, or None; eight queries."""
    found = Post.objects.filter(scopes.posts.visible(held), person_id=person_id)
    whole = found.select_related("school__county", "school__type", "person__account")
    here = list(whole.order_by("-started_at", "-id"))
    if not here:
        return None
    is_here = any(post.ended_at is None for post in here)
    return Seen(
        person=here[0].person,
        identity=identities.current(person_id),
        posts=here,
        asked=cases.of_person(held, person_id),
        is_here=is_here,
        ways=_ways(person_id) if is_here else [],
        certificates=standing.held(person_id) if is_here else [],
    )


def _ways(person_id: UUID) -> list[Way]:
    since = dict(
        Enrolment.objects.filter(person=person_id).values_list("training_id", "enrolled_at")
    )
    reminded = reminders.told_at(person_id)
    walked = progress.several(person_id, trainings.several(since.keys()))
    return [
        Way(each, since[each.outline.training.id], reminded.get(each.outline.training.id))
        for each in walked
    ]
