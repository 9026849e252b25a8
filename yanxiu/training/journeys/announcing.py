"""Tell teachers that their certificate can be claimed, so that nobody has to look again and again.

Each is told once for a training: on the day of release, or when the last thing missing has come.
Source: docs/rules/certificates.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import announcements, standing
from yanxiu.training.certificates.models import Announcement, Certificate
from yanxiu.training.notices import notes
from yanxiu.training.reports.models import Standing

# So many people are looked at, and told, in one transaction.
BATCH = 500


def announce(*, at: datetime) -> int:
    """Tell everybody whose certificate is due; return how many. Repeating tells nobody again."""
    released = Training.objects.filter(certificates_from__lte=at).values_list("id", flat=True)
    return sum(_announce(outline, at) for outline in trainings.several(list(released)))


def _announce(outline: Outline, at: datetime) -> int:
    told, after = 0, UUID(int=0)
    while people := _candidates(outline.training.id, after):
        told += _tell(people, outline, at)
        after = people[-1]
    return told


def _candidates(training_id: UUID, after: UUID) -> list[UUID]:
    """Return who seems to be due and has not been told, by the rows that officers' figures keep.

    Those are some seconds old: whoever is left out by them is told the next time.
    """
    hers = {"training_id": training_id, "person_id": OuterRef("person_id")}
    found = Standing.objects.filter(
        ~Exists(Announcement.objects.filter(**hers)),
        ~Exists(Certificate.objects.filter(**hers)),
        training_id=training_id,
        person_id__gt=after,
        enrolled_at__isnull=False,
        verified_at__isnull=False,
        completed_at__isnull=False,
        certified_at=None,
    )
    return list(found.order_by("person_id").values_list("person_id", flat=True)[:BATCH])


@transaction.atomic
def _tell(people: list[UUID], outline: Outline, at: datetime) -> int:
    """Tell those of these people for whom nothing stands against it this instant."""
    training = outline.training
    due = announcements.note(training.id, standing.due(people, outline, at=at), at=at)
    facts, link = {"training": training.title}, reverse("certificate", args=[training.slug])
    notes.tell_all(due, "certificate_ready", facts=facts, link=link, at=at)
    return len(due)
