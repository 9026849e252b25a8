"""Carry requests for another number: asked, vouched for, approved, two days of waiting, done.

The old number's owner is told at each step and stops it with one press. Who may say the two words
is decided by `vouching` for officers and by the help desk for agents; both write them here.
Source: docs/rules/phone-change.md.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, phone_links, phone_refusals, posts, verification
from yanxiu.training.organisations.competence import others
from yanxiu.training.organisations.models import Officer, PhoneChange, PhoneChangeAnswer, Post
from yanxiu.training.people import masking, phone_numbers
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

Outcome, Step = PhoneChange.Outcome, PhoneChangeAnswer.Step

# So long the old number's owner can stop what two have agreed to.
COOLING_OFF = timedelta(hours=48)
# What is not settled by then ends by itself, and so does the picture.
LAPSES_AFTER = timedelta(days=30)
# Who has stopped one is left alone for so long.
REST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Word:
    """Be what an official or agent says: yes by some means, or no with (reason, sentence)."""

    step: str
    means: str = ""
    no: tuple[str, str] | None = None
    grant: Officer | None = field(default=None, compare=False)


def vouching_post(person: Person, *, at: datetime) -> Post | None:
    """Return the post whose school can vouch for a person: a confirmed one before any other.

    None where no school of hers has an officer but herself: then the help desk has to.
    """
    found = sorted(posts.standings(person.id), key=lambda each: not each.verified)
    return next((each.post for each in found if _has_officer(each.post, at)), None)


@transaction.atomic
def ask(person: Person, post: Post | None, phone: str, *, at: datetime) -> PhoneChange:
    """Ask for another number; the account's owner is told by every way she had.

    Raises `PhoneChangeWaits` or `PhoneChangeResting`.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    stopped = PhoneChange.objects.filter(person=person, outcome=Outcome.STOPPED)
    if stopped.filter(ended_at__gt=at - REST).exists():
        raise phone_refusals.PhoneChangeResting(days=REST.days)
    try:
        with transaction.atomic():
            asked = PhoneChange.objects.create(
                person=person,
                post=post,
                old_phone=person.account.phone,
                new_phone=phone,
                asked_at=at,
                rises_at=verification.rises_at(post, needs_county=False, at=at) if post else at,
            )
    except IntegrityError as error:
        raise phone_refusals.PhoneChangeWaits from error
    _note("phone_change_asked", asked, by=None, at=at)
    _warn(asked, "phone_change_started", at=at)
    _text(asked, "phone_change_asked", at=at)
    return asked


@transaction.atomic
def say(change: PhoneChange, word: Word, *, by: Person, at: datetime) -> PhoneChange:
    """Write down one of the two words; its caller has decided that `by` may say it.

    The second yes begins the two days. Raises `PhoneChangeOver`, `AnsweredMeanwhile` or
    `SameOfficial`.
    """
    fresh = held_still(change)
    if fresh.ended_at or fresh.due_at:
        raise phone_refusals.PhoneChangeOver
    if step(fresh) != word.step:
        raise phone_refusals.AnsweredMeanwhile
    if said(fresh, by):
        raise phone_refusals.SameOfficial
    is_yes = word.no is None
    reason, sentence = word.no or ("", "")
    PhoneChangeAnswer.objects.create(
        change=fresh,
        step=word.step,
        is_yes=is_yes,
        means=word.means,
        reason=reason,
        sentence=sentence.strip(),
        grant=word.grant,
        by=by,
        at=at,
    )
    if not is_yes:
        _note("phone_change_declined", fresh, by=by, at=at, reason=reason)
        why = sentence.strip() or str(PhoneChangeAnswer.Reason(reason).label)
        return _ended(fresh, Outcome.DECLINED, why, at=at)
    if word.step == Step.VOUCH:
        _note("phone_change_vouched", fresh, by=by, at=at, means=word.means)
        return fresh
    return _approved(fresh, by=by, at=at)


@transaction.atomic
def stop(change: PhoneChange, *, by: Person | None, at: datetime) -> None:
    """Stop it, as the account's owner; raises `PhoneChangeOver` where nothing is to be stopped.

    `by` is nobody where it is stopped by the link that went to the old number.
    """
    fresh = held_still(change)
    if fresh.ended_at:
        raise phone_refusals.PhoneChangeOver
    _note("phone_change_stopped", fresh, by=by, at=at)
    _ended(fresh, Outcome.STOPPED, "", at=at)


@transaction.atomic
def withdraw(change: PhoneChange, *, at: datetime) -> None:
    """Take it back, as whoever has asked; raises as `stop` does."""
    fresh = held_still(change)
    if fresh.ended_at:
        raise phone_refusals.PhoneChangeOver
    _note("phone_change_withdrawn", fresh, by=None, at=at)
    _ended(fresh, Outcome.WITHDRAWN, "", at=at)


@transaction.atomic
def end(change: PhoneChange, outcome: str, *, at: datetime) -> None:
    """End what cannot be done, or has come to its time; one that has ended changes nothing."""
    fresh = held_still(change)
    if fresh.ended_at is None:
        _note(f"phone_change_{outcome}", fresh, by=None, at=at)
        _ended(fresh, outcome, str(Outcome(outcome).label), at=at)


@transaction.atomic
def finish(change: PhoneChange, *, at: datetime) -> None:
    """Note that the number is the new one, and tell both."""
    PhoneChange.objects.filter(pk=change.pk).update(ended_at=at, outcome=Outcome.DONE)
    _note("phone_change_done", change, by=None, at=at)
    facts = {"phone": masking.phone(change.new_phone)}
    notes.tell(change.person_id, "phone_changed", facts=facts, link="/me/account/", at=at)
    if phone_numbers.reaches(change.old_phone):
        notes.text(change.person_id, "phone_changed", to=change.old_phone, facts=facts, at=at)


def forget(person: Person, *, at: datetime) -> None:
    """Leave of a person's requests that there were some: numbers and pictures go."""
    hers = PhoneChange.objects.filter(person=person)
    hers.filter(ended_at=None).update(ended_at=at, outcome=Outcome.WITHDRAWN)
    hers.filter(picture_at__isnull=False, picture_removed_at=None).update(picture_removed_at=at)
    hers.update(old_phone="", new_phone="", picture=None, picture_key=None)


def running(person_id: UUID) -> PhoneChange | None:
    """Return the request about a person's number that has not ended."""
    found = PhoneChange.objects.filter(person=person_id, ended_at=None).defer("picture")
    return found.select_related("post__school").first()


def due(at: datetime) -> list[PhoneChange]:
    """Return what two have agreed to and whose two days are over."""
    found = PhoneChange.objects.filter(ended_at=None, due_at__lte=at).defer("picture")
    return list(found.select_related("person__account").order_by("due_at", "id"))


def lapsed(at: datetime) -> list[PhoneChange]:
    """Return what nobody has settled within thirty days."""
    found = PhoneChange.objects.filter(
        ended_at=None, due_at=None, asked_at__lte=at - LAPSES_AFTER
    ).defer("picture")
    return list(found.order_by("asked_at", "id"))


def frozen_since(person: str = "person_id") -> Subquery:
    """Return since when a row's person gets no certificate because her number is being changed."""
    cooling = PhoneChange.objects.filter(
        person=OuterRef(person), ended_at=None, due_at__isnull=False
    )
    approved = cooling.filter(answers__step=Step.APPROVE)
    return Subquery(approved.values("answers__at")[:1])


def frozen(people: list[UUID]) -> set[UUID]:
    """Return who of these people get no certificate for now."""
    cooling = PhoneChange.objects.filter(person__in=people, ended_at=None, due_at__isnull=False)
    return set(cooling.values_list("person_id", flat=True))


def step(change: PhoneChange) -> str:
    """Return which word is wanted next, or nothing once both are said."""
    answered = {each.step for each in change.answers.all()}
    return next((each for each in Step.values if each not in answered), "")


def said(change: PhoneChange, by: Person) -> bool:
    """Tell whether this person has said one of the words."""
    return any(each.by_id == by.id for each in change.answers.all())


def held_still(change: PhoneChange) -> PhoneChange:
    """Return the request as it is now, while nobody else can change it: the person comes first."""
    Person.objects.select_for_update(no_key=True).get(pk=change.person_id)
    return whole().select_for_update(of=("self",)).get(pk=change.pk)


def whole() -> QuerySet[PhoneChange]:
    """Return requests with all that is asked of them, but for the picture."""
    found = PhoneChange.objects.defer("picture").select_related(
        "person__account", "post__school__county"
    )
    return found.prefetch_related("answers__grant__stands_in_for")


def _has_officer(post: Post, at: datetime) -> bool:
    serving = Officer.objects.filter(grants.current(at), school=post.school_id)
    return others(serving, post.person_id).exists()


def _approved(change: PhoneChange, *, by: Person, at: datetime) -> PhoneChange:
    change.due_at = at + COOLING_OFF
    PhoneChange.objects.filter(pk=change.pk).update(due_at=change.due_at)
    _note("phone_change_approved", change, by=by, at=at)
    _warn(change, "phone_change_approved", at=at)
    _text(change, "phone_change_granted", at=at)
    return change


def _ended(change: PhoneChange, outcome: str, why: str, *, at: datetime) -> PhoneChange:
    """End it without a change, and tell both numbers."""
    PhoneChange.objects.filter(pk=change.pk).update(ended_at=at, outcome=outcome)
    change.ended_at, change.outcome = at, outcome
    kind = "phone_change_ended" if why else "phone_change_stopped"
    facts = {"reason": why} if why else {}
    notes.tell(change.person_id, kind, facts=facts, link="/me/account/", at=at)
    notes.text(change.person_id, kind, to=change.new_phone, facts=facts, at=at)
    return change


def _warn(change: PhoneChange, kind: str, *, at: datetime) -> None:
    """Tell the owner by inbox, by text to the old number, and in her browsers."""
    facts = _facts(change) | {"stop": phone_links.address(change, phone_links.STOP)}
    link = phone_links.path(change, phone_links.STOP)
    notes.tell(change.person_id, kind, facts=facts, link=link, at=at)


def _text(change: PhoneChange, kind: str, *, at: datetime) -> None:
    facts = _facts(change) | {"follow": phone_links.address(change, phone_links.FOLLOW)}
    notes.text(change.person_id, kind, to=change.new_phone, facts=facts, at=at)


def _facts(change: PhoneChange) -> dict[str, object]:
    return {"phone": masking.phone(change.new_phone), "due": change.due_at or ""}


def _note(
    verb: str, change: PhoneChange, *, by: Person | None, at: datetime, **detail: object
) -> None:
    entries.record(
        verb,
        subject=("person", change.person_id),
        by=by.id if by else None,
        at=at,
        detail={"change": str(change.id), **detail},
        path=change.post.school.path if change.post else "",
    )
