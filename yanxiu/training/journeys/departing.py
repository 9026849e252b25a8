"""Let somebody leave for good: what others hold of her goes with what she held herself.

Rule: docs/rules/departure.md.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from yanxiu.foundation.periods import CHINA
from yanxiu.training.learning import viewings
from yanxiu.training.notices import notes
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import (
    grants,
    kinships,
    phone_changes,
    posts,
    student_accounts,
)
from yanxiu.training.organisations.models import Correction
from yanxiu.training.people import departures, identities, refusals
from yanxiu.training.people.models import Departure, Person
from yanxiu.training.reports.models import Standing
from yanxiu.training.support import agents
from yanxiu.training.support.models import Attachment, Draft, Message, Ticket


def ask(person: Person, *, at: datetime) -> Departure:
    """Begin the cooling-off; raise what `departures.ask` does.

    Raises `StillServes` for whoever is an officer or answers at the help desk.
    """
    if grants.held(person.id, at=at) or agents.held(person.id, at=at):
        raise refusals.StillServes
    with transaction.atomic():
        begun = departures.ask(person, at=at)
        facts = {"due": begun.due_at.astimezone(CHINA).date()}
        notes.tell(person.id, "departure_asked", facts=facts, link="/me/account/departure/", at=at)
    return begun


def depart(*, at: datetime) -> int:
    """Forget everybody whose time has come; return how many. A kill leaves each done or not."""
    return sum(_leave(each, at=at) for each in departures.due(at))


@transaction.atomic
def _leave(departure: Departure, *, at: datetime) -> bool:
    person = departure.person
    phone_changes.forget(person, at=at)
    for post in posts.current(person.id):
        posts.end(post, by=person, at=at)
    asked = Correction.objects.filter(post__person=person)
    asked.update(name=departures.GONE, why="", number_sealed=identities.sealed(""))
    asked.exclude(proof_sealed=None).update(proof_sealed=None)
    Notice.objects.filter(person=person).delete()
    _forget_tickets(person)
    viewings.take_away(person.id)
    kinships.forget(person, at=at)
    student_accounts.forget(person)
    Standing.objects.filter(person_id=person.id).update(name=departures.GONE)
    return departures.finish(departure, at=at)


def _forget_tickets(person: Person) -> None:
    """Leave of her tickets that there were some: what she wrote and showed goes."""
    Draft.objects.filter(Q(person=person) | Q(ticket__person=person)).delete()
    hers = Message.objects.filter(ticket__person=person)
    Attachment.objects.filter(message__in=hers).update(sealed=None)
    hers.update(text="")
    Ticket.objects.filter(person=person).update(title=departures.GONE)
