"""Let people of the cast do what people do, each step by the domain's own verb."""

from dataclasses import dataclass
from datetime import datetime

from yanxiu.training.cast import proofs, seasons
from yanxiu.training.cast.names import Invented
from yanxiu.training.certificates import issuing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.enrolment import enrolments
from yanxiu.training.journeys import correcting
from yanxiu.training.organisations import grants, information, verification
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Correction, Post, Region, School, Verification
from yanxiu.training.people import accounts, factors
from yanxiu.training.people.models import Account, Identity, Person, Persona
from yanxiu.training.support import agents
from yanxiu.training.support.models import Agent


@dataclass(frozen=True, slots=True)
class Teacher:
    """Be somebody who has given her information and waits for her school's answer."""

    person: Person
    post: Post
    asked: Verification


def register(phone: str, *, at: datetime, kind: str = Persona.Kind.TEACHER) -> Person:
    """Open an account and nothing more."""
    return accounts.open_for(phone, kind=kind, at=at).person


def introduce(person: Person, who: Invented, *, at: datetime) -> Identity:
    """Give name and document."""
    return information.correct(
        person,
        name=who.name,
        document_kind=who.kind,
        number=who.number,
        by=person,
        at=at,
    )


def join(phone: str, who: Invented, school: School, *, at: datetime) -> Teacher:
    """Register, give all information and wait for the school to confirm it."""
    person = register(phone, at=at)
    introduce(person, who, at=at)
    post = information.teach_at(person, school, by=person, at=at)
    return Teacher(person, post, Verification.objects.get(post=post))


def approve(teacher: Teacher, *, by: Person, at: datetime) -> None:
    """Confirm a teacher as her school's officer."""
    verification.approve(teacher.asked, held=grants.held(by.id, at=at), by=by, at=at)


def reject(teacher: Teacher, *, reason: str, sentence: str = "", by: Person, at: datetime) -> None:
    """Send a teacher's request back as her school's officer."""
    held = grants.held(by.id, at=at)
    verification.reject(teacher.asked, held=held, reason=reason, sentence=sentence, by=by, at=at)


def enrol(teacher: Teacher, slug: str, *, at: datetime) -> None:
    """Enrol in a training of the demo."""
    training = seasons.outline(slug).training
    enrolments.enrol(teacher.person, training, kind=Persona.Kind.TEACHER, at=at)


def ask_for(teacher: Teacher, right: Invented, *, why: str, at: datetime) -> Correction:
    """Ask to be known by another name or number, with a photo of the card."""
    wanted = Wanted(right.name, right.kind, right.number, why, proofs.card(right))
    return correcting.request(teacher.person, wanted, at=at)


def claim(teacher: Teacher, slug: str, *, at: datetime) -> Certificate:
    """Confirm what the certificate will say, and receive it."""
    person_id, outline = teacher.person.id, seasons.outline(slug)
    seen = issuing.draft(person_id, outline, at=at).digest
    return issuing.issue(person_id, outline, seen=seen, at=at)


def appoint(person: Person, node: Region | School, *, by: Person | None, at: datetime) -> Person:
    """Make a person officer of a node, with a second factor; the first of a nation has no `by`."""
    if by:
        grants.give(person, level=grants.level_of(node), node=node, by=by, at=at)
    else:
        grants.appoint(person, node, at=at)
    factors.lend(person, at=at)
    return person


def answer(person: Person, *, by: Person | None, at: datetime) -> Person:
    """Let a person answer at the help desk, with a second factor; a lead has no `by`."""
    role = Agent.Role.AGENT if by else Agent.Role.LEAD
    agents.appoint(person, role, by=by, at=at)
    factors.lend(person, at=at)
    return person


def dismiss(phone: str, *, by: Person, at: datetime) -> None:
    """Take the rights of whoever has that number."""
    account = Account.objects.get(phone=phone)
    for grant in grants.held(account.person_id, at=at):
        grants.withdraw(grant, by=by, at=at)


def stand_in(person: Person, phone: str, *, until: datetime, at: datetime) -> None:
    """Let a person stand in for the officer of that number, as the officer herself asks."""
    officer = Account.objects.select_related("person").get(phone=phone).person
    (grant,) = grants.held(officer.id, at=at)
    grants.deputise(grant, person, until=until, by=officer, at=at)
    factors.lend(person, at=at)
