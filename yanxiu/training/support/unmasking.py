"""Show an agent one fact of a person whole: for a ticket, with a reason, and never unnoticed.

Rule: docs/rules/desk.md.
"""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from yanxiu.training.notices import notes
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import refusals
from yanxiu.training.support.models import Look
from yanxiu.training.trail import entries

A_DAY, DAY = 20, timedelta(days=1)
SENTENCE_MOST = 200
_UNMASKED = "fact_unmasked"


class Fact(models.TextChoices):
    """Name what can be shown whole."""

    NAME = "name", _("姓名")
    PHONE = "phone", _("手机号")
    NUMBER = "number", _("证件号码")


class Reason(models.TextChoices):
    """Name what it may be needed for."""

    HERSELF = "herself", _("核对提问的是本人")
    PAPER = "paper", _("核对本人出示的证件或证书")
    TWO_ACCOUNTS = "two_accounts", _("核对两个账号是否同一人")
    OTHER = "other", _("其他（请写明）")


@transaction.atomic
def unmask(look: Look, fact: Fact, why: tuple[Reason, str], *, by: Person, at: datetime) -> str:
    """Return the fact of who wrote the ticket, once it is written down and she is told.

    `look` is one that stands, `why` a reason and a sentence. Raises `NeedsTicket`,
    `UnmaskReasonMissing`, `NothingToUnmask` or `TooManyUnmasked`.
    """
    reason, sentence = why
    if look.ticket is None or look.person_id is None or look.person_id == by.id:
        raise refusals.NeedsTicket
    if reason == Reason.OTHER and not sentence.strip():
        raise refusals.UnmaskReasonMissing
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if entries.count(_UNMASKED, by=by.id, since=at - DAY) >= A_DAY:
        raise refusals.TooManyUnmasked(most=A_DAY)
    whole = _whole(look, fact)
    said = "：".join(filter(None, (str(reason.label), sentence.strip())))
    number = look.ticket.number
    detail: dict[str, object] = {"ticket": number, "what": str(fact.label), "why": said}
    subject = ("person", look.person_id)
    entries.record(_UNMASKED, subject=subject, by=by.id, at=at, detail=detail)
    notes.tell(look.person_id, _UNMASKED, facts=detail, at=at)
    return whole


def _whole(look: Look, fact: Fact) -> str:
    if fact == Fact.PHONE:
        return Account.objects.get(person=look.person_id).phone
    identity = identities.current(look.person_id) if look.person_id else None
    if identity is None:
        raise refusals.NothingToUnmask
    return identity.name if fact == Fact.NAME else identities.number(identity)
