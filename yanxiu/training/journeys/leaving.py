"""Let a post end: the teacher leaves, or her school takes her off its list."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.training.notices import notes
from yanxiu.training.organisations import posts, refusals, scopes
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.people.models import Person


def leave(post: Post, *, by: Person, at: datetime) -> None:
    """End a post of one's own; verification ends with it, certificates stay. Raises `PostEnded`."""
    posts.end(post, by=by, at=at)


@transaction.atomic
def remove(post: Post, *, held: list[Officer], by: Person, at: datetime) -> None:
    """End a teacher's post as an officer of her school, and tell her.

    Raises `NotSchoolOfficer` or `PostEnded`.
    """
    if not scopes.posts.may("end", held, post):
        raise refusals.NotSchoolOfficer
    posts.end(post, by=by, at=at)
    facts = {"school": post.school.name}
    link = reverse("information")
    notes.tell(post.person_id, "post_ended", facts=facts, link=link, at=at)
