"""Confirm teachers with all that hangs on it: number, certificates, and the word to her."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yanxiu.foundation.facts import because
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import reissuing
from yanxiu.training.journeys import laundering
from yanxiu.training.notices import notes
from yanxiu.training.organisations import information, verification
from yanxiu.training.organisations.answering import Answers
from yanxiu.training.organisations.models import Decision, Officer, Post, School, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity, Person


def correct(
    person: Person, *, name: str, document_kind: str, number: str, at: datetime
) -> Identity:
    """Let a teacher nobody has confirmed give name and document, and ask her school.

    Raises what `information.correct` raises; tries at others' numbers are counted even so.
    """
    facts = {"document_kind": document_kind, "number": number, "name": name}
    facts["name"], facts["number"] = identities.check(person, **facts, at=at)
    county = laundering.needs_county(person.id, **facts)
    return information.correct(person, **facts, needs_county=county, by=person, at=at)


def teach_at(person: Person, school: School, *, at: datetime) -> Post:
    """Let a teacher nobody has confirmed choose her school, and ask it."""
    county = laundering.needs_county_now(person.id)
    return information.teach_at(person, school, needs_county=county, by=person, at=at)


def teach_also_at(person: Person, school: School, *, at: datetime) -> Post:
    """Let a teacher add a school beside those where she is, and ask it."""
    county = laundering.needs_county_now(person.id)
    return information.teach_also_at(person, school, needs_county=county, by=person, at=at)


def approve(
    verification_: Verification, *, held: list[Officer], by: Person, at: datetime
) -> Refused | None:
    """Confirm a teacher; raises and returns what `verification.approve` does."""
    # Stands by itself: what is refused for it has been handed up even so.
    laundering.hand_up([verification_.id], held=held, by=by, at=at)
    with transaction.atomic():
        handed_up = verification.approve(verification_, held=held, by=by, at=at)
        if handed_up is None:
            _confirmed([verification_.id], by=by, at=at)
    return handed_up


def approve_all(
    ids: Iterable[UUID],
    *,
    only_matching: bool = False,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> Answers:
    """Confirm many as `verification.approve_all`; returns what became of each request."""
    wanted = list(ids)
    laundering.hand_up(wanted, held=held, by=by, at=at)
    with transaction.atomic():
        answers = verification.approve_all(
            wanted, only_matching=only_matching, held=held, by=by, at=at
        )
        _confirmed(_done(answers), by=by, at=at)
    return answers


@transaction.atomic
def reject(
    verification_: Verification,
    *,
    held: list[Officer],
    no: tuple[str, str],
    by: Person,
    at: datetime,
) -> None:
    """Say no with (reason, sentence), and tell the teacher."""
    reason, sentence = no
    verification.reject(verification_, held=held, reason=reason, sentence=sentence, by=by, at=at)
    _refused([verification_.id], no, at=at)


@transaction.atomic
def reject_all(
    ids: Iterable[UUID], *, held: list[Officer], no: tuple[str, str], by: Person, at: datetime
) -> Answers:
    """Say no to many for one (reason, sentence); returns what became of each."""
    answers = verification.reject_all(ids, held=held, no=no, by=by, at=at)
    _refused(_done(answers), no, at=at)
    return answers


def _done(answers: Answers) -> list[UUID]:
    return [each for each, refused in answers.items() if refused is None]


def _confirmed(ids: list[UUID], *, by: Person, at: datetime) -> None:
    """Bring certificates after the names just confirmed, and tell the teachers."""
    by_school = _people(ids)
    reissuing.follow_all([who for people in by_school.values() for who in people], by=by, at=at)
    for school, people in by_school.items():
        facts = {"school": school}
        notes.tell_all(people, "verification_approved", facts=facts, link="/me/", at=at)


def _refused(ids: list[UUID], no: tuple[str, str], *, at: datetime) -> None:
    link = reverse("information")
    for school, people in _people(ids).items():
        facts = {"school": school, "reason": because(Decision.Reason(no[0]).label, no[1])}
        notes.tell_all(people, "verification_rejected", facts=facts, link=link, at=at)


def _people(ids: list[UUID]) -> dict[str, list[UUID]]:
    """Return the teachers behind the requests, by the name of their school."""
    found = Verification.objects.filter(pk__in=ids).order_by("requested_at", "id")
    people: dict[str, list[UUID]] = {}
    for school, person_id in found.values_list("post__school__name", "post__person_id"):
        people.setdefault(school, []).append(person_id)
    return people
