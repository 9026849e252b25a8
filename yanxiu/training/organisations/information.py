"""Keep a teacher's information, identity and school; ask the school once both are there."""

from datetime import datetime

from django.db import transaction

from yanxiu.training.organisations import posts, refusals, verification
from yanxiu.training.organisations.models import Post, School, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity, Person

# Who teaches at more schools than this at a time is not known to anybody.
POSTS_MOST = 3


@transaction.atomic
def correct(  # noqa: PLR0913 - one row's worth of facts
    person: Person,
    *,
    name: str,
    document_kind: str,
    number: str,
    needs_county: bool = False,
    by: Person,
    at: datetime,
) -> Identity:
    """Record name and document of a teacher nobody has confirmed yet, and ask her school anew.

    Raises `AlreadyVerified`, `people.refusals.Unacceptable` or `people.refusals.NumberInUse`.
    """
    _free(person)
    identity = identities.record(
        person, name=name, document_kind=document_kind, number=number, by=by, at=at
    )
    _ask(person, needs_county=needs_county, by=by, at=at)
    return identity


@transaction.atomic
def teach_at(
    person: Person, school: School, *, needs_county: bool = False, by: Person, at: datetime
) -> Post:
    """Let the teacher be at this school instead of any other, and ask it; history stays.

    Raises `AlreadyVerified` where a school has confirmed her.
    """
    for standing in _free(person):
        if standing.post.school_id != school.id:
            posts.end(standing.post, by=by, at=at)
    post = posts.take_up(person, school, by=by, at=at)
    _ask(person, needs_county=needs_county, by=by, at=at)
    return post


@transaction.atomic
def teach_also_at(
    person: Person, school: School, *, needs_county: bool = False, by: Person, at: datetime
) -> Post:
    """Let the teacher be at this school beside any other, and ask it; what is confirmed stays.

    Raises `TooManyPosts`.
    """
    standings = _standings(person)
    schools = {standing.post.school_id for standing in standings} - {school.id}
    if len(schools) >= POSTS_MOST:
        raise refusals.TooManyPosts(most=POSTS_MOST)
    post = posts.take_up(person, school, by=by, at=at)
    identity = identities.current(person.id)
    is_new = all(standing.post.id != post.id for standing in standings)
    if identity and is_new:
        verification.request(post, identity, needs_county=needs_county, by=by, at=at)
    return post


def _free(person: Person) -> list[posts.Standing]:
    """Return how her posts stand; raise `AlreadyVerified` where a school has confirmed her."""
    standings = _standings(person)
    if posts.confirmed(standings):
        raise refusals.AlreadyVerified
    return standings


def _standings(person: Person) -> list[posts.Standing]:
    """Return how her posts stand, held still."""
    # Her own changes wait for each other; an officer's decision is over or waits for this one.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    asked = Verification.objects.filter(post__person=person, withdrawn_at=None)
    list(asked.select_for_update(of=("self",)).order_by("id"))
    return posts.standings(person.id)


def _ask(person: Person, *, needs_county: bool, by: Person, at: datetime) -> None:
    identity = identities.current(person.id)
    if identity:
        for post in posts.current(person.id):
            verification.request(post, identity, needs_county=needs_county, by=by, at=at)
