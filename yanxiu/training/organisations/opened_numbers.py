"""Show an officer a whole document number: for a reason, so often a day, and never unnoticed.

Source: docs/rules/rights.md.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.facts import because
from yanxiu.training.organisations import refusals, scopes
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

A_DAY, DAY = 50, timedelta(days=1)
SENTENCE_MOST = 200
_OPENED = "number_opened"


class Reason(models.TextChoices):
    """Name what a whole number may be needed for."""

    PAPER = "paper", _("与本人的证件原件核对")
    ROSTER = "roster", _("与学校人事档案核对")
    OTHER_SYSTEM = "other_system", _("在继续教育管理系统登记学时")
    COMPLAINT = "complaint", _("处理本人的申诉或求助")
    OTHER = "other", _("其他（请写明）")


@transaction.atomic
def open_number(
    post: Post, why: tuple[Reason, str], *, held: list[Officer], by: Person, at: datetime
) -> str:
    """Return the number of a teacher of one's branch, once it is written down who wanted it why.

    `why` is a reason and a sentence. Raises `NumberNotHers`, `NumberReasonMissing` or
    `TooManyNumbersOpened`.
    """
    reason, sentence = why
    is_hers = scopes.posts.may("open_number", held, post) and post.person_id != by.id
    identity = identities.current(post.person_id)
    if not is_hers or post.ended_at or identity is None:
        raise refusals.NumberNotHers
    if reason == Reason.OTHER and not sentence.strip():
        raise refusals.NumberReasonMissing
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if entries.count(_OPENED, by=by.id, since=at - DAY) >= A_DAY:
        raise refusals.TooManyNumbersOpened(most=A_DAY)
    why_kept = because(reason.label, sentence)
    detail: dict[str, object] = {"reason": str(reason), "why": why_kept}
    subject = ("person", post.person_id)
    entries.record(_OPENED, subject=subject, by=by.id, at=at, detail=detail, path=post.school.path)
    return identities.number(identity)


def post_of(person_id: UUID, *, held: list[Officer]) -> Post | None:
    """Return a teacher's present post in the officer's branch, or None."""
    found = Post.objects.filter(scopes.posts.visible(held), person=person_id, ended_at=None)
    return found.select_related("school", "person").order_by("started_at", "id").first()
