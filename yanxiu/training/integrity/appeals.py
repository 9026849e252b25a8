"""Take a teacher's word against a hold, and the answer of an office above the one that placed it.

Rules: docs/rules/holds.md.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from yanxiu.foundation.refusals import Refused
from yanxiu.training.integrity import checking, holding, refusals
from yanxiu.training.integrity.models import TEXT_MOST, Appeal, AppealAnswer, AppealDraft, Hold
from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, levels, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person

# Longer than any appeal may be, so that one that is too long can be shortened; the rest is cut.
DRAFT_MOST = 10_000
Outcome = AppealAnswer.Outcome


@transaction.atomic
def write(hold: Hold, text: str, *, by: Person, at: datetime) -> Appeal:
    """Appeal against a hold of one's own hours; whoever serves above the office is told.

    Raises `AppealEmpty`, `AppealTooLong`, `HoldOver` or `AlreadyAppealed`.
    """
    words = _worded(text)
    checking.alone(hold.person_id)
    if Hold.objects.filter(pk=hold.pk).exclude(lifted_at=None).exists():
        raise refusals.HoldOver
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(hold=hold, text=words, at=at)
    except IntegrityError as error:
        raise refusals.AlreadyAppealed from error
    drop(hold)
    holding.note("appeal_made", hold, by=by, at=at)
    _tell_above(hold, at=at)
    return appeal


def against_answering(
    appeal: Appeal, *, held: list[Officer], by: Person, said: Sequence[AppealAnswer] = ()
) -> Refused | None:
    """Return why this officer may not answer; `said` are the answers to earlier appeals."""
    hold = appeal.hold
    if hold.person_id == by.id:
        return refusals.OwnHours()
    able = [grant for grant in held if _is_above(grant.level, hold.level)]
    if not scopes.holds.may("lift", able, hold):
        return refusals.NotAbove()
    return refusals.HadPart() if by.id in {hold.by_id, *(each.by_id for each in said)} else None


@transaction.atomic
def answer(
    appeal: Appeal,
    outcome: str,
    sentence: str,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> AppealAnswer:
    """Answer an appeal with reasons: the hold is lifted, or it stays; teacher and office are told.

    Raises what stands against it, `WhyMissing`, or `AppealSettled`.
    """
    hold = appeal.hold
    said = list(AppealAnswer.objects.filter(appeal__hold=hold))
    checking.check(against_answering(appeal, held=held, by=by, said=said))
    words = checking.worded(sentence)
    checking.alone(hold.person_id)
    if not Appeal.objects.filter(pk=appeal.pk, settled_at=None).update(settled_at=at):
        raise refusals.AppealSettled
    office = checking.office_of(hold.path, held)
    given = AppealAnswer.objects.create(
        appeal=appeal,
        outcome=outcome,
        sentence=words,
        level=office.level,
        node=grants.node_name(office),
        by_id=by.id,
        at=at,
    )
    holding.note(f"appeal_{outcome}", hold, by=by, at=at)
    if outcome == Outcome.GRANTED:
        holding.end(hold, words, office=office, by=by, at=at)
    else:
        holding.tell(hold, "appeal_upheld", at=at, node=given.node, reason=words)
    _tell_office(hold, given, at=at)
    return given


def of(hold: Hold) -> list[Appeal]:
    """Return what was said against a hold and answered, the oldest first, each with `by`."""
    found = Appeal.objects.filter(hold=hold).select_related("answer")
    return list(found.annotate(by=identities.name_of("answer__by_id")).order_by("at", "id"))


def answerable(held: list[Officer], *, by: Person) -> QuerySet[Appeal]:
    """Return the appeals that wait and that this officer may answer."""
    had_part = AppealAnswer.objects.filter(appeal__hold=OuterRef("hold"), by_id=by.id)
    mine = Q(hold__by_id=by.id) | Q(hold__person_id=by.id) | Exists(had_part)
    reach = Q(pk__in=[])
    for grant in held:
        lower = [level for level in levels.ORDER if _is_above(grant.level, level)]
        reach |= grants.branch([grant], "hold__path") & Q(hold__level__in=lower)
    return Appeal.objects.filter(reach, settled_at=None).exclude(mine)


def draft(hold: Hold) -> AppealDraft | None:
    """Return what she has begun to write."""
    return AppealDraft.objects.filter(hold=hold).first()


def keep(hold: Hold, text: str, *, at: datetime) -> None:
    """Keep a draft in the place of the one before; an empty one is none."""
    if not text.strip():
        drop(hold)
        return
    kept = {"text": text[:DRAFT_MOST], "at": at}
    AppealDraft.objects.update_or_create(hold=hold, defaults=kept)


def drop(hold: Hold) -> None:
    """Discard a draft."""
    AppealDraft.objects.filter(hold=hold).delete()


def _worded(text: str) -> str:
    words = text.strip()
    if not any(map(str.isalnum, words)):
        raise refusals.AppealEmpty
    if len(words) > TEXT_MOST:
        raise refusals.AppealTooLong(most=TEXT_MOST, count=len(words))
    return words


def _is_above(level: str, placed: str) -> bool:
    """Tell whether a level answers for what another one has placed; the nation has none above."""
    return levels.is_lower(placed, level) or level == placed == levels.ORDER[0]


def _tell_above(hold: Hold, *, at: datetime) -> None:
    """Tell whoever serves the node above the office; further up it stands among what waits."""
    steps = hold.path.split("/")
    depth = max(1, levels.ORDER.index(hold.level))
    officers = Officer.objects.filter(grants.current(at), path="/".join(steps[:depth]))
    people = officers.exclude(person_id__in=[hold.person_id, hold.by_id])
    link = reverse("office_hold", args=[hold.id])
    whom = people.order_by("id").values_list("person_id", flat=True)
    notes.tell_all(whom, "appeal_made", facts={"node": hold.node}, link=link, at=at)


def _tell_office(hold: Hold, given: AppealAnswer, *, at: datetime) -> None:
    facts = {"node": given.node, "outcome": Outcome(given.outcome).label}
    link = reverse("office_hold", args=[hold.id])
    notes.tell(hold.by_id, "appeal_answered", facts=facts, link=link, at=at)
