"""Hold somebody's hours of a training, and let them count again: one office's word, with a reason.

A hold stops recognition and issuing, never recording. Rules: docs/rules/holds.md.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from yanxiu.foundation.facts import because
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue.models import Training
from yanxiu.training.integrity import checking, doubts, refusals
from yanxiu.training.integrity.models import Appeal, AppealAnswer, Doubt, Hold, Lift
from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, levels, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries


def against_lifting(
    hold: Hold, *, held: list[Officer], by: Person, said: Sequence[AppealAnswer] = ()
) -> Refused | None:
    """Return why this officer may not lift a hold; `said` are the answers to appeals against it."""
    if not scopes.holds.may("lift", held, hold):
        return refusals.NotCounty()
    if hold.person_id == by.id:
        return refusals.OwnHours()
    level = _deciding(hold, said)
    able = [grant for grant in held if not levels.is_lower(grant.level, level)]
    return None if scopes.holds.may("lift", able, hold) else refusals.HeldFromAbove()


@transaction.atomic
def place(
    doubt: Doubt, *, held: list[Officer], no: tuple[str, str], by: Person, at: datetime
) -> Hold:
    """Hold the hours that a doubt is about, and tell the teacher at once.

    `no` is the class of reason and the sentence that she reads. Raises what stands against it,
    `WhyMissing`, or `DoubtSettled` where another officer was quicker.
    """
    checking.check(checking.against_deciding(doubt, held=held, by=by))
    reason, sentence = no[0], checking.worded(no[1])
    checking.alone(doubt.person_id)
    if not doubts.is_open(doubt):
        raise refusals.DoubtSettled
    office = checking.office_of(doubt.path, held)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                person_id=doubt.person_id,
                training_id=doubt.training_id,
                doubt=doubt,
                path=doubt.path,
                level=office.level,
                node=grants.node_name(office),
                reason=reason,
                sentence=sentence,
                by_id=by.id,
                at=at,
            )
    except IntegrityError as error:
        raise refusals.DoubtSettled from error
    note("hold_placed", hold, by=by, at=at)
    why = because(Hold.Reason(reason).label, sentence)
    tell(hold, "hold_placed", at=at, node=hold.node, reason=why)
    return hold


@transaction.atomic
def lift(hold: Hold, sentence: str, *, held: list[Officer], by: Person, at: datetime) -> Lift:
    """Let every second count again, and tell the teacher; an appeal that waits is settled by it.

    Raises what stands against it, `WhyMissing` or `HoldOver`.
    """
    said = list(AppealAnswer.objects.filter(appeal__hold=hold))
    checking.check(against_lifting(hold, held=held, by=by, said=said))
    words = checking.worded(sentence)
    checking.alone(hold.person_id)
    return end(hold, words, office=checking.office_of(hold.path, held), by=by, at=at)


def end(hold: Hold, sentence: str, *, office: Officer, by: Person, at: datetime) -> Lift:
    """Write down that a hold is over, within its caller's transaction; raises `HoldOver`."""
    if not Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=at):
        raise refusals.HoldOver
    Appeal.objects.filter(hold=hold, settled_at=None).update(settled_at=at)
    node = grants.node_name(office)
    ended = Lift.objects.create(hold=hold, sentence=sentence, node=node, by_id=by.id, at=at)
    note("hold_lifted", hold, by=by, at=at)
    tell(hold, "hold_lifted", at=at, node=node, reason=sentence)
    return ended


def note(verb: str, hold: Hold, *, by: Person, at: datetime, **detail: object) -> None:
    """Write an entry about a hold into the trail."""
    facts = {"hold": str(hold.id), "reason": hold.reason} | detail
    subject = ("person", hold.person_id)
    entries.record(verb, subject=subject, by=by.id, at=at, detail=facts, path=hold.path)


def tell(hold: Hold, kind: str, *, at: datetime, **facts: object) -> None:
    """Tell the teacher what became of her hours, with the way to what she may do."""
    title = Training.objects.values_list("title", flat=True).get(pk=hold.training_id)
    link = reverse("my_hold", args=[hold.id])
    notes.tell(hold.person_id, kind, facts={"training": title} | facts, link=link, at=at)


def _deciding(hold: Hold, said: Sequence[AppealAnswer]) -> str:
    """Return the widest level that has decided that the hold stands."""
    upheld = [each.level for each in said if each.outcome == AppealAnswer.Outcome.UPHELD]
    return min([hold.level, *upheld], key=levels.ORDER.index)
