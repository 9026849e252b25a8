"""Issue the certificates that waited for a font, once one has their characters."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.foundation import paper
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import announcements, issuing, refusals, reissuing
from yanxiu.training.certificates.models import Unset
from yanxiu.training.notices import notes
from yanxiu.training.people.models import Person


def settle(*, at: datetime) -> int:
    """Issue what can be printed by now, and tell its holders; return how many were settled."""
    waiting = Unset.objects.filter(settled_at=None).order_by("asked_at", "id")
    ready = [each for each in waiting if not paper.lacks_glyphs(each.characters)]
    return sum(_settle(each, at) for each in ready)


@transaction.atomic
def _settle(waiting: Unset, at: datetime) -> bool:
    """Issue one, unless another process has; raises nothing where her data have changed since."""
    ours = Unset.objects.select_for_update(skip_locked=True).filter(pk=waiting.pk, settled_at=None)
    if not ours.exists():
        return False
    Unset.objects.filter(pk=waiting.pk).update(settled_at=at)
    if waiting.seen:
        _issue(waiting, at)
    else:
        reissuing.follow(waiting.person_id, by=Person.objects.get(pk=waiting.person_id), at=at)
    return True


def _issue(waiting: Unset, at: datetime) -> None:
    [outline] = trainings.several([waiting.training_id])
    facts = {"training": outline.training.title}
    try:
        issuing.issue(waiting.person_id, outline, seen=waiting.seen, at=at)
        kind = "certificate_issued"
    except refusals.Unprintable:
        # Another character is missing still: it is queued anew.
        return
    except Refused:
        # What she confirmed is no longer so: she looks at it again.
        kind = "certificate_ready"
        announcements.note(waiting.training_id, [waiting.person_id], at=at)
    link = reverse("certificate", args=[outline.training.slug])
    notes.tell(waiting.person_id, kind, facts=facts, link=link, at=at)
