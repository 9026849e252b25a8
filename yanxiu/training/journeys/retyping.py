"""Carry a school's right type through: proposal, answer, and the word to whom it turned away.

Source: manual, question 2; docs/rules/regions-and-schools.md.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import turning
from yanxiu.training.notices import notes
from yanxiu.training.organisations import changes, grants, proposals
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import Officer, School, TypeProposal
from yanxiu.training.people.models import Person


@transaction.atomic
def ask(person: Person, training: Training, *, at: datetime) -> None:
    """Remember that a teacher was turned away, and ask her school's officers to look at its type.

    The officers are told once, however many teachers ask.
    """
    for school in turning.remember(person.id, training, at=at):
        officers = Officer.objects.filter(grants.current(at), school=school).order_by("id")
        facts = {"school": school.name, "type": school.type.name}
        link = reverse("office_basic", args=[school.pk])
        people = officers.values_list("person_id", flat=True)
        notes.tell_all(people, "type_asked", facts=facts, link=link, at=at)


@transaction.atomic
def confirm(proposal: TypeProposal, *, held: list[Officer], by: Person, at: datetime) -> School:
    """Give a school the type it proposed, and tell whoever may enrol now."""
    before = proposal.school.type.serves
    school = proposals.confirm(proposal, held=held, by=by, at=at)
    _let_in(school, before, at=at)
    facts = {"school": school.name, "type": school.type.name}
    _answered(proposal, "type_confirmed", facts, at=at)
    return school


@transaction.atomic
def decline(
    proposal: TypeProposal, sentence: str, *, held: list[Officer], by: Person, at: datetime
) -> None:
    """Say no to a proposed type, and tell who proposed it."""
    proposals.decline(proposal, sentence, held=held, by=by, at=at)
    facts = {"school": proposal.school.name, "reason": sentence.strip()}
    _answered(proposal, "type_declined", facts, at=at)


@transaction.atomic
def retype(school: School, type_code: str, deed: Deed) -> School:
    """Give a school its right type as its county, and tell whoever may enrol now."""
    before = school.type.serves
    fresh = changes.retype(school, type_code, deed)
    _let_in(fresh, before, at=deed.at)
    return fresh


def _let_in(school: School, served_before: str, *, at: datetime) -> None:
    welcome = turning.welcome(school, served_before, at=at)
    for training, people in welcome.items():
        facts = {"training": training.title}
        link = reverse("enrolment", args=[training.slug])
        notes.tell_all(people, "may_enrol", facts=facts, link=link, at=at)
    turning.told(school, welcome, at=at)


def _answered(proposal: TypeProposal, kind: str, facts: dict[str, str], *, at: datetime) -> None:
    link = reverse("office_basic", args=[proposal.school_id])
    notes.tell(proposal.by_id, kind, facts=facts, link=link, at=at)
