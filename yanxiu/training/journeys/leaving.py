"""Let a post end: the teacher leaves, or her school takes her off its list."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, posts, refusals, scopes
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person


@transaction.atomic
def leave(post: Post, *, by: Person, at: datetime) -> None:
    """End a post of one's own, and tell the school's officers; certificates stay.

    Verification ends with the post. Raises `PostEnded`.
    """
    posts.end(post, by=by, at=at)
    identity = identities.current(post.person_id)
    if identity is None:
        return
    officers = Officer.objects.filter(grants.current(at), school=post.school_id)
    people = officers.exclude(person=by).values_list("person_id", flat=True).distinct()
    facts = {"name": identity.name, "school": post.school.name}
    notes.tell_all(people.order_by("person_id"), "teacher_left", facts=facts, at=at)


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
